"""Signs of life of the parts that have no port."""

from __future__ import annotations

from shared.database import Connection


def beat(connection: Connection, *, part: str) -> None:
    """Leave a sign of life."""
    connection.execute(
        "insert into bus.heartbeat (part, at) values (%s, now()) on conflict (part) do update set at = excluded.at",
        [part],
    )


def is_alive(connection: Connection, *, part: str, seconds: int) -> bool:
    """Tell whether the part gave a sign of life within these seconds."""
    question = "select from bus.heartbeat where part = %s and at > now() - make_interval(secs => %s)"
    return connection.execute(question, [part, seconds]).fetchone() is not None
