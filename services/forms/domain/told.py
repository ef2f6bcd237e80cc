"""Which messages a resident got about a case: what each told, when it left and how it went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from shared.events import NoticeSent, Words

TITLES: Final[Mapping[str, Words]] = {
    "receipt": Words(nl="Bevestiging van ontvangst", en="Confirmation of receipt"),
    "progress": Words(nl="Wij zijn begonnen", en="We have begun"),
    "question": Words(nl="Een vraag aan u", en="A question for you"),
    "reminder": Words(nl="Herinnering aan onze vraag", en="Reminder of our question"),
    "more_time": Words(nl="U hebt meer tijd om te antwoorden", en="You have more time to answer"),
    "deadline": Words(nl="Een nieuwe datum voor ons besluit", en="A new date for our decision"),
    "suspended": Words(nl="De tijd voor ons besluit staat stil", en="Our time to decide stands still"),
    "extended": Words(nl="Wij hebben meer tijd nodig", en="We need more time"),
    "delay": Words(nl="Wij beslissen niet op tijd", en="We do not decide in time"),
    "default": Words(nl="Wij kregen uw ingebrekestelling", en="We received your notice of default"),
    "default_early": Words(nl="Uw ingebrekestelling kwam te vroeg", en="Your notice of default came too early"),
    "penalty": Words(nl="U krijgt geld omdat wij te laat waren", en="You get money because we were late"),
    "decision": Words(nl="Ons besluit", en="Our decision"),
    "decision_renewed": Words(nl="Na een bezwaar besloten wij anders", en="After an objection we decided otherwise"),
    "permit_expires": Words(nl="Wat u kreeg loopt bijna af", en="What you were given ends soon"),
    "permit_withdrawn": Words(nl="Wij trekken in wat u van ons kreeg", en="We take back what you got from us"),
    "conditions_added": Words(nl="Er komen regels bij wat u kreeg", en="Rules are added to what you got"),
    "withdrawn": Words(nl="U hebt dit ingetrokken", en="You withdrew this"),
    "corrected": Words(nl="U hebt uw antwoorden gewijzigd", en="You changed your answers"),
    "cosign_awaited": Words(nl="Er ontbreekt nog een akkoord", en="An approval is still missing"),
    "file_infected": Words(nl="Een bestand was niet veilig", en="A file was not safe"),
    "file_unjudged": Words(nl="Een bestand konden wij niet controleren", en="We could not check a file"),
    "paid": Words(nl="Uw betaling is binnen", en="We received your payment"),
    "paid_back": Words(nl="U krijgt geld terug", en="You get money back"),
    "unpaid": Words(nl="U moet nog betalen", en="You still have to pay"),
}
"""The messages that go to the applicant; what goes to anyone else about the case is not theirs to see."""


@dataclass(frozen=True, kw_only=True)
class MessageSent:
    """One message that left, at a moment (UTC), without the address it went to; `letter_link` leads to its letter."""

    title: Words
    channel: Literal["box", "email", "post"]
    sent_at: datetime
    letter_link: str | None


def told_to_applicant(notices: Iterable[NoticeSent], /) -> tuple[MessageSent, ...]:
    """Give the messages that went to the applicant, the newest first."""
    sent = (
        MessageSent(
            title=TITLES[notice.kind],
            channel=notice.channel,
            sent_at=notice.sent_at,
            letter_link=notice.letter_link,
        )
        for notice in notices
        if notice.kind in TITLES
    )
    return tuple(sorted(sent, key=lambda message: message.sent_at, reverse=True))
