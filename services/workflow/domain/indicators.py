"""Indicators as a programme budget has them: what each means, where it comes from, and whether it is on course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, TypeVar

from shared.events import Words

FEWEST: Final = 5
"""Figures about fewer cases are not shown: they could tell of one person."""

Key = TypeVar("Key", bound=str | int)

NEAR: Final = Decimal("0.05")
"""Within this part of the target it is nearly on course."""

SERVICE: Final = Words(nl="Dienstverlening en vergunningen", en="Services and permits")
RULES: Final = Words(nl="Minder en duidelijkere regels", en="Fewer and clearer rules")
TOGETHER: Final = Words(nl="Meedenken en meedoen", en="Taking part")


class FewEyesError(Exception):
    """Who entered or proposed it may not agree with it as well."""


class ClosedYearError(Exception):
    """The year was adopted; its figures change no more."""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One line of the table; `better` says which way is better, "" for one that says nothing by itself.

    `means` is the definition of one that is worked out; None: people enter it. One that `adds_up` grows during the
    year, so that a year that runs cannot be held against a whole one.
    """

    id: str
    programme: Words
    name: Words
    unit: str
    better: str
    source: Words
    means: Words | None = None
    adds_up: bool = False

    @property
    def entered(self) -> bool:
        """Whether people enter it."""
        return self.means is None


@dataclass(frozen=True, kw_only=True)
class Line:
    """An indicator with its figures by year."""

    indicator: Indicator
    realised: Mapping[int, Decimal]
    targets: Mapping[int, Decimal]
    because: Mapping[tuple[int, str], str] = field(default_factory=dict)


_CASES: Final = Words(nl="Balie, alle zaken", en="Balie, all cases")
_TEXTS: Final = Words(nl="Balie, de teksten die golden", en="Balie, the texts that served")


def _worked_out(id_: str, unit: str, better: str, *, name: Words, means: Words, rules: bool = False) -> Indicator:
    programme, source = (RULES, _TEXTS) if rules else (SERVICE, _CASES)
    return Indicator(
        id=id_,
        programme=programme,
        name=name,
        unit=unit,
        better=better,
        source=source,
        means=means,
        adds_up=unit == "euros",
    )


def _of_taking_part(id_: str, unit: str, *, name: Words, means: Words) -> Indicator:
    return Indicator(id=id_, programme=TOGETHER, name=name, unit=unit, better="", source=_CASES, means=means)


