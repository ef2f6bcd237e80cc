"""Reads what happened here to a case after it was sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.forms.cosign_store import cosigning_from
from services.forms.domain.cases import Afterwards
from services.forms.domain.cosigning import Cosigning
from services.forms.domain.marks import GivenMark


def read_afterwards(done: dict[str, Any]) -> Afterwards:
    """Read rows that travelled as JSON, by the name of what happened."""
    at, cosign, gone = done.get("withdrawn_at"), done.get("cosign"), done.get("given_up_at")
    return Afterwards(
        withdrawn_at=datetime.fromisoformat(at) if at else None,
        given_up_at=datetime.fromisoformat(gone) if gone else None,
        mark=_mark(done["mark"]) if "mark" in done else None,
        files_added=tuple(datetime.fromisoformat(each) for each in done.get("files_added", ())),
        corrected=tuple(datetime.fromisoformat(each) for each in done.get("corrected", ())),
        cosign=_cosigning(cosign) if cosign else None,
    )


def _mark(plain: dict[str, Any]) -> GivenMark:
    return GivenMark(**{**plain, "first_on": date.fromisoformat(plain["first_on"])})


def _cosigning(plain: dict[str, Any]) -> Cosigning:
    instants = {name: plain[name] and datetime.fromisoformat(plain[name]) for name in ("asked_at", "answered_at")}
    days = {name: date.fromisoformat(plain[name]) for name in ("valid_until", "answer_by")}
    return cosigning_from({**plain, **instants, **days, "request_id": UUID(plain["request_id"])})
