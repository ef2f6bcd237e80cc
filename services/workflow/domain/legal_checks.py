"""What the law wants before a decision may go: each check with its article, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from services.workflow.domain.advice import findings_of
from services.workflow.domain.clock import Clock
from services.workflow.domain.decision import Draft, faults_of
from services.workflow.domain.outcomes import (
    REFUSES,
    GivenByLawError,
    Mending,
    NotByLawError,
    NotProcessableError,
    check_outcome,
)
from services.workflow.domain.view import unweighed
from services.workflow.domain.weighing import NOBODY_HEARD, WITHOUT_VIEWS, Heard
from shared.catalogue.definitions import Product
from shared.events import Nature, Words
from shared.law.calendar import long_date
from shared.law.objection import objection_term
from shared.natures import GIVES, ON_OBJECTION

State = Literal["ok", "warn", "block"]
HEARING_FIELDS: Final = frozenset({"hearing", "hearing_note"})
_LIFE_FIELDS: Final = frozenset({"until.day", "number"})
_RENEWAL_FIELDS: Final = frozenset({"renewal", "renewal_text"})
_ELSEWHERE: Final = HEARING_FIELDS | _LIFE_FIELDS | _RENEWAL_FIELDS
"""What other checks than that of the reasons look at."""


@dataclass(frozen=True, kw_only=True)
class LegalCheck:
    """One thing that was looked at. `todo` says what to do about it, None where all is well."""

    name: str
    state: State
    said: Words
    article: str
    todo: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the checks look at.

    `letter` is the letter as it would go today. `may_sign`: this person may decide on such cases. `prepared`: this
    person wrote on the draft. `waiting`: a question to the applicant is open. `mending` is what came of a
    question to complete an objection; None where there was none. `heard` is what others said.
    """

    draft: Draft
    product: Product
    clock: Clock
    today: date
    letter: str
    may_sign: bool
    prepared: bool
    waiting: bool
    mending: Mending | None = None
    heard: Heard = NOBODY_HEARD


def legal_checks(facts: Facts) -> tuple[LegalCheck, ...]:
    """Look at everything, in the order in which one would mend it; the same facts give the same list."""
    return tuple(check for look in _LOOKS for check in look(facts))


def says_remedies(letter: str, *, sent_on: date, nature: Nature = Nature.PERMIT) -> bool:
    """Whether a letter says how one can object, or appeal after an objection, and up to which day (Awb 3:45, 6:7)."""
    remedy = "beroep" if nature is Nature.OBJECTION else "bezwaar"
    return remedy in letter and long_date(objection_term(sent_on).safe) in letter


def _outcome(facts: Facts) -> Iterator[LegalCheck]:
    try:
        check_outcome(facts.draft.result, clock=facts.clock, today=facts.today)
    except GivenByLawError:
        said = Words(nl="De wet gaf dit al, want de termijn is voorbij.", en="The law gave this already.")
        todo = Words(nl="Kies: van rechtswege gegeven.", en="Choose: given by operation of law.")
        yield LegalCheck(name="outcome", state="block", said=said, todo=todo, article="Awb 4:20b")
    except NotByLawError:
        said = Words(nl="Van rechtswege kan hier niet.", en="Operation of law is not possible here.")
        yield LegalCheck(name="outcome", state="block", said=said, todo=_CHOOSE, article="Awb 4:20b")
    except NotProcessableError:
        said = Words(nl="Buiten behandeling laten kan nu niet.", en="It cannot be left unprocessed now.")
        yield LegalCheck(name="outcome", state="block", said=said, todo=_CHOOSE, article="Awb 4:5")


def _waiting(facts: Facts) -> Iterator[LegalCheck]:
    if facts.waiting:
        said = Words(nl="De aanvrager moet nog antwoorden.", en="The applicant must still answer.")
        todo = Words(nl="Wacht op het antwoord of op het einde van de tijd.", en="Wait for the answer or its last day.")
        yield LegalCheck(name="waiting", state="block", said=said, todo=todo, article="Awb 4:5")


