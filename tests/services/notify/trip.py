"""Notify on a real database: its two consumers worked by hand, with a real press, vault and mail server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from services.notify.attempt_store import AttemptJournal, CallJournal, NotificationJournal
from services.notify.box_inbox import hear_boxes
from services.notify.boxing import HttpBox
from services.notify.bulk_inbox import open_bulk_inbox
from services.notify.callback_inbox import open_callback_inbox
from services.notify.callbacks import HttpCaller
from services.notify.calling_back import Line
from services.notify.client_inbox import hear_client_letters, hear_clients
from services.notify.client_ports import Printing, WayOut
from services.notify.client_writer import TemplateWriter
from services.notify.domain.notifications import Channel
from services.notify.domain.quiet import Quiet, read_quiet
from services.notify.failover import Providers
from services.notify.health_store import KeptHealth
from services.notify.inbox import open_inbox
from services.notify.mailbox import SmtpSender
from services.notify.mailing import Post
from services.notify.ports import AddressBook, BoxMessage, Mail, Sender, TextMessage
from services.notify.press import LetterPress, NoteLetterPress
from services.notify.press_inbox import open_press_inbox
from services.notify.printing import PrintShop
from services.notify.scanning import malware_with
from services.notify.sending import said_in
from services.notify.table import OWN
from services.notify.texting import HttpTexter
from services.notify.tray import Folder as PrintFolder
from services.notify.tray import PrintRoom
from services.notify.vault import LetterVault
from services.notify.wiping import hear_day
from services.notify.wording_store import StandingWordings
from services.notify.wordings import standing_wordings
from services.notify.writer import MailWriter
from shared.bus import Courier
from shared.bus.deliver import Counter
from shared.database import Connection, connect
from shared.keyring import Keyring
from shared.shelves import Folder
from shared.vault import Vault
from tests.services.notify.noor import KEY, LINKS, NOW, TABLE
from tests.shared.letters.samples import MUNICIPALITY

NIGHT = read_quiet("23:00-07:00") or Quiet(since=time(), until=time())


@dataclass
class Trip:
    """The service; `now` is the moment at which the workers believe to be."""

    url: str
    vault: LetterVault
    sender: Sender[Mail]
    journal: Connection
    now: datetime = NOW
    sms_url: str | None = None
    box_url: str | None = None
    quiet_mail: Quiet | None = None
    print_folder: Path | None = None
    clamd_url: str = ""
    texts_report: bool = True
    callbacks_inside: bool = True
    per_minute: dict[str, int] = field(default_factory=dict)

    def tell(self, happened: object) -> None:
        """Have another service tell a fact."""
        with connect(self.url) as connection:
            Courier(connection, now=self.now).tell(happened)

    def work(self, consumer: str) -> int:
        """Hand out what waits for a consumer, due or not; tell how much took effect."""
        open_ids = self.rows(
            "select event_id from bus.delivery where consumer = %s and done_at is null and dead_at is null "
            "order by event_id",
            [consumer],
        )
        counter = self._counter(consumer)
        try:
            return counter.handle([str(row["event_id"]) for row in open_ids], job="test")
        finally:
            counter.close()

    def rows(self, query: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
        """What the database holds."""
        with connect(self.url) as connection:
            return connection.execute(query, parameters or []).fetchall()

    def told(self, name: str) -> list[dict[str, Any]]:
        """The facts of this name."""
        return [row["payload"] for row in self.rows("select payload from bus.event where name = %s", [name])]

    @property
    def _writer(self) -> MailWriter:
        wordings = StandingWordings(standing_wordings(OWN), connect=lambda: self.journal)
        return MailWriter(MUNICIPALITY, wordings=wordings)

    def _counter(self, consumer: str) -> Counter:
        if consumer == "press":
            inbox = open_press_inbox(
                LetterPress(MUNICIPALITY, check_page=LINKS.check_page), vault=self.vault, shop=self._shop, table=TABLE
            )
            writer = TemplateWriter(MUNICIPALITY, check_page=LINKS.check_page)
            find_malware = malware_with(self.clamd_url)
            printing = Printing(writer=writer, vault=self.vault, tray=self._tray, find_malware=find_malware)
            hear_client_letters(inbox, printing=printing)
            hear_day(inbox, vault=self.vault, kept_for=timedelta(days=90))
        elif consumer == "bulk":
            writer = TemplateWriter(MUNICIPALITY, check_page=LINKS.check_page)
            inbox = open_bulk_inbox(
                out=self._way_out, printing=Printing(writer=writer, vault=self.vault, tray=self._tray)
            )
        elif consumer == "callbacks":
            caller = HttpCaller(inside=self.callbacks_inside)
            line = Line(caller=caller, ring=Keyring(KEY), journal=lambda: CallJournal(self.journal))
            inbox = open_callback_inbox(line, cases="http://workflow.example/zaken")
        else:
            inbox = open_inbox(self._post, links=LINKS, table=TABLE)
            hear_boxes(inbox)
            hear_clients(inbox, out=self._way_out)
        return Counter(inbox, database_url=self.url, clock=lambda: self.now)

    def _way_out(self) -> WayOut:
        return WayOut(
            writer=TemplateWriter(MUNICIPALITY, check_page=LINKS.check_page),
            mails=self._mails(),
            texts=self._texts(),
            attempts=NotificationJournal(self.journal),
            quiet={Channel.SMS: NIGHT},
            texts_report=self.texts_report,
        )

    def _mails(self) -> Providers[Mail]:
        return Providers([self.sender], said=said_in, ward=self._ward, clock=lambda: self.now)

    def _texts(self) -> Providers[TextMessage]:
        senders = [HttpTexter(self.sms_url, key=None)]
        return Providers(senders, said=lambda message: message.text, ward=self._ward, clock=lambda: self.now)

    @property
    def _ward(self) -> KeptHealth:
        return KeptHealth(lambda: self.journal, per_minute=self.per_minute)

    def _shop(self, book: AddressBook) -> PrintShop:
        press = NoteLetterPress(MUNICIPALITY, check_page=LINKS.check_page, writer=self._writer)
        return PrintShop(press=press, vault=self.vault, book=book, tray=self._tray, links=LINKS)

    @property
    def _tray(self) -> PrintRoom:
        return PrintRoom(PrintFolder(self.print_folder) if self.print_folder else None)

    def _post(self) -> Post:
        journal = AttemptJournal(self.journal)
        return Post(
            writer=self._writer,
            mails=self._mails(),
            boxes=self._boxes(),
            journal=journal,
            links=LINKS,
            news=TABLE.news,
            quiet=self.quiet_mail,
        )

    def _boxes(self) -> Providers[BoxMessage]:
        box = HttpBox(self.box_url, key="box-key", sender="00000001003214345000", keys=KEY)
        return Providers([box], said=said_in, ward=self._ward, clock=lambda: self.now)


@contextmanager
def open_trip(url: str, *, vault: Path, smtp_url: str) -> Iterator[Trip]:
    """The service on this database."""
    with connect(url, autocommit=True) as journal:
        sender = SmtpSender(smtp_url, sender="Gemeente Voorbeeld <balie@voorbeeld.example>")
        letters = LetterVault(Vault(Folder(vault), key=KEY))
        yield Trip(url=url, vault=letters, sender=sender, journal=journal)
