"""Writes the e-mails and letters of clients of the API in the look of the municipality."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from services.notify.domain.notifications import Notification
from services.notify.markup import html_of, text_of
from services.notify.ports import Mail
from services.notify.sheets import compose_plain
from shared.catalogue.definitions import Municipality
from shared.law.calendar import local_date
from shared.letters.letters import Marks
from shared.letters.pdf import make_pdf

_HEADING: Final = '<h2 style="margin:24px 0 8px;font-size:18px;line-height:1.3">'
"""Mail programs know no stylesheets."""
_FOLDER: Final = Path(__file__).parent / "templates" / "mail"


class TemplateWriter:
    """Writes from templates (the port `ClientWriter`)."""

    def __init__(self, municipality: Municipality, *, check_page: str, seal: Callable[[bytes], bytes] = bytes) -> None:
        """Write in the look of this municipality; letters can be checked at this page. `seal` seals what is made."""
        self._municipality = municipality
        self._check_page = check_page
        self._seal = seal

    def mail(self, notification: Notification, *, body: str, reply_to: str | None) -> Mail:
        """Give the e-mail, as HTML and as plain text."""
        subject = _one_line(notification.subject or "")
        return Mail(
            id=notification.id,
            date=notification.created_at,
            recipient=notification.recipient,
            language="nl",
            subject=subject,
            text=text_of(body, values=notification.values) + "\n",
            html=_page().render(
                language="nl",
                subject=subject,
                sender=self._municipality.name,
                body=Markup(html_of(body, values=notification.values).replace("<h2>", _HEADING)),  # noqa: S704 values were escaped one by one
            ),
            reply_to=reply_to,
            unsubscribe_url=notification.unsubscribe_url,
        )

    def letter(self, notification: Notification, *, body: str, code: str, now: datetime) -> bytes:
        """Give the letter as PDF that bears this code."""
        subject = _one_line(notification.subject or "")
        html = compose_plain(
            Markup(html_of(body, values=notification.values)),  # noqa: S704 values were escaped one by one
            subject=subject,
            address=notification.address,
            municipality=self._municipality,
            marks=Marks(code=code, check_page=self._check_page),
            sent_on=local_date(now),
        )
        return self._seal(make_pdf(html, title=subject, language="nl", created=now))


@cache
def _page() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=select_autoescape(["html"]), undefined=StrictUndefined
    )
    return environment.get_template("client.html")


def _one_line(text: str) -> str:
    """A subject is a header: it has no line breaks."""
    return " ".join(text.split())
