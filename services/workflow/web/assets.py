"""Files that need no sign-in: the sheet of the letter, and the sign that browsers ask for by themselves."""

from __future__ import annotations

from flask import Blueprint, redirect, send_from_directory
from flask.typing import ResponseReturnValue

from shared.access import Permission, allows
from shared.letters.letters import ASSETS
from shared.look.look import asset

pages = Blueprint("assets", __name__)

KEEP_S = 3600


@pages.get("/static/letters/<name>")
@allows(Permission.PUBLIC)
def letter(name: str) -> ResponseReturnValue:
    response = send_from_directory(ASSETS, name, max_age=KEEP_S)
    response.cache_control.public = True
    return response


@pages.get("/favicon.ico")
@allows(Permission.PUBLIC)
def icon() -> ResponseReturnValue:
    """Give browsers the sign that they ask for by themselves: a letter names none."""
    return redirect(asset("icon.svg"))