def _reasons(facts: Facts) -> Iterator[LegalCheck]:
    if todo := _todo(facts):
        said = Words(nl="De redenen zijn niet compleet.", en="The reasons are not complete.")
        yield LegalCheck(name="reasons", state="block", said=said, todo=todo, article="Awb 3:46 en 3:47")
    else:
        said = Words(nl="Het besluit heeft redenen met een bron.", en="The decision has reasons with a source.")
        yield LegalCheck(name="reasons", state="ok", said=said, article="Awb 3:46 en 3:47")


def _hearing(facts: Facts) -> Iterator[LegalCheck]:
    if facts.draft.result not in (*REFUSES, *ON_OBJECTION):
        return
    todo = _todo(facts, fields=HEARING_FIELDS)
    if facts.draft.result in ON_OBJECTION:
        yield _objector_heard(todo)
        return
    if todo:
        said = Words(nl="Hoor de aanvrager voordat u weigert.", en="Hear the applicant before you refuse.")
        yield LegalCheck(name="hearing", state="block", said=said, todo=todo, article="Awb 4:7")
    else:
        said = Words(nl="Het horen van de aanvrager is geregeld.", en="Hearing the applicant was seen to.")
        yield LegalCheck(name="hearing", state="ok", said=said, article="Awb 4:7, 4:11 en 4:12")


def _todo(facts: Facts, *, fields: Collection[str] = ()) -> Words | None:
    """Say what these fields of the draft still lack first; without fields those that no other check looks at."""
    wrong = faults_of(facts.draft, product=facts.product, on=facts.today)
    return next((one.reason for one in wrong if (one.name in fields if fields else one.name not in _ELSEWHERE)), None)


def _objector_heard(todo: Words | None) -> LegalCheck:
    article = "Awb 7:2 en 7:3"
    if todo:
        said = Words(nl="De hoorzitting is nog niet geregeld.", en="The hearing was not seen to yet.")
        return LegalCheck(name="hearing", state="block", said=said, todo=todo, article=article)
    said = Words(nl="De hoorzitting is geregeld.", en="The hearing was seen to.")
    return LegalCheck(name="hearing", state="ok", said=said, article=article)


def _mending(facts: Facts) -> Iterator[LegalCheck]:
    """Who left something out of an objection may mend that first; one that came too late cannot be mended."""
    if facts.draft.result != "inadmissible" or facts.mending == "open":
        return
    if facts.mending == "none":
        said = Words(nl="De indiener vulde het bezwaar niet aan.", en="The objector did not complete the objection.")
        yield LegalCheck(name="mending", state="ok", said=said, article="Awb 6:6")
    elif facts.mending:
        said = Words(nl="De indiener vulde het bezwaar aan.", en="The objector completed the objection.")
        if facts.mending == "partly":
            said = Words(nl="De indiener vulde een deel aan.", en="The objector completed a part.")
        todo = Words(nl="Kijk of dat genoeg is.", en="See whether that suffices.")
        yield LegalCheck(name="mending", state="warn", said=said, todo=todo, article="Awb 6:6")
    else:
        said = Words(
            nl="De indiener kreeg geen kans om aan te vullen.", en="The objector had no chance to complete it."
        )
        todo = Words(nl="Mist er iets? Stel dan eerst een vraag.", en="Is something missing? Then ask for it first.")
        yield LegalCheck(name="mending", state="warn", said=said, todo=todo, article="Awb 6:6")


def _renewal(facts: Facts) -> Iterator[LegalCheck]:
    if facts.draft.result != "founded":
        return
    if todo := _todo(facts, fields=_RENEWAL_FIELDS):
        said = Words(nl="Het eerste besluit is nog niet vervangen.", en="The first decision was not replaced yet.")
        yield LegalCheck(name="renewal", state="block", said=said, todo=todo, article="Awb 7:11")
    else:
        said = Words(nl="U zegt wat er met het eerste besluit gebeurt.", en="It says what becomes of the first.")
        yield LegalCheck(name="renewal", state="ok", said=said, article="Awb 7:11")


