"""What the pages of the functional administrator have at hand: who is asking, and the desk they work at."""

from __future__ import annotations

from typing import Final, cast

from flask import Flask, current_app, request

from services.forms.ports.desk import DeskMeans
from services.forms.web.counter import now
from shared.access import Permission, Person, allows
from shared.catalogue.publications import Signature
from shared.clock import utc_now
from shared.staff import staff_in_session

LONGEST_REASON: Final = 300
"""Characters."""

_KEY: Final = "balie_forms_desk"

STAFF: Final = "staff"
"""The name of the provider at which staff sign in."""

administered = allows(Permission.ADMINISTER)
"""A door for functional administrators only."""


def furnish_desk(app: Flask, *, means: DeskMeans) -> None:
    """Give the app what its functional administrators work with."""
    app.extensions[_KEY] = means


def desk_means() -> DeskMeans:
    """What the actions of a functional administrator work with."""
    return cast(DeskMeans, current_app.extensions[_KEY])


def signed(because: str = "") -> Signature:
    """The signature of whoever is asking, now."""
    return Signature(by=me(), at=now(), because=because)


def find_me() -> Person | None:
    """Who of the staff is asking; None when nobody signed in."""
    return staff_in_session(utc_now())


def me() -> Person:
    """Who is asking, at a door that lets nobody else in."""
    person = find_me()
    if person is None:
        raise LookupError("this door must be administered")
    return person


def posted_reason() -> str:
    """Why somebody does this, in one line."""
    return " ".join(request.form.get("because", "").replace("\x00", " ").split())[:LONGEST_REASON]


def posted_revision() -> int:
    """Which state of the working copy the page showed; 0 is none."""
    typed = request.form.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0
