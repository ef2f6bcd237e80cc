"""What the database keeps of files: two tabs, the cleaning, and a verdict that meets a form being sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.forms.actions.choosing import stop
from services.forms.actions.filling import open_form, start_draft
from services.forms.actions.quarantine import UnknownFileError, destroy, judge_anew
from services.forms.actions.renewing import catch_up
from services.forms.domain.files import Scan, StoredFile
from services.forms.ports import Means
from services.forms.ports.files import Scanned
from services.forms.queries import list_quarantine
from services.forms.store import PostgresDrafts, open_work_on
from shared.database import Pool, open_pool
from shared.events import DayBegan
from shared.ids import new_id
from shared.vault import new_name
from tests.conftest import Database
from tests.keys import KEYRING
from tests.services.forms.filed import FILED
from tests.services.forms.noor import NOW, TODAY, Memory, Shelf, means_with
from tests.services.forms.shelf import inbox


@pytest.fixture
def means(pool: Pool) -> Means:
    made = means_with(Memory(), products=Shelf(now={"objecten": FILED}))
    return replace(made, open_work=open_work_on(pool, keyring=KEYRING), drafts=PostgresDrafts(pool, keyring=KEYRING))


def file(**changes: object) -> StoredFile:
    made = StoredFile(
        id=new_id(),
        place=new_name(),
        product="objecten",
        question="drawing",
        name="plan.pdf",
        type="application/pdf",
        bytes=10,
        sha256="a" * 64,
        scan=Scan.CLEAN,
        finding="",
        at=NOW,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def keep(means: Means, one: StoredFile, *, key_hash: bytes | None = None) -> StoredFile:
    with means.open_work(NOW) as work:
        work.files.add(one, key_hash=key_hash)
    return one


def attach(means: Means, token: str, one: StoredFile, *, question: str = "drawing", most: int = 2) -> bool:
    draft_id = open_form(token, means=means, now=NOW).draft.id
    with means.open_work(NOW) as work:
        return work.files.attach(one, question=question, draft_id=draft_id, most=most)


def begin(means: Means) -> str:
    return start_draft(FILED, language="nl", means=means, now=NOW)


def left(pool: Pool) -> set[UUID]:
    with pool.connection() as connection:
        return {row["id"] for row in connection.execute("select id from forms.file")}


def test_files_of_two_tabs_stand_side_by_side_up_to_the_most(means: Means) -> None:
    token = begin(means)
    kept = [keep(means, file()) for _ in range(3)]
    assert [attach(means, token, one) for one in kept] == [True, True, False]
    form = open_form(token, means=means, now=NOW)
    assert [one["id"] for one in form.draft.answers["drawing"]] == [str(one.id) for one in kept[:2]]
    assert [one.id for one in form.files] == [one.id for one in kept[:2]]
    assert form.draft.revision == 2


def test_a_file_leaves_one_answer_and_stays_in_another(means: Means) -> None:
    token = begin(means)
    one = keep(means, file())
    attach(means, token, one)
    attach(means, token, one, question="extra", most=3)
    draft_id = open_form(token, means=means, now=NOW).draft.id
    with means.open_work(NOW) as work:
        work.files.detach(one.id, question="drawing", draft_id=draft_id)
    form = open_form(token, means=means, now=NOW)
    assert (form.draft.answers["drawing"], len(form.draft.answers["extra"]), len(form.files)) == ([], 1, 1)
    with means.open_work(NOW) as work:
        work.files.detach(one.id, question="extra", draft_id=draft_id)
    assert open_form(token, means=means, now=NOW).files == []


def test_a_form_that_is_renewed_keeps_its_files(means: Means, pool: Pool) -> None:
    token = begin(means)
    one = keep(means, file())
    attach(means, token, one)
    products: Any = means.products
    products.before["objecten", FILED.version] = FILED
    products.now["objecten"] = replace(FILED, version="newer with a file")
    form = catch_up(open_form(token, means=means, now=NOW), token=token, means=means, now=NOW)
    assert form.draft.version == "newer with a file"
    assert form.draft.answers["drawing"] == [one.answer]
    assert [each.id for each in form.files] == [one.id]


def test_files_move_with_the_answers_to_another_form(means: Means) -> None:
    old, new = begin(means), begin(means)
    one = keep(means, file())
    attach(means, old, one)
    drafts = [open_form(token, means=means, now=NOW).draft.id for token in (old, new)]
    with means.open_work(NOW) as work:
        work.files.move(drafts[0], to=drafts[1])
        work.drop_draft(drafts[0])
    assert [each.id for each in open_form(new, means=means, now=NOW).files] == [one.id]


def test_a_new_day_clears_what_belongs_to_nothing_and_nothing_else(means: Means, pool: Pool) -> None:
    old = NOW - timedelta(days=2)
    token = begin(means)
    in_draft = keep(means, file(at=old))
    attach(means, token, in_draft)
    young, loose, refused = keep(means, file()), keep(means, file(at=old)), keep(means, file(at=old, scan="infected"))
    unused = keep(means, file(at=old), key_hash=b"key")
    dropped, stopped = keep(means, file(at=old)), begin(means)
    attach(means, stopped, dropped)
    stop(stopped, means=means, now=NOW)
    with pool.connection() as connection:
        inbox.handle(connection, DayBegan(on=TODAY), now=NOW)
    assert left(pool) == {in_draft.id, young.id, refused.id}
    assert not {loose.id, unused.id, dropped.id} & left(pool)


def test_files_of_a_draft_whose_time_is_over_go_with_it(means: Means, pool: Pool) -> None:
    then = NOW - timedelta(days=31)
    token = start_draft(FILED, language="nl", means=means, now=then)
    one = keep(means, file(at=then))
    with means.open_work(then) as work:
        draft_id = open_form(token, means=means, now=then).draft.id
        work.files.attach(one, question="drawing", draft_id=draft_id, most=2)
    with pool.connection() as connection:
        inbox.handle(connection, DayBegan(on=TODAY), now=NOW)
    assert left(pool) == set()


def test_a_file_that_waits_for_days_is_told_again(means: Means, pool: Pool, database: Database) -> None:
    token = begin(means)
    one = keep(means, file(at=NOW - timedelta(days=2), scan="waiting"))
    attach(means, token, one)
    with pool.connection() as connection:
        inbox.handle(connection, DayBegan(on=TODAY), now=NOW)
    with open_pool(database.dsn(), size=1) as owner, owner.connection() as connection:
        told = connection.execute("select payload from bus.event where name = 'FileAwaitsScan'").fetchall()
    assert [row["payload"] for row in told] == [{"file_id": str(one.id)}]


def test_a_verdict_takes_an_infected_file_out_of_every_answer(means: Means) -> None:
    token = begin(means)
    one, good = keep(means, file(scan="waiting")), keep(means, file())
    for each in (one, good):
        attach(means, token, each)
    attach(means, token, one, question="extra", most=3)
    with means.open_work(NOW) as work:
        assert work.files.judge(one.id, scanned=Scanned(scan=Scan.INFECTED, finding="Eicar")) is None
        assert work.files.judge(good.id, scanned=Scanned(scan=Scan.INFECTED)) is None
    form = open_form(token, means=means, now=NOW)
    assert [each["id"] for each in form.draft.answers["drawing"]] == [str(good.id)]
    assert form.draft.answers["extra"] == []
    assert {each.id: each.scan for each in form.files} == {one.id: Scan.INFECTED, good.id: Scan.CLEAN}


def test_the_quarantine_lists_what_was_refused_and_what_was_done_with_it(means: Means, pool: Pool) -> None:
    one = keep(means, file(scan="infected", finding="Eicar"))
    keep(means, file())
    with pool.connection() as connection:
        (listed,) = list_quarantine(connection)
    assert (listed.file.id, listed.file.finding, listed.reference, listed.destroyed_at) == (one.id, "Eicar", None, None)
    destroy(one.id, by="Bram de Wit", means=means, now=NOW)
    with pool.connection() as connection:
        (listed,) = list_quarantine(connection)
    assert (listed.destroyed_at, listed.destroyed_by) == (NOW, "Bram de Wit")
    for act in (judge_anew, lambda number, **rest: destroy(number, by="Bram", **rest)):
        with pytest.raises(UnknownFileError):
            act(one.id, means=means, now=NOW)


def test_what_is_judged_anew_waits_again_and_is_told(means: Means, pool: Pool) -> None:
    one = keep(means, file(scan="infected"))
    judge_anew(one.id, means=means, now=NOW)
    with pool.connection() as connection:
        assert list_quarantine(connection) == []
        assert connection.execute("select scan from forms.file").fetchone() == {"scan": "waiting"}
