"""Sends the code that opens a letter: by text message to who gave a phone number, else by mail, while they wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeVar

from markupsafe import Markup

from services.notify.domain.letters import CODE_LASTS, Letter
from services.notify.domain.recipients import phone_of
from services.notify.ports import Mail, Sender, SendingError, TextMessage, UnreachableError
from services.notify.writer import page_of
from shared.catalogue.definitions import Municipality
from shared.events import Words
from shared.ids import new_id

SMS_SENDER: Final = "Gemeente"
_SUBJECT: Final = Words(nl="Uw code voor de brief", en="Your code for the letter")
_TEXT: Final = Words(
    nl="Uw code voor de brief van {municipality} is {code}. De code werkt {minutes} minuten. Geef hem aan niemand.",
    en="Your code for the letter of {municipality} is {code}. It works for {minutes} minutes. Give it to nobody.",
)
T = TypeVar("T")


class CodePost:
    """The ways out for codes. None is kept as a message: it says nothing, and is worth nothing a quarter later."""

    def __init__(
        self, *, texts: Sequence[Sender[TextMessage]], mails: Sequence[Sender[Mail]], municipality: Municipality
    ) -> None:
        """Send in the name of this municipality."""
        self._texts = texts
        self._mails = mails
        self._municipality = municipality

    def send(self, letter: Letter, *, code: str, now: datetime) -> bool:
        """Send the code by the first way that takes it; False when none does, or none is known."""
        said: str = getattr(_TEXT, letter.language)
        text = said.format(
            municipality=self._municipality.name, code=code, minutes=int(CODE_LASTS.total_seconds()) // 60
        )
        phone = phone_of(letter.phone or "")
        if phone and _taken(TextMessage(id=new_id(), sender=SMS_SENDER, recipient=phone, text=text), by=self._texts):
            return True
        return bool(letter.recipient) and _taken(self._mail(letter, text=text, now=now), by=self._mails)

    def _mail(self, letter: Letter, *, text: str, now: datetime) -> Mail:
        subject: str = getattr(_SUBJECT, letter.language)
        body = Markup("<p>{}</p>").format(text)
        name = self._municipality.name
        return Mail(
            id=new_id(),
            date=now,
            recipient=letter.recipient,
            language=letter.language,
            subject=subject,
            text=f"{text}\n",
            html=page_of(body, language=letter.language, subject=subject, sender=name),
        )


def _taken(message: T, *, by: Sequence[Sender[T]]) -> bool:
    """The same code twice harms nobody, so the next one is tried whenever it is not sure."""
    for sender in by:
        try:
            sender.send(message)
        except UnreachableError:
            continue
        except SendingError:
            return False
        return True
    return False