WORKED_OUT: Final = (
    _worked_out(
        "on_time",
        "percent",
        "higher",
        name=Words(nl="Op tijd beslist", en="Decided in time"),
        means=Words(
            nl="Deel van de besluiten dat op of voor de uiterste datum is verstuurd.",
            en="Share of the decisions that was sent on or before the last day.",
        ),
    ),
    _worked_out(
        "median_days",
        "days",
        "lower",
        name=Words(nl="Doorlooptijd, de middelste zaak", en="Throughput time, the median case"),
        means=Words(
            nl="Kalenderdagen van ontvangst tot versturen van het besluit. De helft duurt korter.",
            en="Calendar days from receipt until the decision was sent. Half take less.",
        ),
    ),
    _worked_out(
        "p85_days",
        "days",
        "lower",
        name=Words(nl="Doorlooptijd, 85 van de 100 zaken", en="Throughput time, 85 of 100 cases"),
        means=Words(
            nl="Kalenderdagen van ontvangst tot versturen. Van 100 zaken duren er 85 hoogstens zo lang.",
            en="Calendar days from receipt until sending. Of 100 cases 85 take at most so long.",
        ),
    ),
    _worked_out(
        "mark",
        "mark",
        "higher",
        name=Words(nl="Cijfer van inwoners", en="Mark by residents"),
        means=Words(nl="Gemiddeld cijfer na het besluit, van 1 tot 10.", en="Mean mark after the decision, 1 to 10."),
    ),
    _worked_out(
        "complete",
        "percent",
        "higher",
        name=Words(nl="In één keer compleet", en="Complete at once"),
        means=Words(
            nl="Deel van de besluiten waarvoor wij niets hoefden na te vragen.",
            en="Share of the decisions for which we had to ask nothing.",
        ),
    ),
    _worked_out(
        "digital",
        "percent",
        "higher",
        name=Words(nl="Digitaal aangevraagd", en="Applied for digitally"),
        means=Words(
            nl="Deel van de aanvragen dat mensen zelf online invulden.",
            en="Share of the applications that people filled in online themselves.",
        ),
    ),
    _worked_out(
        "penalties",
        "euros",
        "lower",
        name=Words(nl="Dwangsommen", en="Penalties"),
        means=Words(
            nl="Bedrag dat wij moesten betalen omdat wij te laat beslisten (Awb 4:17).",
            en="What we had to pay because we decided too late (Awb 4:17).",
        ),
    ),
    _worked_out(
        "applications",
        "number",
        "",
        name=Words(nl="Aanvragen", en="Applications"),
        means=Words(nl="Aanvragen die in het jaar binnenkwamen.", en="Applications that came in during the year."),
    ),
    _worked_out(
        "forms",
        "number",
        "lower",
        rules=True,
        name=Words(nl="Formulieren", en="Forms"),
        means=Words(nl="Formulieren die inwoners aan het eind konden invullen.", en="Forms on offer at the end."),
    ),
    _worked_out(
        "questions",
        "number",
        "lower",
        rules=True,
        name=Words(nl="Vragen in alle formulieren", en="Questions in all forms"),
        means=Words(nl="Vragen in de formulieren aan het eind.", en="Questions in the forms at the end."),
    ),
    _worked_out(
        "rules",
        "number",
        "lower",
        rules=True,
        name=Words(nl="Regels in alle formulieren", en="Rules in all forms"),
        means=Words(nl="Regels die aan het eind golden.", en="Rules in force at the end."),
    ),
    _worked_out(
        "attachments",
        "number",
        "lower",
        rules=True,
        name=Words(nl="Bijlagen in alle formulieren", en="Attachments in all forms"),
        means=Words(nl="Bijlagen waar wij om kunnen vragen.", en="Attachments that we may ask for."),
    ),
    _worked_out(
        "answers",
        "number",
        "lower",
        name=Words(nl="Antwoorden per aanvraag", en="Answers per application"),
        means=Words(nl="Gemiddeld aantal antwoorden in een aanvraag.", en="Mean number of answers in an application."),
    ),
    Indicator(
        id="asked",
        programme=RULES,
        name=Words(nl="Vragen per aanvraag", en="Questions per application"),
        unit="number",
        better="lower",
        source=_CASES,
        means=Words(
            nl="Gemiddeld aantal vragen per aanvraag, ook die open bleven. Gevoelige vragen tellen niet mee.",
            en="Mean number of questions in an application, also those left open. Sensitive ones do not count.",
        ),
    ),
    _of_taking_part(
        "talks",
        "number",
        name=Words(nl="Gesprekken voor de start", en="Talks before the start"),
        means=Words(nl="Gesprekken over een plan die in het jaar zijn gevraagd.", en="Talks asked for in the year."),
    ),
    _of_taking_part(
        "talks_on",
        "percent",
        name=Words(nl="Gesprekken die tot een aanvraag leidden", en="Talks that led to an application"),
        means=Words(
            nl="Deel van de gesprekken waarna iemand iets aanvroeg. Niets aanvragen kan ook goed zijn.",
            en="Share of the talks after which somebody applied. Applying for nothing can be right too.",
        ),
    ),
    _of_taking_part(
        "initiatives",
        "number",
        name=Words(nl="Burgerinitiatieven", en="Citizens’ initiatives"),
        means=Words(nl="Voorstellen van inwoners in het jaar.", en="Proposals by residents in the year."),
    ),
    _of_taking_part(
        "initiatives_agreed",
        "percent",
        name=Words(nl="Burgerinitiatieven die doorgaan", en="Citizens’ initiatives that go on"),
        means=Words(
            nl="Deel van de besluiten op een voorstel waarin wij ja zeiden, ook voor een deel.",
            en="Share of the decisions on a proposal in which we said yes, wholly or in part.",
        ),
    ),
)
"""What is worked out, in the order of the table."""


def kept_back(sizes: Mapping[Key, int]) -> frozenset[Key]:
    """Give the groups of a whole that are not told of: small ones, and one more where a whole would give them away.

    Who knows the whole and all groups but a small one can subtract; so at least five stay back together, or none.
    """
    found, together = list[Key](), 0
    for key, size in sorted(sizes.items(), key=lambda each: each[1]):
        if size and (size < FEWEST or 0 < together < FEWEST):
            found.append(key)
            together += size
    return frozenset(found)


def gives_away(size: int, /, *, of: int) -> bool:
    """Say whether who knows the whole learns of a small group from this part of it, by subtracting."""
    return 0 < of - size < FEWEST


def course_of(line: Line, *, year: int, running: int) -> str:
    """Say how a year goes: `met`, `near` (within 5 % of the target), `missed`, or `none` without target or figure.

    What adds up and stays below its target is `so_far` while the year is `running`: nobody knows what is to come.
    """
    realised, target = line.realised.get(year), line.targets.get(year)
    if realised is None or target is None or not line.indicator.better:
        return "none"
    short = target - realised if line.indicator.better == "higher" else realised - target
    if short <= 0:
        return "so_far" if line.indicator.adds_up and year >= running else "met"
    return "near" if short <= abs(target) * NEAR else "missed"


def trend_of(line: Line, *, running: int) -> str:
    """Say how the last two known years compare: `better`, `worse`, `same`; `none`: not two.

    Of what adds up the `running` year is no whole one, and does not count.
    """
    years = sorted(year for year in line.realised if year < running or not line.indicator.adds_up)[-2:]
    if len(years) < 2 or not line.indicator.better:
        return "none"
    before, after = (line.realised[year] for year in years)
    if before == after:
        return "same"
    return "better" if (after > before) == (line.indicator.better == "higher") else "worse"


def by_programme(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Give the lines by the Dutch name of their programme, in the order in which programmes come."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.indicator.programme.nl, []).append(line)
    return found
