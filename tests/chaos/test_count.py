"""The count of the storm: what it calls lost, twice and resent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.chaos.count import Evidence, Mail, Trip, count

NOOR = Trip("noor@example.org", "Z-1")
ELS = Trip("els@example.org", "Z-2")
SINGLE = Trip("single-1@example.org", "")
ROW = Trip("row-1@example.org", "")


def mail(number: int, *, trip: Trip, kind: str = "receipt") -> Mail:
    return Mail(f"<{number}@example.org>", trip.applicant, kind, trip.reference)


SENT = [mail(7, trip=SINGLE, kind="notification"), mail(8, trip=ROW, kind="notification")]
CALM = Evidence(
    receipts=[NOOR, ELS],
    cases=[NOOR, ELS],
    pages=[NOOR, ELS],
    known=[NOOR, ELS],
    decided=[ELS],
    told=[ELS],
    ordered=[ELS],
    done_together=[ELS],
    letters=[ELS],
    sent=[SINGLE, ROW],
    notifications=[SINGLE, ROW],
    mails=[
        mail(1, trip=NOOR),
        mail(2, trip=ELS),
        mail(3, trip=ELS, kind="decision"),
        *SENT,
    ],
)


def test_when_all_is_well_nothing_is_lost_or_twice() -> None:
    tally = count(CALM)
    assert tally.sound
    assert tally.line(kills=25) == "submitted 2, cases 2, confirmations 2, lost 0, twice 0, kills 25"


def test_a_storm_in_which_nothing_came_in_proves_nothing() -> None:
    assert not count(
        Evidence(
            receipts=[],
            cases=[],
            pages=[],
            known=[],
            decided=[],
            told=[],
            ordered=[],
            done_together=[],
            letters=[],
            sent=[],
            notifications=[],
            mails=[],
        )
    ).sound


@pytest.mark.parametrize(
    ("seen", "what"),
    [
        (replace(CALM, cases=[NOOR]), "case"),
        (replace(CALM, mails=[mail(1, trip=NOOR), mail(3, trip=ELS, kind="decision"), *SENT]), "confirmation"),
        (replace(CALM, pages=[ELS]), "status page"),
        (replace(CALM, known=[ELS]), "case on the status page"),
        (replace(CALM, letters=[]), "letter"),
        (replace(CALM, told=[]), "decision told"),
        (replace(CALM, done_together=[]), "case of many"),
        (replace(CALM, mails=[mail(1, trip=NOOR), mail(2, trip=ELS), *SENT]), "decision message"),
        (replace(CALM, notifications=[ROW]), "notification"),
        (replace(CALM, mails=[*CALM.mails][:-1]), "mail of a notification"),
    ],
)
def test_what_a_receipt_or_decision_promised_and_is_not_there_is_lost(seen: Evidence, what: str) -> None:
    tally = count(seen)
    assert {name for name, number in tally.lost.items() if number} == {what}
    assert not any(tally.twice.values())
    assert not tally.sound


@pytest.mark.parametrize(
    ("seen", "what"),
    [
        (replace(CALM, cases=[NOOR, NOOR, ELS]), "case"),
        (replace(CALM, cases=[NOOR, ELS, Trip("stranger@example.org", "Z-3")]), "case"),
        (replace(CALM, mails=[*CALM.mails, mail(4, trip=NOOR)]), "confirmation"),
        (replace(CALM, letters=[ELS, ELS]), "letter"),
        (replace(CALM, notifications=[SINGLE, ROW, ROW]), "notification"),
        (replace(CALM, mails=[*CALM.mails, mail(9, trip=ROW, kind="notification")]), "mail of a notification"),
        (replace(CALM, letters=[ELS, NOOR]), "letter"),
        (replace(CALM, told=[ELS, ELS]), "decision told"),
        (replace(CALM, done_together=[ELS, ELS]), "case of many"),
        (replace(CALM, mails=[*CALM.mails, mail(4, trip=ELS, kind="decision")]), "decision message"),
        (replace(CALM, mails=[*CALM.mails, *(mail(n, trip=ELS, kind="progress") for n in (4, 5))]), "progress message"),
        (replace(CALM, mails=[*CALM.mails, mail(4, trip=Trip("els@example.org", ""), kind="")]), "unknown mail"),
    ],
)
def test_what_is_there_beyond_what_was_promised_is_twice(seen: Evidence, what: str) -> None:
    tally = count(seen)
    assert {name for name, number in tally.twice.items() if number} == {what}
    assert not any(tally.lost.values())
    assert not tally.sound


def test_a_case_under_another_reference_than_the_receipt_is_lost_and_twice() -> None:
    tally = count(replace(CALM, cases=[ELS, Trip(NOOR.applicant, "Z-9")]))
    assert (tally.lost["case"], tally.twice["case"]) == (1, 1)


def test_two_receipts_for_one_key_are_one_too_many() -> None:
    again = Trip(NOOR.applicant, "Z-9")
    tally = count(replace(CALM, receipts=[NOOR, ELS, again]))
    assert tally.twice["receipt"] == 1
    assert tally.lost["case"] == 1


def test_the_same_message_delivered_again_is_told_but_not_counted_as_another() -> None:
    tally = count(replace(CALM, mails=[*CALM.mails, mail(1, trip=NOOR)]))
    assert tally.sound
    assert tally.resent == 1
    assert tally.confirmations == 2
