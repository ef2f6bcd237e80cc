"""What the press does: it makes letters, and lays ready for the print room what goes by post."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from services.notify.actions import Outbox
from services.notify.domain.codes import Made, new_code
from services.notify.domain.letters import Pressing, dates_at, wait_to_send
from services.notify.domain.messages import take_up
from services.notify.mailing import notice_of
from services.notify.ports import AddressBook, Links, NotePress, PaperLetter, Press, Tray, Vault
from shared.events import LetterOrdered, LetterPressed, PrintOrdered
from shared.letters.letters import address_lines


@dataclass(frozen=True, kw_only=True)
class PrintShop:
    """The way out by post: who presses, where letters lie, who lives where, and whence the print room takes them."""

    press: NotePress
    vault: Vault
    book: AddressBook
    tray: Tray
    links: Links


def press_letter(letter_id: UUID, *, now: datetime, outbox: Outbox, press: Press, vault: Vault) -> None:
    """Press a letter with the date of today, and its card for on site if it has one, and keep them."""
    letter, dates = outbox.letters.get(letter_id), dates_at(now)
    code, card_code = new_code(), new_code()
    pdf = press.press(letter, dates=dates, code=code, now=now)
    card = press.press_card(letter, dates=dates, code=card_code, now=now)
    keep = partial(_keep, reference=letter.reference, now=now, outbox=outbox, vault=vault)
    outbox.letters.add_pressing(
        Pressing(
            letter_id=letter_id,
            sent_on=dates.sent_on,
            objection_until=dates.objection_until,
            sha256=keep(pdf, code=code),
            card_sha256=keep(card, code=card_code) if card else None,
            pressed_at=now,
        )
    )
    outbox.tell(LetterPressed(letter_id=letter_id))


def print_message(ordered: PrintOrdered, *, now: datetime, outbox: Outbox, shop: PrintShop) -> None:
    """Lay a message ready for the post, once, or at least once in the same place; then tell that it was sent.

    A letter that carries another day than today goes back to the press.

    Raises:
        UnknownAddressError: it is not heard yet where the addressee lives; the same call may be made again.
        RefusedError, UnreachableError: as `Tray.put`.
    """
    message = take_up(outbox.messages.get(ordered.message_id))
    if message is None:
        return
    reference = message.reference or ""
    party = shop.book.find(reference)
    pressing = outbox.letters.pressing(message.letter_id) if message.letter_id else None
    due = wait_to_send(pressing, now=now) if pressing else None
    if pressing and due:
        outbox.tell(LetterOrdered(letter_id=pressing.letter_id), due=due if due > now else None)
        return
    if pressing:
        pdf = shop.vault.get(pressing.sha256)
    else:
        code = new_code()
        pdf = shop.press.press_note(message, party=party, ordered=ordered, code=code, now=now)
        made = Made(code=code, sha256=hashlib.sha256(pdf).hexdigest(), made_at=now, reference=message.reference)
        outbox.register.add(made)
    paper = PaperLetter(
        id=message.id,
        kind=message.kind,
        reference=reference,
        addressee=tuple(address_lines(party)),
        made_at=now,
        pdf=pdf,
    )
    shop.tray.put(paper)
    if pressing and pressing.card_sha256:
        card = shop.vault.get(pressing.card_sha256)
        shop.tray.put(replace(paper, id=uuid5(message.id, "card"), kind="card", pdf=card))
    content = hashlib.sha256(pdf).hexdigest()
    outbox.messages.note_printed(message, provider=shop.tray.name, content=content, now=now)
    link = shop.links.link(pressing.letter_id) if pressing else ""
    outbox.tell(notice_of(message, pressing=pressing, link=link, now=now))


def _keep(pdf: bytes, *, code: str, reference: str, now: datetime, outbox: Outbox, vault: Vault) -> str:
    sha256 = vault.put(pdf)
    outbox.register.add(Made(code=code, sha256=sha256, made_at=now, reference=reference))
    return sha256
