"""Opens the doors of staff about other systems: what they sent, their keys, and sending to many in their templates."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint

from services.notify.web.desk.ending import open_ending
from services.notify.web.desk.linking import open_linking
from services.notify.web.desk.room import Room
from services.notify.web.desk.sent import open_sent
from services.notify.web.desk.tables import open_tables
from services.notify.web.desk.uploading import open_uploading


def open_systems(room: Room) -> Iterator[Blueprint]:
    """Make the doors."""
    for open_some in (open_sent, open_ending, open_linking, open_tables, open_uploading):
        yield open_some(room)
