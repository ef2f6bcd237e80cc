"""What the applicant is told of an act on the term, in words with the article."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.workflow.actions.keeping import common_of, steps_of
from services.workflow.actions.term_letters import write_letter
from services.workflow.domain.acts import Act, ActKind, Effect
from services.workflow.domain.case import Case
from services.workflow.domain.clock import Clock
from shared.catalogue.definitions import Product
from shared.events import DeadlineChanged, Words
from shared.law.calendar import local_date, long_date
from shared.law.penalty import earliest_notice
from shared.law.terms import Ground
from shared.term_events import (
    AnswerTimeMoved,
    DefaultReceived,
    DelayTold,
    PenaltySet,
    TermExtended,
    TermSuspended,
)

_GROUNDS: dict[Ground, Words] = {
    Ground.abroad: Words(nl="Wij wachten op informatie uit het buitenland.", en="We wait for information from abroad."),
    Ground.consent: Words(nl="U vond uitstel goed.", en="You agreed to a delay."),
    Ground.applicant_delay: Words(
        nl="De vertraging komt door iets aan uw kant.", en="The delay comes from something on your side."
    ),
    Ground.force_majeure: Words(
        nl="Door overmacht kunnen wij nu niet beslissen.", en="By force majeure we cannot decide now."
    ),
    Ground.third_party_view: Words(
        nl="Wij vragen anderen wat zij van uw verzoek vinden.", en="We ask others what they think of your request."
    ),
}
_CORRECTED = Words(nl="Wij verbeterden een fout in de datum.", en="We corrected a mistake in the date.")


def fact_of(act: Act, *, case: Case, effect: Effect, product: Product, now: datetime, handler: str) -> object | None:
    """Give the fact that this act becomes; None for a correction that moves nothing the applicant was told."""
    clock = effect.after
    common = common_of(case, clock=clock, product=product, now=now)
    match act.kind:
        case ActKind.SUSPEND:
            return TermSuspended(
                **common, because=_ground(act), steps=steps_of(clock), first=act.first or local_date(now), last=act.last
            )
        case ActKind.EXTEND:
            because = _extension(act, product=product, clock=clock)
            letter = write_letter(case, act=act, clock=clock, product=product, handler=handler, now=now)
            return TermExtended(**common, because=because, steps=steps_of(clock), letter_id=act.id, letter=letter)
        case ActKind.DELAY:
            return DelayTold(**common, because=_own(act), until=act.until or clock.decide_by)
        case ActKind.DEFAULT:
            return _default(act, common=common, clock=clock, now=now)
        case ActKind.OUTAGE | ActKind.OTHER_WAY if act.target:
            until = case.ledger[-1].until or clock.decide_by
            return AnswerTimeMoved(**common, because=_more_time(act), request_id=act.target, answer_by=until)
        case ActKind.PENALTY if clock.penalty:
            letter = write_letter(case, act=act, clock=clock, product=product, handler=handler, now=now)
            days, euros = clock.penalty.days, clock.penalty.euros
            return PenaltySet(**common, euros=euros, days=days, letter_id=act.id, letter=letter)
    moved = clock.decide_by != effect.before.decide_by or act.kind is not ActKind.CORRECT
    return DeadlineChanged(**common, because=_moved(act), steps=steps_of(clock)) if moved else None


def _own(act: Act) -> Words:
    """What staff typed is Dutch; the reader of English gets it as it is."""
    return Words(nl=act.because.strip(), en=act.because.strip())


def _ground(act: Act) -> Words:
    ground = act.ground or Ground.consent
    words, article = _GROUNDS[ground], ground.article
    return Words(nl=f"{words.nl} {act.because.strip()} ({article})", en=f"{words.en} {act.because.strip()} ({article})")


def _extension(act: Act, *, product: Product, clock: Clock) -> Words:
    article = product.process.term.extension.article if product.process.term.extension else ""
    nl = f"{act.because.strip()} Wij beslissen nu uiterlijk op {long_date(clock.decide_by)} ({article})."
    day = long_date(clock.decide_by, language="en")
    return Words(nl=nl, en=f"{act.because.strip()} We will now decide by {day} ({article}).")


def _more_time(act: Act) -> Words:
    own = act.because.strip()
    if act.kind is ActKind.OUTAGE:
        return Words(
            nl=f"Onze digitale balie werkte niet goed. {own} (Awb 2:21)",
            en=f"Our digital counter did not work well. {own} (Awb 2:21)",
        )
    return Words(
        nl=f"U stuurde ons iets langs een andere weg. Antwoord op deze pagina. {own} (Awb 2:16 en 2:23)",
        en=f"You sent us something by another way. Answer on this page. {own} (Awb 2:16 and 2:23)",
    )


def _moved(act: Act) -> Words:
    if act.kind is ActKind.FORWARD:
        return Words(
            nl=f"Uw aanvraag kwam eerst bij een ander deel van de gemeente. {act.because.strip()} (Awb 2:24)",
            en=f"Your application came to another part of the municipality first. {act.because.strip()} (Awb 2:24)",
        )
    if act.kind is ActKind.CORRECT:
        return _CORRECTED
    if act.kind is ActKind.NAME:
        return Words(nl=f"{act.because.strip()} (Awb 4:14 lid 3)", en=f"{act.because.strip()} (Awb 4:14 lid 3)")
    if act.kind is ActKind.COMMITTEE:
        return Words(
            nl=f"Een commissie geeft ons advies over uw bezwaar. {act.because.strip()} (Awb 7:10 lid 1 en 7:13)",
            en=f"A committee advises us on your objection. {act.because.strip()} (Awb 7:10 lid 1 and 7:13)",
        )
    return Words(
        nl=f"De termijn loopt weer. {act.because.strip()} (Awb 4:15)",
        en=f"The term runs again. {act.because.strip()} (Awb 4:15)",
    )


def _default(act: Act, *, common: dict[str, Any], clock: Clock, now: datetime) -> DefaultReceived:
    counts = clock.penalty is not None and clock.penalty.notice_on == act.day
    return DefaultReceived(
        **common,
        received_on=act.day or local_date(now),
        penalty_from=clock.penalty.first_day.safe if clock.penalty and counts else None,
        earliest=earliest_notice(clock.overdue_after),
    )
