"""The five clocks of a case side by side, each with its date, its state in words and the steps that lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from services.workflow.domain.clock import Clock
from services.workflow.domain.penalty_meter import Meter
from services.workflow.domain.time_left import PAUSED, TimeLeft, Urgency, time_left
from services.workflow.domain.woo import woo_release_day
from shared.events import Words
from shared.law.calendar import AMSTERDAM, local_date, long_date
from shared.law.terms import Ground, Step


@dataclass(frozen=True, kw_only=True)
class Card:
    """One clock: `left` is None when it does not run; `note` explains what else there is to know."""

    name: Words
    left: TimeLeft | None
    day: date | None
    steps: tuple[Step, ...] = ()
    note: Words | None = None


def cards_of(clock: Clock, *, at: datetime) -> tuple[Card, ...]:
    """Give the clocks as they stand at this instant: norm, law, repair, penalty, notification."""
    today = local_date(at)
    return (
        _norm(clock, today=today),
        _statutory(clock, today=today),
        _repair(clock, today=today),
        _penalty(clock),
        _notification(clock, at=at),
    )


def _norm(clock: Clock, *, today: date) -> Card:
    name = Words(nl="Servicenorm", en="Service norm")
    if clock.norm is None:
        note = Words(nl="Dit product heeft geen servicenorm.", en="This product has no service norm.")
        return Card(name=name, left=None, day=None, note=note)
    left = _left(clock, day=clock.norm.safe, today=today)
    note = Words(nl="Onze eigen belofte, geen wet.", en="Our own promise, no law.")
    return Card(name=name, left=left, day=clock.norm.safe, steps=clock.norm.steps, note=note)


def _statutory(clock: Clock, *, today: date) -> Card:
    left = _left(clock, day=clock.decide_by, today=today)
    name = Words(nl="Beslistermijn", en="Term to decide")
    return Card(name=name, left=left, day=clock.decide_by, steps=clock.term.steps, note=_open_law(clock))


def _repair(clock: Clock, *, today: date) -> Card:
    name = Words(nl="Hersteltermijn", en="Repair term")
    if clock.waiting_until:
        left = time_left(clock.waiting_until, today=today, paused=False)
        note = Words(nl="Zo lang kan de aanvrager antwoorden.", en="So long the applicant can answer.")
        return Card(name=name, left=left, day=clock.waiting_until, steps=clock.moved, note=note)
    if clock.refuse_by:
        left = time_left(clock.refuse_by.safe, today=today, paused=False)
        note = Words(
            nl="Tot dan kunt u de aanvraag buiten behandeling laten (Awb 4:5).",
            en="Until then you can refuse to process it (Awb 4:5).",
        )
        return Card(name=name, left=left, day=clock.refuse_by.safe, steps=clock.refuse_by.steps, note=note)
    return Card(name=name, left=None, day=None, note=Words(nl="Er is niets gevraagd.", en="Nothing was asked."))


def _penalty(clock: Clock) -> Card:
    name = Words(nl="Dwangsom", en="Penalty")
    meter = clock.penalty
    if meter is None:
        return Card(name=name, left=None, day=None, note=_no_penalty(clock))
    if not meter.days:
        words = Words(nl="Nog 0 euro", en="Still 0 euros")
        kind = Urgency.SOON if meter.running else Urgency.DONE
        left = TimeLeft(kind=kind, working_days=None, words=words)
        note = Words(nl="Beslis voor deze dag, dan kost het niets.", en="Decide before this day and it costs nothing.")
        return Card(name=name, left=left, day=meter.first_day.safe, steps=meter.first_day.steps, note=note)
    words = Words(nl=f"{meter.euros} euro na {meter.days} dagen", en=f"{meter.euros} euros after {meter.days} days")
    left = TimeLeft(kind=Urgency.LATE if meter.running else Urgency.DONE, working_days=None, words=words)
    steps = (*meter.first_day.steps, *meter.last_day.steps)
    return Card(name=name, left=left, day=meter.last_day.safe, steps=steps, note=_to_set(meter))


def _notification(clock: Clock, *, at: datetime) -> Card:
    """These 48 hours end at a moment, not with a day."""
    name = Words(nl="Melden van het besluit", en="Notify of the decision")
    if clock.notify_by is None:
        return _announced(clock, name=name)
    last = clock.notify_by.astimezone(AMSTERDAM)
    left = time_left(last.date(), today=local_date(at), paused=False)
    run = Words(nl="lopen", en="run")
    if at > last:
        left = TimeLeft(kind=Urgency.LATE, working_days=left.working_days, words=Words(nl="Te laat", en="Overdue"))
        run = Words(nl="liepen", en="ran")
    note = Words(
        nl=f"Het besluit is nog niet verstuurd. De 48 uur daarvoor {run.nl} tot {last:%H.%M} uur (Awb 2:10).",
        en=f"The decision was not sent yet. The 48 hours for that {run.en} until {last:%H:%M} (Awb 2:10).",
    )
    return Card(name=name, left=left, day=last.date(), note=note)


def _announced(clock: Clock, *, name: Words) -> Card:
    """That the letter went; where others were asked for their view, papers may have to wait (Woo 4.4 lid 5)."""
    if clock.sent_on is None:
        none = Words(nl="Er is nog geen besluit.", en="There is no decision yet.")
        return Card(name=name, left=None, day=None, note=none)
    if all(each.ground is not Ground.third_party_view for each in clock.suspensions):
        sent = Words(nl="Het besluit is verstuurd.", en="The decision was sent.")
        return Card(name=name, left=None, day=clock.sent_on, note=sent)
    release = woo_release_day(clock.sent_on)
    day, day_en = long_date(release.rolled), long_date(release.rolled, language="en")
    note = Words(
        nl=f"Het besluit is verstuurd. Verwacht u bezwaar van een ander? Geef de stukken dan op {day}.",
        en=f"The decision was sent. Do you expect an objection of another? Then give the papers on {day_en}.",
    )
    return Card(name=name, left=None, day=clock.sent_on, steps=release.steps, note=note)


def _left(clock: Clock, *, day: date, today: date) -> TimeLeft:
    if clock.withdrawn_on:
        words = Words(nl="De aanvraag is ingetrokken", en="The application was withdrawn")
        return TimeLeft(kind=Urgency.DONE, working_days=None, words=words)
    ended = clock.sent_on or clock.decided_on
    if ended:
        in_time = ended <= day
        words = Words(nl="Op tijd", en="In time") if in_time else Words(nl="Te laat", en="Too late")
        return TimeLeft(kind=Urgency.DONE if in_time else Urgency.LATE, working_days=None, words=words)
    return PAUSED if clock.stopped else time_left(day, today=today, paused=False)


def _open_law(clock: Clock) -> Words | None:
    notes = list(_notes(clock))
    return Words(nl=" ".join(each.nl for each in notes), en=" ".join(each.en for each in notes)) if notes else None


def _notes(clock: Clock) -> Iterator[Words]:
    if clock.term.rolled != clock.term.safe:
        late, late_en = long_date(clock.term.rolled), long_date(clock.term.rolled, language="en")
        yield Words(nl=f"De wet is open: te laat na {late}.", en=f"The law is open: too late after {late_en}.")
    if clock.promised:
        day, day_en = long_date(clock.promised), long_date(clock.promised, language="en")
        yield Words(
            nl=f"Beloofd is {day}. Dat verschuift niets (Awb 4:14).",
            en=f"Promised is {day_en}. That moves nothing (Awb 4:14).",
        )
    if clock.silent and clock.announce_by and not clock.sent_on:
        given, last = clock.silent.from_day, clock.announce_by.rolled
        yield Words(
            nl=f"De wet geeft dit vanaf {long_date(given)} (Awb 4:20b). "
            f"Maak dat bekend uiterlijk op {long_date(last)} (Awb 4:20c).",
            en=f"The law gives this from {long_date(given, language='en')} (Awb 4:20b). "
            f"Announce it by {long_date(last, language='en')} (Awb 4:20c).",
        )
    if clock.extended:
        yield Words(nl="De termijn is verlengd.", en="The term was extended.")


def _no_penalty(clock: Clock) -> Words:
    if clock.premature:
        return Words(
            nl="Er kwam een ingebrekestelling, maar te vroeg (Awb 4:17).",
            en="A notice of default came, but too early (Awb 4:17).",
        )
    return Words(nl="Er is geen ingebrekestelling.", en="There is no notice of default.")


def _to_set(meter: Meter) -> Words | None:
    if meter.determine_by is None:
        return Words(nl="Elke dag kost geld, hooguit 42 dagen.", en="Each day costs money, 42 days at most.")
    day, day_en = long_date(meter.determine_by.safe), long_date(meter.determine_by.safe, language="en")
    return Words(nl=f"Stel het bedrag vast voor {day} (Awb 4:18).", en=f"Set the amount by {day_en} (Awb 4:18).")
