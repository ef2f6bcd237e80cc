"""Stands in for the Berichtenbox of MijnOverheid: takes what services/notify/boxing.py posts, and shows it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Final, Protocol

from flask import Blueprint, request

CLOSED: Final = frozenset({"999970409"})
"""Who has no box: Joris Bakker (`dev/registers.py`)."""
ADDRESS: Final = "{}@berichtenbox"


class Keeper(Protocol):
    """Keeps messages, each under an id of its own."""

    def keep(self, content: bytes, *, recipients: list[str], now: datetime) -> None:
        """Keep a message."""

    def has(self, message_id: str) -> bool:
        """Tell whether one with this id was kept."""


def open_box(mailbox: Keeper) -> Blueprint:
    """Make the door; what comes in lies in this mailbox, at an address that names the box."""
    doors = Blueprint("box", __name__)

    @doors.post("/box/api/v1/berichten")
    def take() -> tuple[dict[str, object], int]:
        told = request.get_json()
        number = f"<{request.headers['Idempotency-Key']}@box>"
        if told["ontvanger"] in CLOSED:
            return {"title": "Deze persoon heeft geen Berichtenbox", "status": 422}, 422
        if mailbox.has(number):
            return {"title": "Dit bericht is er al", "status": 409}, 409
        message = EmailMessage()
        message["From"], message["Subject"], message["Message-ID"] = told["afzender"], told["onderwerp"], number
        message.set_content(told["inhoud"])
        mailbox.keep(message.as_bytes(), recipients=[ADDRESS.format(told["ontvanger"])], now=datetime.now(UTC))
        return {"berichtId": number}, 201

    return doors