def _lasts(facts: Facts) -> Iterator[LegalCheck]:
    """What is given by its own day and number says both in the letter."""
    process = facts.product.process
    if process.permit.at_most_years is None or not facts.draft.gives:
        return
    article = process.legal_basis[0]
    if todo := _todo(facts, fields=_LIFE_FIELDS):
        said = Words(nl="Het besluit zegt nog niet hoe lang dit geldt.", en="It does not say yet how long it lasts.")
        yield LegalCheck(name="lasts", state="block", said=said, todo=todo, article=article)
    else:
        said = Words(nl="Het besluit zegt tot wanneer dit geldt.", en="The decision says until when it lasts.")
        yield LegalCheck(name="lasts", state="ok", said=said, article=article)


def _others(facts: Facts) -> Iterator[LegalCheck]:
    """Only a person can judge whether others have objections: the law is told where the decision is published."""
    if any(each.state(today=facts.today) == "over" for each in facts.heard.notices):
        said = Words(nl="Anderen konden op het plan reageren.", en="Others could react to the plan.")
        yield LegalCheck(name="others", state="ok", said=said, article="Awb 4:8")
    elif facts.draft.result in GIVES - {"by_law"} and facts.product.process.publish:
        said = Words(nl="Misschien hebben anderen bezwaren.", en="Others may have objections.")
        todo = Words(nl="Denkt u van wel? Hoor hen dan eerst.", en="Do you think so? Then hear them first.")
        yield LegalCheck(name="others", state="warn", said=said, todo=todo, article="Awb 4:8")


def _awaited(facts: Facts) -> Iterator[LegalCheck]:
    if facts.draft.result in WITHOUT_VIEWS:
        return
    if notice := facts.heard.running(today=facts.today):
        last, last_en = long_date(notice.last), long_date(notice.last, language="en")
        said = Words(nl=f"Mensen kunnen reageren tot en met {last}.", en=f"People can react until {last_en}.")
        todo = Words(nl="Wacht tot die dag voorbij is.", en="Wait until that day is over.")
        yield LegalCheck(name="awaited", state="block", said=said, todo=todo, article="Awb 3:15 en 3:16")
    elif facts.heard.lacks_notice(product=facts.product, today=facts.today):
        said = Words(nl="Het ontwerp lag nog niet ter inzage.", en="The draft was not laid for inspection yet.")
        todo = Words(nl="Maak bij Omgeving een bekendmaking.", en="Make a notice at Neighbours.")
        yield LegalCheck(name="awaited", state="block", said=said, todo=todo, article="Awb 3:11 en 3:12")


def _views(facts: Facts) -> Iterator[LegalCheck]:
    views = facts.heard.views
    left = unweighed(views)
    if left and facts.draft.result not in WITHOUT_VIEWS:
        said = Words(nl=f"Nog te wegen zienswijzen: {len(left)}.", en=f"Views still to weigh: {len(left)}.")
        todo = Words(nl="Weeg ze eerst, bij Omgeving.", en="Weigh them first, at Neighbours.")
        yield LegalCheck(name="views", state="block", said=said, todo=todo, article="Awb 3:2 en 3:46")
    elif any(view.weighed is None for view in views):
        said = Words(nl="Er is een zienswijze die u niet woog.", en="There is a view that you did not weigh.")
        todo = Words(
            nl="Dat mag, want die kwam te laat of telt niet.", en="You may: it came too late or does not count."
        )
        yield LegalCheck(name="views", state="warn", said=said, todo=todo, article="Awb 3:16")
    elif views:
        said = Words(nl="De zienswijzen zijn gewogen.", en="The views were weighed.")
        yield LegalCheck(name="views", state="ok", said=said, article="Awb 3:2 en 3:46")


