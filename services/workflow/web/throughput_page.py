"""What the page on throughput times shows, its charts, and the same figures as rows and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from babel.dates import format_date
from flask import render_template, url_for
from markupsafe import Markup

from services.workflow import charts, indicator_store
from services.workflow.domain.throughput import OUTCOMES, Summary
from services.workflow.domain.times import Step
from services.workflow.goal_store import goals
from services.workflow.throughput_figures import Figures, titles_of
from services.workflow.web.office import me, office, screen_language
from shared.access import Permission, may
from shared.database import Connection
from shared.events import Words
from shared.letters.pdf import make_pdf

STEPS: Final[Mapping[Step, Words]] = {
    Step.QUEUE: Words(nl="Wacht op behandelaar", en="Waits for a handler"),
    Step.HANDLER: Words(nl="In behandeling", en="With the handler"),
    Step.APPLICANT: Words(nl="Wacht op aanvrager", en="Waits for applicant"),
    Step.ADVISER: Words(nl="Wacht op advies", en="Waits for advice"),
    Step.SIGNATORY: Words(nl="Wacht op tekenen", en="Waits for signing"),
    Step.SENDING: Words(nl="Besluit versturen", en="Sending the decision"),
}
_ENDED: Final = Words(nl="Klaar", en="Done")
_CAME: Final = Words(nl="Binnen", en="Came in")
_LEVELS: Final = (
    (50, Words(nl="Helft binnen", en="Half within"), "half"),
    (85, Words(nl="85% binnen", en="85% within"), "far"),
)
_TITLES: Final = {
    "flow": Words(nl="Stroom van zaken per week", en="Flow of cases by week"),
    "dots": Words(nl="Doorlooptijd per zaak", en="Throughput time by case"),
    "steps": Words(nl="Dagen per stap", en="Days by step"),
    "ages": Words(nl="Hoe oud het open werk is", en="How old open work is"),
    "came": Words(nl="Zaken binnen en klaar per week", en="Cases in and done by week"),
}
_HEAD: Final = Words(nl="Deel|Groep|Maat|Waarde", en="Part|Group|Measure|Value")
_TITLE: Final = Words(nl="Doorlooptijden", en="Throughput times")
_BANDS: Final = (Step.SENDING, Step.SIGNATORY, Step.ADVISER, Step.APPLICANT, Step.HANDLER, Step.QUEUE)
_WITHIN: Final = (50, 85, 95)

Fact = tuple[str, str, str, Decimal | int]
"""The part of the page, the group, the measure and its value."""


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """The figures with what the page needs to word them; `target` is how many of 100 should be in time, if any."""

    figures: Figures
    target: Decimal | None
    choices: Mapping[str, Sequence[str]]
    period: str
    periods: Sequence[str]
    titles: Mapping[str, str]
    teams: Mapping[str, str]
    today: date

    def group(self, key: str, /) -> str:
        """Word a product, team or month of the table; the template words channels."""
        per = self.figures.wanted.per
        if per == "month":
            return format_date(date.fromisoformat(key), "MMMM y", screen_language())
        return {"product": self.product, "team": self.team}[per](key)

    def product(self, key: str, /) -> str:
        """Word a product."""
        return self.titles.get(key, key)

    def team(self, key: str, /) -> str:
        """Word a team; "" stays so where a product names none."""
        return self.teams.get(key, key)

    def step(self, step: Step, /) -> str:
        """Word on whom is waited."""
        return _say(STEPS[step])

    def chart(self, name: str, /) -> Markup:
        """Draw one of the charts; nothing when there is nothing to draw."""
        return _CHARTS[name](self)

    def facts(self) -> Iterator[Fact]:
        """Give every figure of the page once; groups of fewer than five decisions or cases are left out."""
        figures = self.figures
        yield from _facts_of(figures.whole, part="all", group="")
        if self.target is not None:
            yield ("all", "", "goal_percent", self.target)
        yield from _facts_of(figures.before, part="before", group="")
        for key, group in figures.groups.items():
            yield from _facts_of(group, part=figures.wanted.per, group=key)
        yield from self._waits()
        yield from self._stands()

    def _stands(self) -> Iterator[Fact]:
        """Give how work flowed by week, and what stands open."""
        figures, standing = self.figures, self.figures.standing
        for week in figures.weeks if figures.shows_weeks else ():
            yield ("week", week.monday.isoformat(), "came", week.came)
            yield ("week", week.monday.isoformat(), "ended", week.ended)
            yield from (("week", week.monday.isoformat(), step.value, week.standing[step]) for step in Step)
        if not standing.is_shown:
            return
        for what, count in (("cases", standing.cases), ("late", standing.late), ("oldest_days", standing.oldest)):
            yield ("open", "", what, count)
        for step, zones in standing.zones.items():
            yield from (("open", step.value, f"zone_{place}", count) for place, count in enumerate(zones))

    def _waits(self) -> Iterator[Fact]:
        """Give where the time goes, by step, and the bottlenecks by product and step."""
        for step, days in self.figures.whole.steps.items() if self.figures.whole.is_shown else ():
            yield ("step", step.value, "cases", days.cases)
            yield from (("step", step.value, f"days_{percent}", days.within(percent) or 0) for percent in _WITHIN)
            yield ("step", step.value, "days", days.total)
        for each in self.figures.bottlenecks:
            where = ("bottleneck", f"{each.product} {each.step.value}")
            yield from ((*where, "cases", each.cases), (*where, "days", each.days), (*where, "euros", each.euros))

    def as_rows(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        """Give it as rows for a spreadsheet, a row for each figure."""
        return _say(_HEAD).split("|"), [(*where, str(value).replace(".", ",")) for *where, value in self.facts()]

    def as_data(self) -> dict[str, Any]:
        """Give it as data, with what was asked for."""
        wanted = self.figures.wanted
        asked = {**wanted.filters, "since": wanted.since.isoformat(), "until": wanted.until.isoformat()}
        names = ("part", "group", "measure")
        found = [{**dict(zip(names, where, strict=True)), "value": float(value)} for *where, value in self.facts()]
        return {"asked": asked, "figures": found}


def target_of(connection: Connection, *, product: str, year: int) -> Decimal | None:
    """Give how many of 100 decisions should be in time: the goal of the product, else what the indicators say."""
    goal = goals(connection).get(product)
    if goal:
        return Decimal(goal.percent)
    return indicator_store.target_of(connection, indicator="on_time", year=year)


def titles_in(connection: Connection, *, products: Sequence[str]) -> Mapping[str, str]:
    """Give the title of each product in the language of the screen."""
    found = titles_of(connection, products=products)
    return {product: row[f"title_{screen_language()}"] for product, row in found.items()}


def press(board: Dashboard, *, at: datetime) -> bytes:
    """Press the figures as a PDF that lasts."""
    html = render_template("throughput-print.html", board=board, municipality=office().municipality, at=at)
    return make_pdf(html, title=_say(_TITLE), language=screen_language(), created=at)


def _facts_of(found: Summary, *, part: str, group: str) -> Iterator[Fact]:
    if not found.is_shown:
        return
    yield (part, group, "cases", found.cases)
    yield (part, group, "on_time_percent", found.on_time or Decimal(0))
    for name, days in (("gross", found.gross), ("net", found.net)):
        yield from ((part, group, f"{name}_days_{percent}", days.within(percent) or 0) for percent in _WITHIN)
    yield from ((part, group, what, found.of.get(what, 0)) for what in OUTCOMES)
    yield (part, group, "penalty_euros", found.penalties)


def _say(words: Words, /) -> str:
    return words.en if screen_language() == "en" else words.nl


def _drawn(name: str, draw: charts.Draw, /, *, sizes: Sequence[charts.Size] = (charts.WIDE, charts.SLIM)) -> Markup:
    return charts.chart(draw, id_=f"chart-{name}", title=_say(_TITLES[name]), sizes=sizes)


def _weeks(board: Dashboard, /) -> list[str]:
    return [f"wk {week.monday.isocalendar().week}" for week in board.figures.weeks]


def _flow(board: Dashboard, /) -> Markup:
    if not board.figures.shows_weeks:
        return Markup("")
    weeks = board.figures.weeks
    ended = [sum(week.ended for week in weeks[: place + 1]) for place in range(len(weeks))]
    bands = [(_say(_ENDED), ended)]
    for step in _BANDS:
        standing = [max(week.standing[step], 0) for week in weeks]
        if any(standing):
            bands.append((board.step(step), standing))
    return _drawn("flow", charts.flow(_weeks(board), bands=bands))


def _came(board: Dashboard, /) -> Markup:
    if not board.figures.shows_weeks:
        return Markup("")
    weeks = board.figures.weeks
    runs = [
        (_say(_CAME), [week.came for week in weeks], "came"),
        (_say(_ENDED), [week.ended for week in weeks], "done"),
    ]
    return _drawn("came", charts.lines(_weeks(board), runs=runs))


def _dots(board: Dashboard, /) -> Markup:
    figures = board.figures
    ended = figures.dots
    if not ended or not figures.whole.is_shown:
        return Markup("")
    first, end, opens = ended[-1]["ended_on"], ended[0]["ended_on"], may(me(), permission=Permission.SEE_CASES)
    days = max((end - first).days, 1)
    found = [
        charts.Dot(
            along=(row["ended_on"] - first).days / days,
            days=row["gross"],
            late=not row["on_time"],
            href=url_for("case.show", reference=row["reference"]) if opens and row["reference"] else "",
            says=f"{row['reference']}: {row['gross']}",
        )
        for row in reversed(ended)
    ]
    levels = [(_say(name), figures.whole.gross.within(percent) or 0, kind) for percent, name, kind in _LEVELS]
    ends = [(0.0, _short(first)), (1.0, _short(end))]
    return _drawn("dots", charts.dots(found, levels=levels, months=ends))


def _steps(board: Dashboard, /) -> Markup:
    whole = board.figures.whole
    if not whole.is_shown:
        return Markup("")
    rows = [(board.step(step), days.within(50) or 0, days.within(85) or 0) for step, days in whole.steps.items()]
    return _drawn("steps", charts.ranges(rows), sizes=charts.ROWS)


def _ages(board: Dashboard, /) -> Markup:
    standing = board.figures.standing
    if not standing.is_shown:
        return Markup("")
    rows = [(board.step(step), zones) for step, zones in standing.zones.items() if any(zones)]
    return _drawn("ages", charts.stacks(rows), sizes=charts.ROWS)


def _short(day: date, /) -> str:
    return f"{day.day}-{day.month}-{day.year}"


_CHARTS: Final = {"flow": _flow, "came": _came, "dots": _dots, "steps": _steps, "ages": _ages}
