"""A message only moves forward: as the domain says it, and as the database holds it."""

from __future__ import annotations

from itertools import product

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.messages import take_up
from services.notify.domain.states import (
    COMPLETED,
    FAILED,
    NEXT,
    OPEN,
    Outcome,
    Status,
    failure_after,
    may_become,
    next_round,
)
from services.notify.store import MessageStore
from shared.database import connect
from tests.services.notify.noor import message
from tests.services.notify.trip import Trip


@given(st.lists(st.sampled_from(Status), max_size=40))
def test_whatever_is_told_of_it_a_message_never_comes_back_to_where_it_was(told: list[Status]) -> None:
    status, passed = Status.CREATED, [Status.CREATED]
    for to in told:
        if may_become(status, to=to):
            status = to
            passed.append(to)
    assert len(set(passed)) == len(passed)
    assert OPEN.isdisjoint(passed[passed.index(status) + 1 :])


@given(st.lists(st.one_of(st.sampled_from(Status), st.just("again")), max_size=40))
def test_a_round_begins_only_where_the_last_one_failed_and_rounds_are_counted(told: list[Status | str]) -> None:
    kept = message()
    for to in told:
        before = kept
        if isinstance(to, Status):
            kept = message(state=to, round=kept.round) if may_become(kept.state, to=to) else kept
        else:
            kept = take_up(kept) or kept
        assert kept.round - before.round == int(before.state in FAILED and kept.state is Status.SENDING)
    assert next_round(Status.SENT, number=kept.round) is None


def test_nothing_follows_a_failure_within_its_round_and_what_is_complete_was_answered() -> None:
    assert not FAILED & NEXT.keys()
    assert not OPEN & COMPLETED
    assert all(NEXT[status] - {status} for status in NEXT)
    assert failure_after(Outcome.REFUSED) is Status.PERMANENT_FAILURE
    assert {failure_after(Outcome.UNREACHABLE), failure_after(None)} == {Status.TECHNICAL_FAILURE}


def test_the_database_holds_the_same_order(trip: Trip) -> None:
    with connect(trip.url) as connection:
        for before, after in product(Status, Status):
            row = connection.execute("select notify.may_become(%s, %s) as may", [before, after]).fetchone()
            assert row == {"may": before is after or may_become(before, to=after)}, (before, after)


@pytest.mark.parametrize(
    "change",
    [
        "update notify.messages set state = 'created'",
        "update notify.messages set round = 2",
        "update notify.messages set round = 2, state = 'sending'",
        "update notify.attempts set answer = '250 never'",
        "update notify.attempts set began_at = began_at - interval '1 day'",
    ],
)
def test_nobody_takes_back_what_was_sent(trip: Trip, change: str) -> None:
    with connect(trip.url) as connection:
        sent = take_up(message())
        assert sent is not None
        store = MessageStore(connection)
        store.add(sent)
        store.note_printed(sent, provider="print room", content="0" * 64, now=sent.at)
        with pytest.raises(psycopg.errors.CheckViolation, match="what a message was stays"):
            connection.execute(change)
