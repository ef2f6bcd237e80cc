"""The audit log: what people do stands in it, and no row of it changes unseen."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from services.workflow.audit import Act, record, tell_head, verify
from tests.conftest import HOME
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import MILA, NOW, REFERENCE, SAMIR

ASIDE = "update workflow.audit set number = number + 100 where"
ROWS = "select number, who, act, reference from workflow.audit order by number"


def add(town: Town, *, number: int) -> None:
    with town.connection() as connection:
        record(connection, act=Act(at=NOW, who="samir", act="case.claim", reference=f"Z-{number}"))


def tamper(town: Town, statement: str) -> None:
    """Change the log as who owns the database can."""
    with town.connection() as connection:
        connection.execute("alter table workflow.audit disable trigger audit_only_grows")
        connection.execute(statement)


def test_what_somebody_does_to_a_case_is_recorded_with_it_or_not_at_all(town: Town) -> None:
    town.receive()
    client = town.client(SAMIR)
    tamper(town, "alter table workflow.audit add constraint refuses check (number > 9)")
    assert client.post(f"/zaken/{REFERENCE}/pakken").status_code == 500
    assert town.rows("select handler from workflow.cases") == [{"handler": None}]
    tamper(town, "alter table workflow.audit drop constraint refuses, enable trigger audit_only_grows")
    client.post(f"/zaken/{REFERENCE}/pakken")
    assert town.client(MILA).post(f"/zaken/{REFERENCE}/pakken").status_code == 409
    client.post("/api/v1/cases/next", headers=town.bearer(SAMIR))
    assert town.rows(ROWS) == [{"number": 1, "who": "samir", "act": "case.claim", "reference": REFERENCE}]


def test_a_row_is_never_changed_or_taken_out(town: Town) -> None:
    add(town, number=1)
    for statement in ("update workflow.audit set who = 'mila'", "delete from workflow.audit"):
        with pytest.raises(psycopg.errors.RaiseException), town.connection() as connection:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("update workflow.audit set who = 'mila' where number = 3", 3),
        ("update workflow.audit set at = at + interval '1 microsecond' where number = 2", 2),
        ("update workflow.audit set reference = null where number = 5", 5),
        ("""update workflow.audit set details = '{"reason": "asked"}' where number = 1""", 1),
        ("delete from workflow.audit where number = 4", 4),
        ("delete from workflow.audit where number = 1", 1),
        ("update workflow.audit set number = 99 where number = 5", 5),
        (f"{ASIDE} number in (2, 3); update workflow.audit set number = 105 - number where number > 100", 2),
        (
            f"{ASIDE} number > 3; update workflow.audit set number = number - 99 where number > 100;"
            "alter table workflow.audit disable trigger user;"
            "insert into workflow.audit select 4, at, who, act, reference, details, 'x' from workflow.audit limit 1",
            4,
        ),
        ("insert into workflow.audit select 6, at, who, act, reference, details, 'x' from workflow.audit limit 1", 6),
    ],
)
def test_a_check_names_the_first_row_that_was_changed_added_or_taken_out(
    town: Town, statement: str, broken: int
) -> None:
    for number in range(5):
        add(town, number=number)
    with town.connection() as connection:
        assert verify(connection).broken is None
    tamper(town, statement)
    with town.connection() as connection:
        found = verify(connection)
    assert (found.broken, found.rows) == (broken, broken - 1)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("delete from workflow.audit where number = 3", 3),
        ("delete from workflow.audit where number > 1", 2),
        ("truncate workflow.audit", 1),
    ],
)
def test_rows_cut_off_at_the_end_are_missed(town: Town, statement: str, broken: int) -> None:
    for number in range(3):
        add(town, number=number)
    tamper(town, statement)
    with town.connection() as connection:
        assert verify(connection).broken == broken
    add(town, number=3)
    with town.connection() as connection:
        assert verify(connection).broken == broken


def test_who_cuts_off_what_lies_beside_it_too_is_caught_by_what_the_log_of_a_morning_says(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        add(town, number=number)
    with town.connection() as connection:
        tell_head(connection)
        head = verify(connection).head
    assert head in capsys.readouterr().err
    tamper(town, "delete from workflow.audit where number = 3")
    with pytest.raises(psycopg.errors.RaiseException), town.connection() as connection:
        connection.execute("update workflow.audit_head set number = 2")
    tamper(town, "alter table workflow.audit_head disable trigger user; delete from workflow.audit_head")
    with town.connection() as connection:
        assert verify(connection).broken is None
        assert verify(connection, head=head).broken == 3


def test_many_at_once_make_one_chain(town: Town) -> None:
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda number: add(town, number=number), range(60)))
    with town.connection() as connection:
        found = verify(connection)
    assert (found.rows, found.broken) == (60, None)


@pytest.mark.machine
def test_the_command_says_whether_the_log_holds(town: Town) -> None:
    for number in range(3):
        add(town, number=number)

    def check(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "services.workflow", "audit", *more],
            cwd=HOME,
            env={**os.environ, "DATABASE_URL": town.url},
            capture_output=True,
            text=True,
            check=False,
        )

    good = check()
    assert (good.returncode, good.stdout.startswith("3 rows hold, the last is ")) == (0, True), good.stderr
    assert check(good.stdout.split()[-1]).returncode == 0
    tamper(town, "update workflow.audit set act = 'look.health' where number = 2")
    bad = check()
    assert bad.returncode == 1
    assert bad.stdout.startswith("row 2 is broken: 1 rows before it hold")
