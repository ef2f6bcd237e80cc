"""Who sits at this browser: the sealed part of its cookie, good for a quarter of an hour after the last request."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from flask import current_app, g, session

from services.forms.domain.identity import Identity
from services.forms.seals import mark_of, ring_of
from shared.access import Permission, may
from shared.keyring import BrokenSealError, Keyring
from shared.staff import staff_in_session

IDLE_S: Final = 900
"""Seconds without a request until one signs in again (DigiD: at most fifteen minutes)."""

LONGEST_S: Final = 4 * 3600
"""Seconds from signing in until one signs in again."""

_RENEWED_AFTER_S: Final = 60
_PURPOSE = "visitor"


def begin_session(identity: Identity, *, now: datetime) -> None:
    """Remember in this browser who signed in."""
    _keep(identity, began=int(now.timestamp()), now=now)


def end_session() -> None:
    """Forget who signed in; which cases this browser may see stays."""
    session.pop("visitor", None)
    g.pop("visitor", None)


def signed_in(now: datetime) -> Identity | None:
    """Who is signed in, None when nobody is or time ran out; being here makes it last."""
    if "visitor" not in g:
        g.visitor = _renewed(now)
    found: Identity | None = g.visitor
    return found


def clerk_here(now: datetime) -> str | None:
    """The name of the member of staff who serves at the desk with this browser."""
    staff = staff_in_session(now)
    return staff.name if staff and may(staff, permission=Permission.SERVE_DESK) else None


def was_signed_in() -> Identity | None:
    """Who signed in last at this browser, also after time ran out: their own texts may still be kept."""
    return _read()[0]


def identity_of(kind: str, *, number: str, **known: Any) -> Identity:
    """An identity with the mark that belongs to its number."""
    mark = mark_of(number, kind=kind, key=current_app.config["SECRET_KEY"])
    return Identity(kind=kind, number=number, mark=mark, **known)  # type: ignore[arg-type]


def _renewed(now: datetime) -> Identity | None:
    identity, times = _read()
    moment = now.timestamp()
    if identity is None or moment > times["seen"] + IDLE_S or moment > times["began"] + LONGEST_S:
        return None
    if moment > times["seen"] + _RENEWED_AFTER_S:
        _keep(identity, began=times["began"], now=now)
    return identity


def _keep(identity: Identity, *, began: int, now: datetime) -> None:
    plain = {name: value for name, value in asdict(identity).items() if name != "mark"}
    known = {**plain, "began": began, "seen": int(now.timestamp())}
    session["visitor"] = _ring().seal(known, about=_PURPOSE)
    g.visitor = identity


def _read() -> tuple[Identity | None, dict[str, int]]:
    sealed = session.get("visitor")
    if not sealed:
        return None, {}
    try:
        known = _ring().open(sealed, about=_PURPOSE)
    except BrokenSealError:
        return None, {}
    times = {name: int(known.pop(name)) for name in ("began", "seen")}
    return identity_of(known.pop("kind"), number=known.pop("number"), **known), times


def _ring() -> Keyring:
    return ring_of(current_app.config["SECRET_KEY"])
