"""A second signatory is asked by a link of their own, answers once, is reminded once, and never vanishes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.forms.actions.cosigning import (
    NoCosignError,
    NotThisPersonError,
    answer_cosign,
    ask_again,
    let_cosigner_in,
)
from services.forms.actions.following import TooLateError, TooManyTriesError, withdraw
from services.forms.actions.sending import submit_once
from services.forms.domain.cosigning import MOST_TURNS, is_called, seen_by_cosigner
from services.forms.ports import Means, OnceOnly, Sent
from services.forms.queries import find_cosigned, find_known
from services.forms.reminding import remind_people
from shared.bus import Courier
from shared.crypto import token_hash
from shared.database import Pool, transaction
from tests.conftest import Database
from tests.keys import KEYRING
from tests.services.forms.noor import CATALOGUE, HOME, LINKS, NOW
from tests.services.forms.web.noors_browser import told

UITRIT = CATALOGUE.product("uitrit")
ANSWERS: dict[str, Any] = {
    "change": "new",
    "place": HOME,
    "property_use": "home",
    "width": "3.00",
    "reason": "Een laadpaal",
    "existing_driveway": False,
    "nearby": ["none"],
    "owner": False,
    "consent_by": "mail",
    "owner_name": "Els van den Bérg",
    "owner_email": "els@example.org",
    "applicant_kind": "person",
    "name": "Noor de Vries",
    "contact_address": HOME,
    "email": "noor@example.org",
    "phone": "+31612345678",
    "truth": True,
}


def hand_in(means: Means, *, key: bytes = b"key", **changes: Any) -> str:
    answers = {name: value for name, value in {**ANSWERS, **changes}.items() if value is not None}
    sent = Sent(answers=answers, language="nl", incomplete=True)
    once = OnceOnly(key_hash=key, body_hash=b"body")
    return submit_once(UITRIT, sent=sent, once=once, means=means, now=NOW).reference


def newest_token(database: Database) -> str:
    return str(told(database, "CosignAsked")[-1]["link"]).rpartition("/")[2]


def test_who_must_agree_is_told_with_the_form_and_asked_with_a_link(means: Means, database: Database) -> None:
    reference = hand_in(means)
    sent, asked = told(database, "SubmissionReceived")[0], told(database, "CosignAsked")[0]
    assert sent["cosignatory"]["name"] == "Els van den Bérg"
    assert sent["cosignatory"]["answer_by"] == asked["valid_until"] == "2026-12-08"
    assert (asked["reference"], asked["turn"], asked["email"]) == (reference, "first", "els@example.org")
    assert asked["contact"]["email"] == "noor@example.org"


def test_who_owns_the_ground_waits_for_nobody(means: Means, database: Database) -> None:
    hand_in(means, owner=True, consent_by=None, owner_name=None, owner_email=None)
    assert told(database, "SubmissionReceived")[0]["cosignatory"] is None
    assert told(database, "CosignAsked") == []


def test_the_first_answer_counts_also_when_two_browsers_send_at_once(means: Means, database: Database) -> None:
    hand_in(means)
    token = newest_token(database)

    def answer(agreed: bool) -> bool:
        try:
            answer_cosign(token, agreed=agreed, because="", means=means, now=NOW)
        except TooLateError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(answer, [True, False, True, False])) == 1
    assert len(told(database, "CosignAnswered")) == 1


def test_a_link_to_another_address_ends_the_former_one(means: Means, database: Database) -> None:
    reference = hand_in(means)
    former = newest_token(database)
    ask_again(reference, name="E. Berg", email="goed@example.org", means=means, now=NOW + timedelta(days=3))
    asked = told(database, "CosignAsked")[-1]
    assert (asked["turn"], asked["email"], asked["valid_until"]) == ("again", "goed@example.org", "2026-12-11")
    assert asked["answer_by"] == "2026-12-08"
    with pytest.raises(TooLateError):
        answer_cosign(former, agreed=True, because="", means=means, now=NOW)
    answer_cosign(newest_token(database), agreed=True, because="", means=means, now=NOW)


def test_links_are_mailed_a_few_times_and_not_after_an_answer(means: Means, database: Database) -> None:
    reference = hand_in(means)
    for _ in range(MOST_TURNS - 1):
        ask_again(reference, name="Els Berg", email="els@example.org", means=means, now=NOW)
    with pytest.raises(TooLateError):
        ask_again(reference, name="Els Berg", email="els@example.org", means=means, now=NOW)
    answer_cosign(newest_token(database), agreed=False, because="Nee", means=means, now=NOW)
    other = hand_in(means, key=b"other")
    answer_cosign(newest_token(database), agreed=False, because="Nee", means=means, now=NOW)
    with pytest.raises(TooLateError):
        ask_again(other, name="Els Berg", email="els@example.org", means=means, now=NOW)


@pytest.mark.parametrize("days", [15, 400])
def test_a_link_whose_time_is_over_takes_no_answer_but_a_new_one_does(
    means: Means, database: Database, days: int
) -> None:
    reference = hand_in(means)
    late = NOW + timedelta(days=days)
    with pytest.raises(TooLateError):
        answer_cosign(newest_token(database), agreed=True, because="", means=means, now=late)
    ask_again(reference, name="Els Berg", email="els@example.org", means=means, now=late)
    answer_cosign(newest_token(database), agreed=True, because="", means=means, now=late)


def test_nobody_agrees_to_what_was_taken_back(means: Means, database: Database) -> None:
    reference = hand_in(means)
    withdraw(reference, because="", means=means, now=NOW)
    with pytest.raises(TooLateError):
        answer_cosign(newest_token(database), agreed=True, because="", means=means, now=NOW)


def test_only_who_knows_the_surname_gets_in_and_ten_times_an_hour(means: Means, database: Database) -> None:
    hand_in(means)
    token = newest_token(database)
    let_cosigner_in(token, name="Els van den Bérg", typed="mevrouw BERG", means=means, now=NOW)
    for _ in range(9):
        with pytest.raises(NotThisPersonError):
            let_cosigner_in(token, name="Els van den Bérg", typed="van den", means=means, now=NOW)
    with pytest.raises(TooManyTriesError):
        let_cosigner_in(token, name="Els van den Bérg", typed="Berg", means=means, now=NOW)
    let_cosigner_in(token, name="Els van den Bérg", typed="Berg", means=means, now=NOW + timedelta(hours=2))
    with pytest.raises(NoCosignError):
        let_cosigner_in("nothing", name="Els", typed="Els", means=means, now=NOW)


@pytest.mark.parametrize(
    ("name", "typed", "known"),
    [
        ("Els Bakker", "bakker", True),
        ("Els Bakker-Çelik", "celik", True),
        ("Woningstichting De Alliantie", "alliantie", True),
        ("Els Bakker", "Els", False),
        ("Els Bakker", "", False),
        ("", "", False),
        ("李", "李", False),
    ],
)
def test_a_surname_is_known_without_its_capitals_and_accents(name: str, typed: str, known: bool) -> None:
    assert is_called(name, typed=typed) is known


def test_who_says_nothing_for_five_working_days_is_reminded_once(means: Means, pool: Pool, database: Database) -> None:
    hand_in(means)
    for day, reminded in ((date(2026, 11, 30), 1), (date(2026, 12, 1), 2), (date(2026, 12, 2), 2)):
        remind(pool, on=day)
        assert len(told(database, "CosignAsked")) == reminded
    assert told(database, "CosignAsked")[1]["turn"] == "reminder"
    assert told(database, "CosignAsked")[1]["link"] == told(database, "CosignAsked")[0]["link"]


def test_who_answered_is_not_reminded(means: Means, pool: Pool, database: Database) -> None:
    hand_in(means)
    answer_cosign(newest_token(database), agreed=True, because="", means=means, now=NOW)
    remind(pool, on=date(2026, 12, 4))
    assert len(told(database, "CosignAsked")) == 1


def test_while_nobody_is_named_the_applicant_can_still_name_somebody(
    means: Means, pool: Pool, database: Database
) -> None:
    reference = hand_in(means, owner_name=None, owner_email=None)
    assert told(database, "CosignAsked")[0]["email"] == ""
    remind(pool, on=date(2026, 12, 4))
    assert len(told(database, "CosignAsked")) == 1
    ask_again(reference, name="Els Berg", email="els@example.org", means=means, now=NOW)
    answer_cosign(newest_token(database), agreed=True, because="", means=means, now=NOW)


def test_the_second_signatory_sees_what_is_asked_and_not_how_to_reach_the_applicant(
    means: Means, pool: Pool, database: Database
) -> None:
    reference = hand_in(means)
    with pool.reading() as connection:
        found = find_cosigned(connection, token_hash=token_hash(newest_token(database)), keyring=KEYRING)
        known = find_known(connection, reference=reference)
    assert found
    shown = {row.question for section in seen_by_cosigner(UITRIT, shown=found[0].shown) for row in section.rows}
    assert {"place", "width", "name"} <= shown
    assert not {"email", "phone", "owner_email", "contact_address", "truth", "photos"} & shown
    assert known.afterwards.cosign
    assert known.afterwards.cosign.standing(date(2026, 12, 8)) == "waiting"
    assert known.afterwards.cosign.standing(date(2026, 12, 9)) == "late"


def test_the_last_day_to_agree_is_never_a_free_day(means: Means, database: Database) -> None:
    sent = Sent(answers=ANSWERS, language="nl", incomplete=True)
    once = OnceOnly(key_hash=b"sunday", body_hash=b"body")
    submit_once(UITRIT, sent=sent, once=once, means=means, now=NOW + timedelta(days=5))
    assert told(database, "SubmissionReceived")[-1]["cosignatory"]["answer_by"] == "2026-12-14"


def remind(pool: Pool, *, on: date) -> None:
    now = datetime.combine(on, NOW.timetz())
    with transaction(pool) as connection:
        remind_people(connection, on=on, links=LINKS, tell=Courier(connection, now=now).tell, now=now)
