"""What holds for the clock of every case, whatever happened to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.clock import Terms, read_clock
from services.workflow.domain.ledger import Entry, Kind
from shared.law.terms import Amount, Ground, SetBy, TermRule, Unit

RECEIVED = date(2026, 2, 2)
DAYS = st.integers(min_value=0, max_value=120).map(lambda days: RECEIVED + timedelta(days=days))
RULES = st.builds(
    TermRule,
    amount=st.integers(min_value=1, max_value=16),
    unit=st.sampled_from([Unit.weeks, Unit.months, Unit.days]),
    set_by=st.sampled_from(SetBy),
    article=st.just("Awb 4:13"),
    extension=st.one_of(st.none(), st.just(Amount(amount=6, unit=Unit.weeks, article="Ow 16.64 lid 2"))),
)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def received() -> Entry:
    return Entry(kind=Kind.RECEIVED, at=at(RECEIVED))


@st.composite
def standstills(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Questions with and without answers, and periods on other grounds, in the order of their first day."""
    entries: list[Entry] = []
    for number in range(draw(st.integers(min_value=0, max_value=4))):
        begun, length = draw(DAYS), draw(st.integers(min_value=0, max_value=30))
        end = begun + timedelta(days=length)
        name = UUID(int=number + 1)
        if draw(st.booleans()):
            entries.append(Entry(kind=Kind.ASKED, at=at(begun), request_id=name, answer_by=end))
            if draw(st.booleans()):
                entries.append(
                    Entry(kind=Kind.ANSWERED, at=at(draw(DAYS.filter(lambda day, b=begun: day >= b))), request_id=name)
                )
        else:
            ground = draw(st.sampled_from([ground for ground in Ground if ground is not Ground.incomplete]))
            entries.append(
                Entry(kind=Kind.SUSPENDED, at=at(begun), request_id=name, ground=ground, first=begun, last=end)
            )
    return tuple(sorted(entries, key=lambda entry: entry.at))


@given(rule=RULES, entries=standstills(), today=DAYS)
def test_a_standstill_never_brings_the_last_day_forward(
    rule: TermRule, entries: tuple[Entry, ...], today: date
) -> None:
    bare = read_clock((received(),), terms=Terms(rule=rule), today=today)
    found = read_clock((received(), *entries), terms=Terms(rule=rule), today=today)
    assert found.term.unrolled == bare.term.unrolled + timedelta(days=found.suspended_days)
    assert found.suspended_days >= 0
    assert found.term.safe <= found.term.rolled
    assert found.term.unrolled <= found.term.rolled


@given(rule=RULES, entries=standstills(), today=DAYS)
def test_no_day_counts_twice_and_none_outside_the_standstills(
    rule: TermRule, entries: tuple[Entry, ...], today: date
) -> None:
    found = read_clock((received(), *entries), terms=Terms(rule=rule), today=today)
    days = {
        each.first + timedelta(days=n) for each in found.suspensions for n in range((each.last - each.first).days + 1)
    }
    assert found.suspended_days <= len(days)


@given(rule=RULES, entries=standstills(), today=DAYS)
def test_the_steps_of_a_date_say_each_its_article(rule: TermRule, entries: tuple[Entry, ...], today: date) -> None:
    found = read_clock((received(), *entries), terms=Terms(rule=rule), today=today)
    assert all(step.nl and step.en and step.article for step in found.term.steps)


@given(rule=RULES, entries=standstills(), notice=DAYS, sent=st.one_of(st.none(), DAYS), today=DAYS)
def test_the_penalty_never_runs_before_its_notice_nor_past_42_days_nor_backwards(
    rule: TermRule, entries: tuple[Entry, ...], notice: date, sent: date | None, today: date
) -> None:
    ledger = (received(), *entries, Entry(kind=Kind.DEFAULTED, at=at(notice)))
    ledger += (Entry(kind=Kind.SENT, at=at(sent)),) if sent else ()
    terms = Terms(rule=rule)
    found = read_clock(ledger, terms=terms, today=today)
    if found.penalty is None:
        assert notice <= found.term.rolled or (sent is not None and sent <= notice)
        return
    assert notice > found.term.rolled
    assert 0 <= found.penalty.euros <= 1442
    assert found.penalty.first_day.safe == notice + timedelta(days=15)
    later = read_clock(ledger, terms=terms, today=today + timedelta(days=1))
    assert later.penalty is not None
    assert later.penalty.days >= found.penalty.days
