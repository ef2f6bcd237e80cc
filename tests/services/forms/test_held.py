"""A form that must be paid before it counts, as the database keeps it: what happens to it meanwhile, and at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from services.forms.actions.sending import submit_once
from services.forms.domain.files import Scan, sent_file
from services.forms.domain.payments import Payment, State
from services.forms.ports import OnceOnly, Sent, Work
from services.forms.ports.files import Scanned
from services.forms.store import open_work_on
from shared.catalogue.versions import remember
from shared.database import Pool
from shared.events import DayBegan, FileScanned, SubmissionReceived
from shared.ids import new_id
from shared.law.calendar import local_date
from tests.conftest import Database
from tests.keys import KEYRING
from tests.services.forms.noor import ANSWERS, NOW, OBJECTEN, Memory, means_with
from tests.services.forms.shelf import inbox
from tests.services.forms.test_file_store import file
from tests.services.forms.web.noors_browser import told

OpenWork = Callable[[datetime], AbstractContextManager[Work]]


@pytest.fixture
def open_work(pool: Pool) -> OpenWork:
    with pool.connection() as connection:
        remember(connection, OBJECTEN)
    return open_work_on(pool, keyring=KEYRING)


@pytest.fixture
def held(open_work: OpenWork) -> SubmissionReceived:
    """Noor's form with one file that waits for the scanner, as it waits to be paid."""
    memory, once = Memory(), OnceOnly(key_hash=b"key", body_hash=b"body")
    sent = Sent(answers=ANSWERS, language="nl")
    receipt = submit_once(OBJECTEN, sent=sent, once=once, means=means_with(memory), now=NOW)
    drawing = file(scan=Scan.WAITING)
    submission = replace(
        memory.submissions[receipt.reference], files=(sent_file(drawing, question="drawing"),), status_link="http://x"
    )
    with open_work(NOW) as work:
        work.hand_in_once(once, submission=submission, status_hash=b"status", due=receipt.decide_by)
        work.files.add(drawing)
        work.files.send([drawing.id], reference=submission.reference)
        work.bills.hold(submission)
    return submission


def judge(open_work: OpenWork, number: UUID) -> str | None:
    with open_work(NOW) as work:
        return work.files.judge(number, scanned=Scanned(scan=Scan.CLEAN))


def test_a_verdict_on_a_file_of_a_held_form_is_told_once_it_is_paid(
    open_work: OpenWork, held: SubmissionReceived
) -> None:
    number = held.files[0].id
    assert judge(open_work, number) is None
    with open_work(NOW) as work:
        told = work.bills.release(held.reference, at=NOW)
    assert told == (held, FileScanned(reference=held.reference, file_id=number, scan="clean"))


def test_a_verdict_while_the_payment_comes_in_is_told_by_one_of_both(
    open_work: OpenWork, held: SubmissionReceived
) -> None:
    number = held.files[0].id
    with ThreadPoolExecutor(1) as other, open_work(NOW) as work:
        told = work.bills.release(held.reference, at=NOW)
        judging = other.submit(judge, open_work, number)
    assert told == (held,)
    assert judging.result(timeout=10) == held.reference


def test_a_held_form_takes_no_more_files(open_work: OpenWork, held: SubmissionReceived) -> None:
    with open_work(NOW) as work:
        assert work.lock_open_case(held.reference) is False
        work.bills.release(held.reference, at=NOW)
        assert work.lock_open_case(held.reference) is True


def test_a_payment_that_waits_for_a_withdrawal_sees_it(open_work: OpenWork, held: SubmissionReceived) -> None:
    def lock() -> bool:
        with open_work(NOW) as work:
            return work.bills.lock(held.reference).withdrawn

    with ThreadPoolExecutor(1) as other:
        with open_work(NOW) as work:
            work.keep_withdrawal(held.reference, because="", at=NOW)
            locking = other.submit(lock)
            with pytest.raises(TimeoutError):
                locking.result(timeout=0.3)
        assert locking.result(timeout=10) is True


def begin_day(pool: Pool, *, days_later: int) -> None:
    now = NOW + timedelta(days=days_later)
    with pool.connection() as connection:
        inbox.handle(connection, DayBegan(on=local_date(now)), now=now)


def left(pool: Pool) -> dict[str, int]:
    tables = ("submission", "held", "withdrawal", "payment", "file")
    with pool.connection() as connection:
        found = {table: connection.execute(f"select count(*) as n from forms.{table}").fetchone() for table in tables}
    return {table: row["n"] for table, row in found.items() if row}


def test_who_does_not_pay_is_warned_once_before_the_form_is_erased(
    pool: Pool, database: Database, held: SubmissionReceived
) -> None:
    begin_day(pool, days_later=24)
    assert told(database, "UnpaidExpires") == []
    for day in (25, 26):
        begin_day(pool, days_later=day)
    (warning,) = told(database, "UnpaidExpires")
    assert (warning["reference"], warning["keep_until"]) == (held.reference, "2026-12-24")
    assert warning["contact"]["email"] == "noor@example.org"
    begin_day(pool, days_later=30)
    assert left(pool)["submission"] == 1
    begin_day(pool, days_later=31)
    assert left(pool) == {"submission": 0, "held": 0, "withdrawal": 0, "payment": 0, "file": 0}


def test_nothing_is_erased_of_which_money_may_still_come_or_go(
    pool: Pool, open_work: OpenWork, held: SubmissionReceived
) -> None:
    begin_day(pool, days_later=26)
    waiting = Payment(id=new_id(), cents=5000, made_at=NOW, state=State.OPEN, provider_id="tr_1", checkout="http://x")
    with open_work(NOW) as work:
        work.bills.keep(work.bills.lock(held.reference), payment=waiting)
    begin_day(pool, days_later=40)
    assert left(pool)["submission"] == 1
    with open_work(NOW) as work:
        work.bills.keep(work.bills.lock(held.reference), payment=replace(waiting, state=State.FAILED))
    begin_day(pool, days_later=41)
    assert left(pool) == {"submission": 0, "held": 0, "withdrawal": 0, "payment": 0, "file": 0}


def test_one_that_was_withdrawn_unpaid_is_erased_without_a_word(
    pool: Pool, database: Database, open_work: OpenWork, held: SubmissionReceived
) -> None:
    with open_work(NOW) as work:
        work.keep_withdrawal(held.reference, because="", at=NOW)
    begin_day(pool, days_later=31)
    assert left(pool)["submission"] == 0
    assert told(database, "UnpaidExpires") == []
    assert told(database, "BoxChosen") == [{"reference": held.reference, "sealed": None}]
