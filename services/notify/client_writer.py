"""Writes the e-mails and letters of clients of the API in the look of the municipality."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

import pikepdf
from markupsafe import Markup

from services.notify.domain.notifications import Notification
from services.notify.markup import html_of, text_of
from services.notify.ports import Mail
from services.notify.sheets import compose_plain
from services.notify.writer import one_line, page_of
from shared.catalogue.definitions import Municipality
from shared.law.calendar import local_date
from shared.letters.letters import Marks
from shared.letters.pdf import make_pdf


class TemplateWriter:
    """Writes from templates (the port `ClientWriter`)."""

    def __init__(self, municipality: Municipality, *, check_page: str, seal: Callable[[bytes], bytes] = bytes) -> None:
        """Write in the look of this municipality; letters can be checked at this page. `seal` seals what is made."""
        self._municipality = municipality
        self._check_page = check_page
        self._seal = seal

    def mail(self, notification: Notification, *, body: str, reply_to: str | None) -> Mail:
        """Give the e-mail, as HTML and as plain text."""
        subject = one_line(notification.subject or "")
        return Mail(
            id=notification.id,
            date=notification.created_at,
            recipient=notification.recipient,
            language="nl",
            subject=subject,
            text=text_of(body, values=notification.values) + "\n",
            html=page_of(
                html_of(body, values=notification.values),
                language="nl",
                subject=subject,
                sender=self._municipality.name,
            ),
            reply_to=reply_to,
            unsubscribe_url=notification.unsubscribe_url,
        )

    def letter(self, notification: Notification, *, body: str, code: str, now: datetime) -> bytes:
        """Give the letter as PDF that bears this code; one whose subject came out empty has a title all the same."""
        subject = one_line(notification.subject or "") or f"Brief van {self._municipality.name}"
        html = compose_plain(
            Markup(html_of(body, values=notification.values)),  # noqa: S704 values were escaped one by one
            subject=subject,
            address=notification.address,
            municipality=self._municipality,
            marks=Marks(code=code, check_page=self._check_page),
            sent_on=local_date(now),
        )
        return self._seal(make_pdf(html, title=subject, language="nl", created=now))

    def can_print(self, pdf: bytes) -> bool:
        """Tell whether a PDF that a client made opens without a password and has a page."""
        try:
            with pikepdf.open(io.BytesIO(pdf)) as opened:
                return len(opened.pages) > 0
        except pikepdf.PdfError:
            return False
