"""The end of a case in the real tables: found when it may go, held, approved by another, and gone without a trace."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest

from services.workflow import audit
from services.workflow.actions import waking
from services.workflow.actions.records import hold_case, lift_hold, refuse_list
from services.workflow.bulk_store import choose_cases
from services.workflow.desk import open_desk
from services.workflow.domain.destruction import (
    DestructionOrderedError,
    Hold,
    ListClosedError,
    NothingDueError,
    OwnListError,
)
from services.workflow.inbox import inbox
from services.workflow.people import keep_form
from services.workflow.records_store import RecordsStore
from services.workflow.retaining import record_closed
from shared.database import connect
from shared.events import DayBegan
from shared.record_events import CaseDestroyed, CaseDestructionOrdered
from shared.term_events import PermitGivenUp
from tests.services.workflow.archive import HANNEKE, JOOST, LATER, approve, closed, draw_up
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import NOW, REFERENCE, SAMIR, submission

OTHER = "Z-2026-2222-2222"
ORDERED = "select payload ->> 'reference' as reference from bus.event where name = 'CaseDestructionOrdered' order by id"


def destroy(town: Town, reference: str = REFERENCE) -> None:
    with town.connection() as connection:
        inbox.handle(connection, CaseDestructionOrdered(reference=reference, at=LATER), now=LATER)


def report(town: Town, service: str, *, reference: str = REFERENCE) -> None:
    told = CaseDestroyed(reference=reference, service=service, at=LATER, rows=3, files=1)  # type: ignore[arg-type]
    with town.connection() as connection:
        inbox.handle(connection, told, now=LATER)


def hold(town: Town, *, until: date | None = None, reference: str = REFERENCE) -> None:
    with town.connection() as connection:
        desk, held = open_desk(connection, now=NOW), Hold(because="Beroep loopt", until=until)
        hold_case(reference, hold=held, person=HANNEKE, now=NOW, desk=desk, archive=RecordsStore(connection))


def test_a_closed_case_is_found_with_the_last_day_that_it_is_kept(town: Town) -> None:
    closed(town)
    closed(town, OTHER, result="refused")
    rows = town.rows(
        "select c.reference, ending, number, keep_until from workflow.records r "
        "join workflow.cases c on c.id = r.case_id order by 1 desc"
    )
    assert [tuple(row.values()) for row in rows] == [
        (REFERENCE, "granted", "11.1.2", date(2027, 12, 18)),
        (OTHER, "refused", "11.2", date(2031, 11, 24)),
    ]


def test_a_list_holds_what_may_go_in_a_month_and_each_case_stands_on_one_open_list(town: Town) -> None:
    closed(town)
    closed(town, OTHER, result="refused")
    with pytest.raises(NothingDueError):
        draw_up(town, now=LATER - timedelta(days=30))
    draw_up(town)
    assert town.rows(
        "select c.reference from workflow.destruction_items i join workflow.cases c on c.id = i.case_id"
    ) == [{"reference": REFERENCE}]
    with pytest.raises(NothingDueError):
        draw_up(town)


def test_who_drew_up_a_list_is_refused_by_the_domain_and_by_the_database(town: Town) -> None:
    closed(town)
    list_id = draw_up(town)
    with pytest.raises(OwnListError):
        approve(town, list_id, person=HANNEKE)
    with pytest.raises(psycopg.errors.CheckViolation), town.connection() as connection:
        RecordsStore(connection).judge(list_id, state="approved", by="hanneke", because="", now=LATER)
    assert town.rows(ORDERED) == []
    assert approve(town, list_id) == [REFERENCE]
    assert town.rows(ORDERED) == [{"reference": REFERENCE}]
    with pytest.raises(ListClosedError):
        approve(town, list_id)


def test_a_case_that_is_held_goes_on_no_list_and_not_from_one_either(town: Town) -> None:
    closed(town)
    closed(town, OTHER)
    hold(town, until=LATER.date())
    list_id = draw_up(town)
    hold(town, reference=OTHER)
    assert approve(town, list_id) == []
    with town.connection() as connection:
        desk = open_desk(connection, now=LATER)
        (row,) = connection.execute("select id from workflow.holds where until is null").fetchall()
        store = RecordsStore(connection)
        lift_hold(OTHER, hold_id=row["id"], person=JOOST, now=LATER, desk=desk, archive=store)
    assert approve(town, draw_up(town)) == [OTHER]
    assert approve(town, draw_up(town, now=LATER + timedelta(days=1)), now=LATER + timedelta(days=1)) == [REFERENCE]


def test_a_case_with_an_objection_that_is_not_decided_yet_goes_from_no_list(town: Town) -> None:
    closed(town)
    town.receive(submission(OTHER))
    change = "update workflow.cases set kind = %s, parent = %s where reference = %s"
    with town.connection() as connection:
        connection.execute(change, ["objection", REFERENCE, OTHER])
    with pytest.raises(NothingDueError):
        draw_up(town)
    with town.connection() as connection:
        connection.execute("update workflow.cases set status = 'announced' where reference = %s", [OTHER])
    assert approve(town, draw_up(town)) == [REFERENCE]


def test_what_ends_before_its_time_has_its_keeping_worked_out_again(town: Town) -> None:
    closed(town)
    with town.connection() as connection:
        connection.execute("update workflow.records set keep_until = null, started_on = null")
    given_up = PermitGivenUp(reference=REFERENCE, because="Klaar", at=LATER)
    with town.desk() as desk:
        waking.receive_end(given_up, now=LATER, desk=desk)
    with connect(town.url, autocommit=True) as connection:
        assert record_closed(connection, now=LATER) == 1
        assert record_closed(connection, now=LATER) == 0
    assert town.rows("select keep_until from workflow.records") == [{"keep_until": date(2027, 12, 18)}]


def test_what_was_decided_in_many_cases_at_once_goes_with_the_last_of_them(town: Town) -> None:
    for reference in (REFERENCE, OTHER):
        closed(town, reference)
    with town.connection() as connection:
        run = choose_cases(connection, references=[REFERENCE, OTHER], person=SAMIR, now=NOW)
        connection.execute(
            "update workflow.bulk_runs set act = 'release', content = '{}', started_at = %s where id = %s", [NOW, run]
        )
    approve(town, draw_up(town))
    for reference, left in ((REFERENCE, 1), (OTHER, 0)):
        destroy(town, reference)
        assert count(town, "bulk_runs") == left


def test_a_list_that_is_refused_lets_its_cases_go_on_another(town: Town) -> None:
    closed(town)
    with town.connection() as connection:
        store = RecordsStore(connection)
        refuse_list(draw_up(town), because="Te vroeg", person=JOOST, now=LATER, archive=store)
    assert approve(town, draw_up(town)) == [REFERENCE]


def test_a_message_that_nobody_could_handle_keeps_the_case(town: Town) -> None:
    closed(town)
    list_id = draw_up(town)
    with town.connection() as connection:
        connection.execute("update bus.delivery set dead_at = now()")
    assert approve(town, list_id) == []


def test_nothing_of_a_destroyed_case_is_left_but_the_record_and_what_staff_did(town: Town) -> None:
    closed(town, OTHER)
    before = {table: count(town, table) for table in tables(town)}
    closed(town)
    with town.connection() as connection:
        path = f"/zaken/{REFERENCE}/besluit"
        keep_form(connection, subject="samir", path=path, fields={"own_reason": ["Noor"]}, now=NOW)
        audit.record(connection, act=audit.Act(at=NOW, who="samir", act="case.claim", reference=REFERENCE))
    approve(town, draw_up(town))
    destroy(town)
    stays = {"audit", "audit_head", "destructions", "destruction_lists", "destruction_items", "tokens"}
    # the other case went on the same list and is still there
    assert {table: count(town, table) for table in tables(town) if table not in stays} == {
        table: number for table, number in before.items() if table not in stays
    }
    assert count(town, "destructions") == 2
    with town.connection() as connection:
        assert audit.verify(connection).broken is None
        assert count(town, "audit") == before["audit"] + 1


def test_a_name_that_stood_in_this_case_alone_is_found_no_more(town: Town) -> None:
    town.receive(submission(OTHER))
    closed(town)
    with town.connection() as connection:
        connection.execute(
            "update workflow.search set document = document || to_tsvector('simple', 'zonderling') where case_id = "
            "(select id from workflow.cases where reference = %s)",
            [REFERENCE],
        )
        connection.execute("insert into workflow.words values ('zonderling')")
    approve(town, draw_up(town))
    destroy(town)
    assert town.rows("select word from workflow.words where word in ('noor', 'zonderling')") == [{"word": "noor"}]
    found = town.client(SAMIR).get(f"/?lijst=all&q={REFERENCE}").text
    assert f">{REFERENCE}</a>" not in found


def test_the_record_says_what_went_when_on_what_ground_and_by_whom_and_cannot_be_changed(town: Town) -> None:
    closed(town)
    approve(town, draw_up(town))
    destroy(town)
    (record,) = town.rows(
        "select d.reference, d.number, d.ending, d.keep_until, l.drawn_up_by, l.judged_by from workflow.destructions d "
        "join workflow.destruction_lists l on l.id = d.list_id"
    )
    assert tuple(record.values()) == (REFERENCE, "11.1.2", "granted", date(2027, 12, 18), "hanneke", "joost")
    (line,) = town.rows("select d::text as line from workflow.destructions d")
    assert not any(word in line["line"] for word in ("Noor", "Voorbeeldstraat", "noor@"))
    for statement in ("delete from workflow.destructions", "update workflow.destructions set number = '1'"):
        with pytest.raises(psycopg.errors.RaiseException), town.connection() as connection:
            connection.execute(statement)


def test_the_ledger_of_a_case_that_nobody_approved_stays_whatever_the_code_does(town: Town) -> None:
    closed(town)
    for table in ("ledger", "timeline"):
        with pytest.raises(psycopg.errors.RaiseException), town.connection() as connection:
            connection.execute(f"delete from workflow.{table}")


def test_destroying_again_changes_nothing_and_the_first_report_counts(town: Town) -> None:
    closed(town)
    approve(town, draw_up(town))
    with town.connection() as connection:
        connection.execute(
            "insert into workflow.marks (case_id, mark, words, at) select id, 8, 'Ja', received_at from workflow.cases"
        )
    for _ in range(2):
        destroy(town)
    assert town.rows("select product, mark from workflow.every_mark") == [{"product": "objecten", "mark": 8}]
    for fact in town.rows("select payload from bus.event where name = 'CaseDestroyed' order by id"):
        with town.connection() as connection:
            told = CaseDestroyed(**{**fact["payload"], "at": LATER})
            inbox.handle(connection, told, now=LATER)
    report(town, "forms")
    report(town, "forms")
    rows = town.rows("select service, rows > 0 as something from workflow.destruction_reports order by service")
    assert rows == [{"service": "forms", "something": True}, {"service": "workflow", "something": True}]


def test_a_service_that_did_not_report_is_told_again_the_next_day_until_it_did(town: Town) -> None:
    closed(town)
    approve(town, draw_up(town))
    destroy(town)
    for service in ("workflow", "forms"):
        report(town, service)
    tomorrow = LATER + timedelta(days=1)
    for told in (2, 3):
        with town.connection() as connection:
            inbox.handle(connection, DayBegan(on=tomorrow.date()), now=tomorrow)
        assert len(town.rows(ORDERED)) == told
    report(town, "notify")
    with town.connection() as connection:
        inbox.handle(connection, DayBegan(on=tomorrow.date()), now=tomorrow)
    assert len(town.rows(ORDERED)) == 3


def test_a_death_half_way_leaves_everything_and_the_next_try_finishes(town: Town) -> None:
    closed(town)
    approve(town, draw_up(town))
    with pytest.raises(SystemExit):
        die_half_way(town)
    assert count(town, "cases") == 1
    destroy(town)
    assert count(town, "cases") == 0


def test_a_hold_comes_too_late_once_the_destruction_was_approved(town: Town) -> None:
    closed(town)
    approve(town, draw_up(town))
    with pytest.raises(DestructionOrderedError):
        hold(town)


def die_half_way(town: Town) -> None:
    with town.connection() as connection:
        inbox.handle(connection, CaseDestructionOrdered(reference=REFERENCE, at=LATER), now=LATER)
        raise SystemExit


def tables(town: Town) -> list[str]:
    found = town.rows("select tablename from pg_tables where schemaname = 'workflow' and tablename <> 'migration'")
    return sorted(row["tablename"] for row in found)


def count(town: Town, table: str) -> int:
    return int(town.rows(f"select count(*) as n from workflow.{table}")[0]["n"])
