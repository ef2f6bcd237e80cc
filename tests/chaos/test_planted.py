"""A message that nobody can handle does not hold up the others: it waits in a list, with its reason."""

from __future__ import annotations

from services.workflow.inbox import inbox
from shared.bus import list_dead, replay
from shared.bus.deliver import Counter
from shared.clock import utc_now
from shared.database import connect
from tests.chaos.witness import plant
from tests.conftest import Database


def test_a_message_that_cannot_be_handled_waits_in_a_list_with_its_reason(database: Database) -> None:
    plant(database.dsn("forms"))
    counter = Counter(inbox, database_url=database.dsn("workflow"), clock=utc_now)
    with connect(database.dsn("workflow")) as connection:
        event = connection.execute("select event_id::text as id from bus.delivery").fetchone()
        assert event
        assert counter.handle([event["id"]], job="") == 0

        (dead,) = list_dead(connection)
        assert (dead.name, dead.consumer) == ("SubmissionReceived", "workflow")
        assert "unicorns" in dead.reason

        assert replay(connection, event_id=dead.event_id, consumer="workflow")
        assert list_dead(connection) == []
    counter.close()
