"""A form that must be paid before it counts, as the database keeps it: what happens to it meanwhile, and at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from services.forms.actions.sending import submit_once
from services.forms.domain.files import Scan, sent_file
from services.forms.ports import OnceOnly, Sent, Work
from services.forms.ports.files import Scanned
from services.forms.store import open_work_on
from shared.catalogue.versions import remember
from shared.database import Pool
from shared.events import FileScanned, SubmissionReceived
from tests.keys import KEYRING
from tests.services.forms.noor import ANSWERS, NOW, OBJECTEN, Memory, means_with
from tests.services.forms.test_file_store import file

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
