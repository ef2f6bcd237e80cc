"""How forms are filled in is counted with the pages themselves, and becomes counts of a day that lead to nobody."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from flask.testing import FlaskClient

from shared.clock import utc_now
from shared.database import connect
from shared.events import DayBegan
from shared.law.calendar import local_date
from shared.wire import from_wire
from tests.conftest import Database
from tests.services.forms.noor import NOW
from tests.services.forms.shelf import inbox
from tests.services.forms.web.noors_browser import fill_in, post_step, send, start
from tests.services.forms.web.test_sending import sent_by


def begin_day(database: Database, *, on: date) -> None:
    with connect(database.dsn("forms")) as connection:
        inbox.handle(connection, DayBegan(on=on), now=NOW)


def counted(database: Database) -> dict[str, int]:
    with connect(database.dsn("forms")) as connection:
        rows = connection.execute("select * from forms.measure where product = 'objecten'").fetchall()
    return {f"{row['subject']} {row['id']} {row['what']}": row["count"] for row in rows}


def told(database: Database) -> list[Any]:
    with connect(database.dsn("forms")) as connection:
        rows = connection.execute(
            "select name, version, payload from bus.event where name = 'FormsMeasured'"
        ).fetchall()
    return [from_wire(row["name"], version=row["version"], payload=row["payload"]) for row in rows]


TOMORROW = local_date(utc_now()) + timedelta(days=1)


def test_a_form_that_was_sent_is_counted_the_next_day_and_told_once(client: FlaskClient, database: Database) -> None:
    sent_by(client)
    begin_day(database, on=TOMORROW)
    begin_day(database, on=TOMORROW)
    found = counted(database)
    assert found["form  sent.web"] == 1
    assert [found[f"step {step} done"] for step in ("what", "where", "when", "who")] == [1, 1, 1, 1]
    assert found["step check reached"] == 1
    assert any(name.startswith("rule ") and name.endswith(" fired") for name in found)
    (fact,) = told(database)
    assert (fact.product, fact.on) == ("objecten", TOMORROW - timedelta(days=1))
    assert {f"{one.subject} {one.id} {one.what}": one.count for one in fact.counts} == found


def test_a_draft_that_nobody_came_back_to_says_where_it_was_left(client: FlaskClient, database: Database) -> None:
    form = fill_in(client, steps=("what",))
    post_step(client, form, step="where", footway_width="breed")
    begin_day(database, on=TOMORROW + timedelta(days=40))
    found = counted(database)
    assert (found["form  left"], found["step where left"], found["step where refused"]) == (1, 1, 1)
    assert found["question footway_width error.malformed"] == 1
    assert found["question footway_width left"] == 1  # the first one on that step without a good answer
    with connect(database.dsn("forms")) as connection:
        assert connection.execute("select from forms.draft").fetchone() is None
        assert connection.execute("select from forms.ended").fetchone() is None


def test_the_page_says_when_it_was_shown_and_which_help_was_opened(client: FlaskClient, database: Database) -> None:
    form = start(client)
    shown = re.search(r'name="_since" value="(\d+)"', client.get(f"{form}/what").text)
    assert shown
    post_step(client, form, step="what", _since=str(int(shown[1]) - 15), _helped="purpose")
    begin_day(database, on=TOMORROW + timedelta(days=40))
    found = counted(database)
    assert found["step what seconds.20"] == 1
    assert found["question purpose helped"] == 1


def test_a_page_that_keeps_itself_tells_how_long_each_question_took(client: FlaskClient, database: Database) -> None:
    form = start(client)
    shown = int(utc_now().timestamp()) - 100
    typed = {"_since": str(shown), "asked": "objects purpose", "purpose": "Dak"}
    assert client.post(f"{form}/what/bewaar", data=typed).status_code < 300
    begin_day(database, on=TOMORROW + timedelta(days=40))
    found = counted(database)
    assert (found["question purpose seconds.160"], found["question objects left"]) == (1, 1)


def test_what_a_browser_makes_up_is_not_counted(client: FlaskClient, database: Database) -> None:
    form = start(client)
    post_step(client, form, step="what", _since="-1; drop", _helped="<script>")
    begin_day(database, on=TOMORROW + timedelta(days=40))
    assert not [name for name in counted(database) if "seconds" in name or "script" in name]


def test_counting_takes_no_statement_of_its_own(client: FlaskClient, database: Database) -> None:
    form = fill_in(client)
    send(client, form)
    with connect(database.dsn("forms")) as connection:
        row = connection.execute("select measured from forms.draft").fetchone()
        ended = connection.execute("select measured, rules from forms.ended").fetchone()
    assert row is not None
    assert row["measured"] == {}
    assert ended is not None
    assert ended["measured"]["at"] == "check"
