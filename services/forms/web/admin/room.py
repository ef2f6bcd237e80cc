"""What the pages of the functional administrator have at hand: who is asking, and what only they may do."""

from __future__ import annotations

from typing import Final

from services.forms.web.counter import now
from shared.access import Permission, Person, allows
from shared.staff import staff_in_session

STAFF: Final = "staff"
"""The name of the provider at which staff sign in."""

administered = allows(Permission.ADMINISTER)
"""A door for functional administrators only."""


def find_me() -> Person | None:
    """Who of the staff is asking; None when nobody signed in."""
    return staff_in_session(now())


def me() -> Person:
    """Who is asking, at a door that lets nobody else in."""
    person = find_me()
    if person is None:
        raise LookupError("this door must be administered")
    return person
