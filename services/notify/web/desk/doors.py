"""Opens every door of staff."""

from __future__ import annotations

from flask import Flask

from services.notify.web.desk.entering import open_entering
from services.notify.web.desk.finding import open_finding
from services.notify.web.desk.mending import open_mending
from services.notify.web.desk.proving import open_proving
from services.notify.web.desk.reading import open_reading
from services.notify.web.desk.room import Room
from services.notify.web.desk.sheet import open_sheet
from services.notify.web.desk.standing import open_standing
from services.notify.web.desk.systems import open_systems
from services.notify.web.desk.words import FOR_PAGES


def open_desk(app: Flask, *, room: Room) -> None:
    """Add the pages under /berichten, and the way in and out."""
    open_entering(app, room=room)
    app.jinja_env.globals.update(FOR_PAGES)
    for open_some in (
        open_finding,
        open_sheet,
        open_mending,
        open_reading,
        open_proving,
        open_standing,
    ):
        app.register_blueprint(open_some(room))
    for doors in open_systems(room):
        app.register_blueprint(doors)
