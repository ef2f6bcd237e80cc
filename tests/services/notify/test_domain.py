"""A letter carries the day it leaves; five wrong references make a pause."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.notify.domain.letters import (
    MOST_WRONG_TRIES,
    PAUSE,
    Letter,
    Opening,
    Pressing,
    dates_at,
    try_reference,
    wait_to_send,
)
from tests.services.notify.noor import NOW, REFERENCE, letter

BEFORE_MIDNIGHT = datetime(2026, 11, 24, 22, 59, 30, tzinfo=UTC)


def pressed(sent_on: date) -> Pressing:
    """A letter that carries this date."""
    return Pressing(
        letter_id=letter().id, sent_on=sent_on, objection_until=date(2027, 1, 5), sha256="0" * 64, pressed_at=NOW
    )


def guess(tried: Letter, *, times: int, now: datetime = NOW) -> tuple[Opening, Letter]:
    """Type a wrong reference so many times."""
    opening = Opening.OPENED
    for _ in range(times):
        opening, tried = try_reference(tried, typed="Z-2026-AAAA-AAAA", now=now)
    return opening, tried


def test_the_term_to_object_is_six_weeks_from_the_day_after_sending() -> None:
    dates = dates_at(datetime(2026, 11, 24, 9, 30, tzinfo=UTC))
    assert (dates.sent_on, dates.objection_until) == (date(2026, 11, 24), date(2027, 1, 5))


def test_a_letter_pressed_after_local_midnight_carries_the_new_day() -> None:
    assert dates_at(datetime(2026, 11, 24, 23, 30, tzinfo=UTC)).sent_on == date(2026, 11, 25)


def test_a_term_that_ends_on_a_free_day_ends_on_the_next_working_day() -> None:
    assert dates_at(datetime(2026, 11, 13, 9, tzinfo=UTC)).objection_until == date(2026, 12, 28)


def test_a_letter_of_today_may_leave() -> None:
    assert wait_to_send(pressed(date(2026, 11, 24)), now=NOW) is None


def test_a_letter_of_yesterday_is_pressed_again_at_once() -> None:
    assert wait_to_send(pressed(date(2026, 11, 23)), now=NOW) == NOW


def test_a_letter_just_before_midnight_is_pressed_again_after_it() -> None:
    due = wait_to_send(pressed(date(2026, 11, 24)), now=BEFORE_MIDNIGHT)
    assert due
    assert dates_at(due).sent_on == date(2026, 11, 25)


@pytest.mark.parametrize("typed", [REFERENCE, "z2026k4t92qxm", " Z 2026 K4T9 2QXM ", "Z-2026–K4T9—2QXM"])
def test_a_reference_opens_the_letter_however_it_is_typed(typed: str) -> None:
    assert try_reference(letter(), typed=typed, now=NOW)[0] is Opening.OPENED


@pytest.mark.parametrize("typed", ["", "Z-2026-K4T9-2QXN", "Z-2026-K4T9", REFERENCE + "A", "\x00", "é" * 1000])
def test_another_reference_does_not_open_it(typed: str) -> None:
    assert try_reference(letter(), typed=typed, now=NOW)[0] is Opening.WRONG


def test_five_wrong_tries_make_a_pause_in_which_the_right_one_does_not_help() -> None:
    opening, paused = guess(letter(), times=MOST_WRONG_TRIES)
    assert opening is Opening.PAUSED
    assert try_reference(paused, typed=REFERENCE, now=NOW + PAUSE - timedelta(seconds=1))[0] is Opening.PAUSED
    assert try_reference(paused, typed=REFERENCE, now=NOW + PAUSE)[0] is Opening.OPENED


def test_after_the_pause_the_count_starts_anew() -> None:
    _, paused = guess(letter(), times=MOST_WRONG_TRIES)
    assert guess(paused, times=MOST_WRONG_TRIES - 1, now=NOW + PAUSE)[0] is Opening.WRONG


def test_a_right_try_clears_the_count() -> None:
    _, tried = guess(letter(), times=MOST_WRONG_TRIES - 1)
    _, cleared = try_reference(tried, typed=REFERENCE, now=NOW)
    assert cleared.wrong_tries == 0
