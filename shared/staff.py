"""Staff who signed in at the municipality's provider, as the cookie of a service remembers them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from flask import session

from shared.access import Person
from shared.oidc import unfit_claims

_KEYS: Final = ("subject", "name", "email", "groups", "until")


def person_of(claims: Mapping[str, Any]) -> Person:
    """Who the provider says this is, with the groups that decide what they may do.

    Raises:
        SignInFailedError: the claims lack an id, or the groups are no list.
    """
    groups = claims.get("groups") or []
    if not isinstance(groups, list) or "sub" not in claims:
        raise unfit_claims(TypeError("groups must be a list, and sub must be there"))
    return Person(
        subject=str(claims["sub"]),
        name=str(claims.get("name") or claims["sub"]),
        email=str(claims.get("email") or ""),
        groups=frozenset(str(group) for group in groups),
    )


def begin_staff_session(person: Person, *, now: datetime, seconds: int) -> None:
    """Remember in this browser who signed in; it ends by itself after so many seconds."""
    session.update(
        subject=person.subject,
        name=person.name,
        email=person.email,
        groups=sorted(person.groups),
        until=int(now.timestamp()) + seconds,
    )


def end_staff_session() -> None:
    """Forget who signed in."""
    for name in _KEYS:
        session.pop(name, None)


def staff_in_session(now: datetime) -> Person | None:
    """Who signed in at this browser; None when nobody did or the session has ended."""
    if session.get("until", 0) < now.timestamp():
        return None
    return Person(
        subject=session["subject"], name=session["name"], email=session["email"], groups=frozenset(session["groups"])
    )


def ended_subject(now: datetime) -> str | None:
    """Whose session has ended by itself; only our own signature can say so."""
    return None if staff_in_session(now) else session.get("subject")
