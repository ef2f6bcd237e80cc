"""What the database keeps: drafts that two tabs share, submissions that are kept once, facts in any order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.forms.actions.answering import NoOpenRequestError, Request, give_words
from services.forms.actions.filling import keep_for_later, keep_page, open_form, start_draft
from services.forms.actions.following import (
    TooManyTriesError,
    WrongReferenceError,
    give_opinion,
    recognise,
)
from services.forms.actions.sending import ChangedMeanwhileError, KeyReusedError, submit, submit_once
from services.forms.domain.drafts import HandedInError, UnknownDraftError
from services.forms.domain.pages import Page
from services.forms.ports import Means, OnceOnly, Opinion, Receipt, Sent
from services.forms.queries import Submitted, find_known, find_submitted
from shared.crypto import token_hash
from shared.database import Pool, connect
from shared.events import DayBegan
from shared.keyring import BrokenSealError
from shared.values import OWN_WORDS
from tests.conftest import Database
from tests.keys import KEYRING
from tests.services.forms.domain.test_cases import ASKED, DECIDED, OPENED, REQUEST, SENT, STARTED
from tests.services.forms.noor import ANSWERS, FIELDS, LINKS, NOW, OBJECTEN, TODAY, asked, fields
from tests.services.forms.shelf import inbox


def turn(means: Means, token: str, *, step: str, **changes: Any) -> None:
    page = Page(step=step, asked=asked(step), typed=fields(step, **changes), language="nl")
    keep_page(token, page=page, means=means, now=NOW)


def fill_in(means: Means) -> tuple[str, int]:
    token = start_draft(OBJECTEN, language="nl", means=means, now=NOW)
    for step in FIELDS:
        turn(means, token, step=step)
    return token, open_form(token, means=means, now=NOW).draft.revision


def send(means: Means) -> Receipt:
    token, revision = fill_in(means)
    return submit(token, revision=revision, language="nl", means=means, now=NOW)


def once(means: Means, *, body: bytes = b"body") -> Receipt:
    only = OnceOnly(key_hash=b"key", body_hash=body)
    return submit_once(OBJECTEN, sent=Sent(answers=ANSWERS, language="nl"), once=only, means=means, now=NOW)


def count(pool: Pool, table: str) -> int:
    with pool.connection() as connection:
        row = connection.execute(f"select count(*) as n from {table}").fetchone()
    return int(row["n"]) if row else -1


def told(database: Database) -> list[str]:
    with connect(database.dsn()) as connection:
        return [row["name"] for row in connection.execute("select name from bus.event order by id")]


def stored(pool: Pool, reference: str) -> Submitted:
    with pool.connection() as connection:
        found = find_submitted(connection, status_hash=token_hash(LINKS.status_token(reference)), keyring=KEYRING)
    assert found
    return found


def test_two_tabs_on_different_steps_lose_nothing_of_each_other(means: Means) -> None:
    token = start_draft(OBJECTEN, language="nl", means=means, now=NOW)
    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(lambda step: turn(means, token, step=step), [*FIELDS] * 3))
    assert open_form(token, means=means, now=NOW).progress.unfinished is None


def test_a_text_that_could_not_be_read_comes_back_as_typed(means: Means) -> None:
    token = start_draft(OBJECTEN, language="nl", means=means, now=NOW)
    turn(means, token, step="when", starts__month="blad")
    assert open_form(token, means=means, now=NOW).draft.typed["when"]["starts.month"] == ["blad"]


def test_a_submission_is_kept_whole_and_its_draft_emptied(means: Means, pool: Pool, database: Database) -> None:
    receipt = send(means)
    kept = stored(pool, receipt.reference)
    assert kept.answers["email"] == "noor@example.org"
    assert (kept.received_at, kept.decide_by, kept.fee_cents) == (NOW, receipt.decide_by, 5000)
    assert kept.shown[0].rows[0].text.nl.startswith("Voorwerp 1: Container")
    with pool.connection() as connection:
        rows = connection.execute("select answers, typed, reference from forms.draft").fetchall()
    assert rows == [{"answers": {}, "typed": {}, "reference": receipt.reference}]
    assert told(database) == ["SubmissionReceived"]


def test_eight_clicks_at_once_hand_in_one_form(means: Means, pool: Pool, database: Database) -> None:
    token, revision = fill_in(means)

    def click(_n: int) -> str:
        try:
            return submit(token, revision=revision, language="nl", means=means, now=NOW).reference
        except HandedInError as error:
            return error.reference

    with ThreadPoolExecutor(8) as clicks:
        references = set(clicks.map(click, range(8)))
    assert len(references) == 1
    assert count(pool, "forms.submission") == 1
    assert told(database) == ["SubmissionReceived"]


def test_an_old_check_page_sends_nothing(means: Means, pool: Pool) -> None:
    token, revision = fill_in(means)
    turn(means, token, step="what", purpose="Iets heel anders")
    with pytest.raises(ChangedMeanwhileError):
        submit(token, revision=revision, language="nl", means=means, now=NOW)
    assert count(pool, "forms.submission") == 0


def test_eight_requests_with_one_key_get_one_receipt(means: Means, pool: Pool, database: Database) -> None:
    with ThreadPoolExecutor(8) as clients:
        receipts = list(clients.map(lambda _n: once(means), range(8)))
    assert len(set(map(repr, receipts))) == 1
    assert count(pool, "forms.submission") == 1
    assert told(database) == ["SubmissionReceived"]


def test_one_key_with_two_bodies_is_refused(means: Means, pool: Pool) -> None:
    once(means)
    with pytest.raises(KeyReusedError):
        once(means, body=b"other")
    assert count(pool, "forms.submission") == 1


def test_the_secrets_of_links_stand_nowhere_in_our_tables(means: Means, pool: Pool) -> None:
    token, revision = fill_in(means)
    receipt = submit(token, revision=revision, language="nl", means=means, now=NOW)
    secret = LINKS.status_token(receipt.reference)
    with pool.connection() as connection:
        rows = connection.execute(
            "select d::text as t from forms.draft d union all select s::text from forms.submission s"
        ).fetchall()
    assert rows
    assert not any(token in row["t"] or secret in row["t"] for row in rows)


def test_facts_are_kept_once_in_whatever_order_they_come(pool: Pool) -> None:
    with pool.connection() as connection:
        for fact in (DECIDED, SENT, OPENED, ASKED, STARTED, OPENED, SENT):
            inbox.handle(connection, fact, now=NOW)
        known = find_known(connection, reference="R")
    assert sorted(known.facts, key=lambda fact: fact.sequence) == [OPENED, STARTED, ASKED, DECIDED]
    assert known.notices == (SENT,)


def request(reference: str) -> Request:
    return Request(reference=reference, request_id=REQUEST, asked=OWN_WORDS, product=OBJECTEN, received_at=NOW)


def test_a_question_is_answered_once_and_told(means: Means, pool: Pool, database: Database) -> None:
    reference = send(means).reference
    with pool.connection() as connection:
        inbox.handle(connection, replace(ASKED, reference=reference), now=NOW)
    give_words(request(reference), text="1,80 meter", means=means, now=NOW)
    with pytest.raises(NoOpenRequestError):
        give_words(request(reference), text="2 meter", means=means, now=NOW)
    with pool.connection() as connection:
        (given,) = find_known(connection, reference=reference).given
    assert (given.text, given.given_at) == ("1,80 meter", NOW)
    assert told(database) == ["SubmissionReceived", "InformationGiven"]


def test_a_decided_case_takes_no_more_answers(means: Means, pool: Pool) -> None:
    reference = send(means).reference
    with pool.connection() as connection:
        for fact in (ASKED, DECIDED):
            inbox.handle(connection, replace(fact, reference=reference), now=NOW)
    with pytest.raises(NoOpenRequestError):
        give_words(request(reference), text="x", means=means, now=NOW)


def test_tries_are_counted_per_case_and_forgotten_after_an_hour(means: Means) -> None:
    receipt = send(means)
    secret = LINKS.status_token(receipt.reference)
    for _ in range(10):
        with pytest.raises(WrongReferenceError):
            recognise(secret, typed="Z-2026-2222-2222", means=means, now=NOW)
    with pytest.raises(TooManyTriesError):
        recognise(secret, typed=receipt.reference, means=means, now=NOW)
    later = NOW + timedelta(hours=2)
    assert recognise(secret, typed=receipt.reference, means=means, now=later) == receipt.reference


def test_a_new_day_clears_drafts_whose_time_is_over_and_nothing_else(means: Means, pool: Pool) -> None:
    old = start_draft(OBJECTEN, language="nl", means=means, now=NOW - timedelta(days=31))
    young, _ = fill_in(means)
    receipt = send(means)
    once(means)
    with pool.connection() as connection:
        inbox.handle(connection, DayBegan(on=TODAY), now=NOW)
    with pytest.raises(UnknownDraftError):
        open_form(old, means=means, now=NOW - timedelta(days=31))
    assert open_form(young, means=means, now=NOW)
    assert stored(pool, receipt.reference)
    assert count(pool, "forms.answered") == 1


def test_mails_about_a_draft_are_told_with_its_link(means: Means, database: Database) -> None:
    token, _ = fill_in(means)
    keep_for_later(token, email="noor@example.org", language="nl", means=means, now=NOW)
    assert told(database) == ["DraftKept"]


def test_an_opinion_is_counted(means: Means, pool: Pool) -> None:
    give_opinion(Opinion(product="objecten", subject="late", verdict="needless", words=""), means=means, now=NOW)
    assert count(pool, "forms.opinion") == 1


def test_a_draft_lies_sealed_and_one_from_before_still_opens(means: Means, pool: Pool) -> None:
    token = start_draft(OBJECTEN, language="nl", means=means, now=NOW)
    turn(means, token, step="what")
    turn(means, token, step="when", starts__month="blad")
    with pool.connection() as connection:
        row = connection.execute("select answers, typed from forms.draft").fetchone()
        assert row
        assert "keuken" not in str(row)
        assert "blad" not in str(row)
        assert set(row["answers"]) == {"objects", "purpose", "ends"}
        connection.execute("""update forms.draft set answers = answers || '{"purpose": "Een muur"}'""")
    answers = open_form(token, means=means, now=NOW).draft.answers
    assert (answers["purpose"], answers["objects"][0]["kind"]) == ("Een muur", "container")


def test_a_sealed_answer_does_not_open_at_another_question_or_in_another_draft(means: Means, pool: Pool) -> None:
    token = start_draft(OBJECTEN, language="nl", means=means, now=NOW)
    turn(means, token, step="what")
    with pool.connection() as connection:
        connection.execute(
            "update forms.draft set answers = answers || jsonb_build_object('spot', answers -> 'purpose')"
        )
    with pytest.raises(BrokenSealError):
        open_form(token, means=means, now=NOW)