def _advice(facts: Facts) -> Iterator[LegalCheck]:
    silent = {each.name for each in facts.heard.deviations(facts.draft)}
    owed = findings_of(facts.heard.advice, draft=facts.draft)
    for said in owed:
        state: State = "block" if any(said.nl.startswith(f"{name}: ") for name in silent) else "warn"
        yield LegalCheck(name="advice", state=state, said=said, article="Awb 3:6 en 3:50")
    if facts.heard.advice and not owed:
        said = Words(nl="Het besluit weegt het advies.", en="The decision weighs the advice.")
        yield LegalCheck(name="advice", state="ok", said=said, article="Awb 3:50")


def _remedies(facts: Facts) -> Iterator[LegalCheck]:
    if says_remedies(facts.letter, sent_on=facts.today, nature=facts.product.nature):
        said = _REMEDIES_SAID[facts.product.nature is Nature.OBJECTION]
        yield LegalCheck(name="remedies", state="ok", said=said, article="Awb 3:45")
    else:
        said = Words(nl="De brief zegt niet hoe iemand bezwaar maakt.", en="The letter does not say how to object.")
        todo = Words(nl="Bel de beheerder. De brief gaat zo niet weg.", en="Call the administrator: it does not go.")
        yield LegalCheck(name="remedies", state="block", said=said, todo=todo, article="Awb 3:45")


def _mandate(facts: Facts) -> Iterator[LegalCheck]:
    process = facts.product.process
    if facts.may_sign:
        said = Words(
            nl=f"U mag tekenen namens {process.authority}.", en=f"You may sign on behalf of {process.authority}."
        )
        yield LegalCheck(name="mandate", state="ok", said=said, article="Awb 10:3 en 10:10")
    else:
        said = Words(nl="U mag dit besluit niet tekenen.", en="You may not sign this decision.")
        todo = Words(nl="Vraag een collega die mag beslissen.", en="Ask a colleague who may decide.")
        yield LegalCheck(name="mandate", state="block", said=said, todo=todo, article="Awb 10:3 en 10:10")


def _four_eyes(facts: Facts) -> Iterator[LegalCheck]:
    if not facts.product.process.four_eyes:
        return
    if facts.prepared:
        said = Words(nl="U schreef mee aan dit besluit.", en="You wrote on this decision.")
        todo = Words(nl="Vraag een collega om te tekenen.", en="Ask a colleague to sign.")
        yield LegalCheck(name="four_eyes", state="block", said=said, todo=todo, article="mandaatbesluit")
    else:
        said = Words(nl="Een ander bereidde dit besluit voor.", en="Somebody else prepared this decision.")
        yield LegalCheck(name="four_eyes", state="ok", said=said, article="mandaatbesluit")


def _term(facts: Facts) -> Iterator[LegalCheck]:
    last, article = long_date(facts.clock.term.rolled), "Awb 4:13 en 4:17"
    if facts.clock.late_on(facts.today):
        said = Words(nl=f"De termijn liep tot en met {last}.", en=f"The term ended on {last}.")
        todo = Words(
            nl="Verstuur het besluit snel. Een dwangsom kan lopen.", en="Send it soon. A penalty may be running."
        )
        yield LegalCheck(name="term", state="warn", said=said, todo=todo, article=article)
    else:
        said = Words(nl="Het besluit is op tijd.", en="The decision is in time.")
        yield LegalCheck(name="term", state="ok", said=said, article=article)


_REMEDIES_SAID: Final = (
    Words(nl="De brief zegt hoe iemand bezwaar maakt, en tot wanneer.", en="The letter says how to object."),
    Words(nl="De brief zegt hoe iemand in beroep gaat, en tot wanneer.", en="The letter says how to appeal."),
)
"""For a decision, and for one on an objection."""
_CHOOSE: Final = Words(nl="Kies een ander besluit.", en="Choose another outcome.")
_LOOKS: Final[tuple[Callable[[Facts], Iterator[LegalCheck]], ...]] = (
    _outcome,
    _waiting,
    _reasons,
    _hearing,
    _mending,
    _renewal,
    _lasts,
    _others,
    _awaited,
    _views,
    _advice,
    _remedies,
    _mandate,
    _four_eyes,
    _term,
)
