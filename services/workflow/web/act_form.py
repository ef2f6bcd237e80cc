"""An act on the term as a form: which ones there are, what each asks, and what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from werkzeug.datastructures import MultiDict

from services.workflow.domain.acts import Act, ActKind, faults_of
from services.workflow.domain.fault import Fault
from services.workflow.web.reading import TypedDate, given_id, read_date, read_id, read_open_date, read_text
from shared.events import Words
from shared.law.terms import Ground


@dataclass(frozen=True, kw_only=True)
class Wording:
    """How an act is called: on its button, what it means, and which dates it asks (those in `open` may stay empty)."""

    name: Words
    text: Words
    article: str
    dates: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


ACTS: Final[Mapping[str, tuple[ActKind, Wording]]] = {
    "opschorten": (
        ActKind.SUSPEND,
        Wording(
            name=Words(nl="Zet de termijn stil", en="Suspend the term"),
            text=Words(
                nl="U wacht op iets waar de gemeente niets aan kan doen.",
                en="You wait for something that the municipality cannot help.",
            ),
            article="Awb 4:15",
            dates=("first", "last"),
            open=("last",),
        ),
    ),
    "hervatten": (
        ActKind.RESUME,
        Wording(
            name=Words(nl="Laat de termijn weer lopen", en="Let the term run again"),
            text=Words(nl="Waar u op wachtte, is gekomen of voorbij.", en="What you waited for has come or is over."),
            article="Awb 4:15 lid 4",
            dates=("day",),
        ),
    ),
    "verlengen": (
        ActKind.EXTEND,
        Wording(
            name=Words(nl="Verleng de termijn", en="Extend the term"),
            text=Words(
                nl="Het kan 1 keer, als een regel het toestaat. De aanvrager krijgt een brief.",
                en="It can be done once, if a rule allows it. The applicant gets a letter.",
            ),
            article="APV 1:2 lid 2, Ow 16.64 lid 2",
        ),
    ),
    "vertraging": (
        ActKind.DELAY,
        Wording(
            name=Words(nl="Meld dat het later wordt", en="Tell that it will be later"),
            text=Words(
                nl="U noemt de kortst mogelijke dag. De uiterste datum blijft gelden.",
                en="You name the shortest possible day. The last day stays as it is.",
            ),
            article="Awb 4:14 lid 1",
            dates=("until",),
        ),
    ),
    "termijn-noemen": (
        ActKind.NAME,
        Wording(
            name=Words(nl="Noem een redelijke termijn", en="Name a reasonable term"),
            text=Words(
                nl="Alleen als geen regeling de termijn bepaalt, en binnen 8 weken.",
                en="Only if no regulation sets the term, and within 8 weeks.",
            ),
            article="Awb 4:14 lid 3",
            dates=("until",),
        ),
    ),
    "ingebrekestelling": (
        ActKind.DEFAULT,
        Wording(
            name=Words(nl="Er kwam een ingebrekestelling", en="A notice of default came"),
            text=Words(
                nl="De aanvrager schreef dat wij te laat zijn. De meter gaat lopen.",
                en="The applicant wrote that we are late. The meter starts.",
            ),
            article="Awb 4:17",
            dates=("day",),
        ),
    ),
    "storing": (
        ActKind.OUTAGE,
        Wording(
            name=Words(nl="Geef meer tijd na een storing", en="Give more time after an outage"),
            text=Words(
                nl="De digitale balie werkte niet op de laatste dagen om te antwoorden.",
                en="The digital counter was out of order on the last days to answer.",
            ),
            article="Awb 2:21",
            dates=("until",),
        ),
    ),
    "andere-weg": (
        ActKind.OTHER_WAY,
        Wording(
            name=Words(nl="Wijs op de goede weg", en="Point to the right way"),
            text=Words(
                nl="Het antwoord kwam per e-mail of op een andere manier die wij niet hebben aangewezen. "
                "De aanvrager krijgt de tijd terug die u erover deed, en minstens 1 werkdag.",
                en="The answer came by e-mail or in another way that we did not designate. "
                "The applicant gets back the time that you took, and 1 working day at least.",
            ),
            article="Awb 2:16 en 2:23",
            dates=("day",),
        ),
    ),
    "doorgestuurd": (
        ActKind.FORWARD,
        Wording(
            name=Words(nl="Dit is intern doorgestuurd", en="This was forwarded within the house"),
            text=Words(
                nl="Kreeg de aanvrager daar meteen bericht van? Dan telt de termijn vanaf die dag. Noem dat bericht.",
                en="Was the applicant told of it at once? Then the term counts from that day. Name that message.",
            ),
            article="Awb 2:24",
            dates=("day",),
        ),
    ),
    "dwangsom": (
        ActKind.PENALTY,
        Wording(
            name=Words(nl="Stel de dwangsom vast", en="Set the penalty"),
            text=Words(
                nl="Een besluit met het bedrag. De aanvrager krijgt een brief.",
                en="A decision with the amount. The applicant gets a letter.",
            ),
            article="Awb 4:18",
        ),
    ),
    "commissie": (
        ActKind.COMMITTEE,
        Wording(
            name=Words(nl="Meld dat een commissie adviseert", en="Tell that a committee advises"),
            text=Words(
                nl="U hebt dan 12 weken in plaats van 6. Wie bezwaar maakt, krijgt bericht.",
                en="You then have 12 weeks instead of 6. Who objects hears of it.",
            ),
            article="Awb 7:10 lid 1 en 7:13",
        ),
    ),
    "corrigeren": (
        ActKind.CORRECT,
        Wording(
            name=Words(nl="Corrigeer een regel", en="Correct a line"),
            text=Words(nl="De regel blijft staan, maar telt niet meer.", en="The line stays, but counts no more."),
            article="",
        ),
    ),
}
"""Every act by the word in its address."""


@dataclass(frozen=True, kw_only=True)
class ActForm:
    """What was typed: the act as far as it can be read, its dates as typed, and how long the ledger was then."""

    act: Act
    lines: int
    dates: Mapping[str, TypedDate]
    faults: Sequence[Fault]


def read_act(form: MultiDict[str, str], *, kind: ActKind, wording: Wording, lines: int) -> ActForm:
    """Read the form of an act; an empty date is a fault only where one is needed."""
    dates = {name: (read_open_date if name in wording.open else read_date)(form, name=name) for name in wording.dates}
    faults = [typed.fault for typed in dates.values() if typed.fault]
    ground = form.get("ground", "")
    act = Act(
        id=given_id(form),
        kind=kind,
        because=read_text(form, name="because").strip(),
        document=read_text(form, name="document").strip(),
        ground=Ground(ground) if ground in set(Ground) else None,
        first=_day(dates, "first"),
        last=_day(dates, "last"),
        day=_day(dates, "day"),
        until=_day(dates, "until"),
        target=read_id(form, name="target"),
    )
    return ActForm(act=act, lines=form.get("lines", lines, type=int), dates=dates, faults=(*faults_of(act), *faults))


def _day(dates: Mapping[str, TypedDate], name: str, /) -> date | None:
    return dates[name].day if name in dates else None
