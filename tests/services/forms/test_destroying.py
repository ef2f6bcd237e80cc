"""What the forms service has of a case goes when that was approved: rows of every table, and files on disk."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from flask import Flask

from services.forms.actions.scanning import Watch
from services.forms.actions.sending import submit_once
from services.forms.domain.files import Scan, sent_file
from services.forms.fact_store import keep_fact, keep_notice
from services.forms.inbox import open_inbox
from services.forms.ports import Means, OnceOnly, Sent
from shared.catalogue.versions import remember
from shared.crypto import token_hash
from shared.database import Pool
from shared.record_events import CaseDestructionOrdered
from tests.services.forms.domain.test_cases import OPENED, SENT
from tests.services.forms.noor import ANSWERS, LINKS, NOW, OBJECTEN, Memory, means_with
from tests.services.forms.shelf import FakeScanner, FakeVault
from tests.services.forms.test_file_store import file


@pytest.fixture(autouse=True)
def known(pool: Pool) -> None:
    """The form is one that the house knows."""
    with pool.connection() as connection:
        remember(connection, OBJECTEN)


def hand_in(means: Means, vault: FakeVault, *, key: bytes) -> str:
    """Noor hands in a form with a drawing; give its reference."""
    memory, once = Memory(), OnceOnly(key_hash=key, body_hash=b"body")
    sent = Sent(answers=ANSWERS, language="nl")
    receipt = submit_once(OBJECTEN, sent=sent, once=once, means=means_with(memory), now=NOW)
    drawing = file(scan=Scan.CLEAN)
    vault.put(io.BytesIO(b"drawing"), name=drawing.place)
    told = memory.submissions[receipt.reference]
    submission = replace(told, files=(sent_file(drawing, question="drawing"),))
    with means.open_work(NOW) as work:
        work.hand_in_once(once, submission=submission, status_hash=key, due=receipt.decide_by)
        work.files.add(drawing)
        work.files.send([drawing.id], reference=receipt.reference)
    return receipt.reference


def counts(pool: Pool) -> dict[str, int]:
    with pool.connection() as connection:
        names = connection.execute("select tablename from pg_tables where schemaname = 'forms'").fetchall()
        tables = sorted({row["tablename"] for row in names} - {"ended"})  # counts that lead back to nobody
        found = {table: connection.execute(f"select count(*) as n from forms.{table}").fetchone() for table in tables}
    return {table: row["n"] for table, row in found.items() if row}


def test_the_form_its_files_and_all_that_was_told_of_it_go_and_another_form_stays(means: Means, pool: Pool) -> None:
    vault = FakeVault()
    hand_in(means, vault, key=b"one")
    before, files = counts(pool), set(vault.kept)
    reference = hand_in(means, vault, key=b"two")
    with pool.connection() as connection:
        keep_fact(connection, fact=replace(OPENED, reference=reference))
        keep_notice(connection, notice=replace(SENT, reference=reference))
    assert counts(pool) != before
    inbox = open_inbox(Watch(vault=vault, scanner=FakeScanner()), links=LINKS)
    for _ in range(2):
        with pool.connection() as connection:
            inbox.handle(connection, CaseDestructionOrdered(reference=reference, at=NOW), now=NOW)
    assert counts(pool) == before
    assert set(vault.kept) == files
    with pool.connection() as connection:
        told = connection.execute("select payload from bus.event where name = 'CaseDestroyed' order by id").fetchall()
    reports = [(row["payload"]["service"], row["payload"]["files"], row["payload"]["rows"]) for row in told]
    assert reports == [("forms", 1, 5), ("forms", 0, 0)]


def test_the_page_of_a_case_that_was_destroyed_is_there_no_more(means: Means, pool: Pool, app: Flask) -> None:
    vault = FakeVault()
    reference = hand_in(means, vault, key=token_hash("a-token-of-noor"))
    client = app.test_client()
    assert client.get("/status/a-token-of-noor").status_code == 200
    inbox = open_inbox(Watch(vault=vault, scanner=FakeScanner()), links=LINKS)
    with pool.connection() as connection:
        inbox.handle(connection, CaseDestructionOrdered(reference=reference, at=NOW), now=NOW)
    doors = [
        rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/status/") and rule.arguments == {"token"}
    ]
    assert len(doors) > 5
    for rule in doors:
        path = rule.rule.replace("<token>", "a-token-of-noor")
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            assert client.open(path, method=method).status_code == 404, (method, path)
