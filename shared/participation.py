"""The facts about participation: public notices, views on them, supporters, and talks that become an application.

No name of the applicant stands in a notice, and no reference of a case: its `number` is public (Awb 3:11, 3:12).
"""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from shared.values import Address, Contact, Intake, Language, Party, SentFile, Words
from shared.wire import event, value

Audience = Literal["anyone", "interested"]
"""Who may react: anyone, or who is affected (Awb 3:15 lid 1)."""


_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"


def new_view_reference(year: int) -> str:
    """Give a fresh reference of a view: "ZW-2026-7KQ4-M2XD"; eight signs (40 bits) without those that are misread."""
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(8))
    return f"ZW-{year}-{drawn[:4]}-{drawn[4:]}"


@event(version=1)
class NoticePublished:
    """A case is made known to the public, and can be reacted to from `first` up to and with `last`.

    `text` says what the plan is, `draft` what the municipality means to decide (Awb 3:11): empty when nothing is laid
    for inspection. The texts are Dutch, as the handler wrote them.
    """

    reference: str
    number: str
    at: datetime
    product: str
    theme: str
    title: Words
    heading: str
    place: str
    text: str
    draft: str
    audience: Audience
    first: date
    last: date


@event(version=1)
class NoticeTakenDown:
    """A notice is shown no more before its time."""

    reference: str
    number: str
    at: datetime


@event(version=1)
class ViewGiven:
    """Somebody gave a view on a notice; `received_on` decides whether it is late (Awb 3:16).

    `view` is its own reference. `party` reaches them, `on_behalf` is for whom they speak, empty when for themselves
    alone. `intake` says who of the staff wrote it down, None: they did so themselves. `link` is the notice's page.
    """

    view_id: UUID
    view: str
    reference: str
    number: str
    at: datetime
    received_on: date
    intake: Intake | None
    language: Language
    party: Party
    on_behalf: str
    words: str
    file: SentFile | None
    link: str


@event(version=1)
class ViewNoted:
    """Who sent in a view must hear that it came in, or what came of it (Awb 3:43).

    `view` is its reference. `about` names what it is about, and once decided the outcome. Without `email` it goes by
    post.
    """

    view: str
    at: datetime
    turn: Literal["received", "decided"]
    about: Words
    email: str
    language: Language
    link: str


@event(version=1)
class ApplicationInvited:
    """A talk about a plan leads to an application: what was told is carried into the form of `product`."""

    reference: str
    invite_id: UUID
    at: datetime
    product: str
    title: Words
    contact: Contact


@value
class Supporter:
    """Who signed along, on which day; `known`: the address book has the address."""

    name: str
    address: Address
    known: bool
    on: date


@event(version=1)
class SupportGathered:
    """So many signed online for what was handed in; each `Supporter`, a person once, is sealed about `reference`."""

    reference: str
    at: datetime
    signed: int
    sealed: str


@event(version=1)
class PanelSent:
    """A questionnaire goes to its list, of which a portion is asked at a time (forms to itself)."""

    panel_id: str


@event(version=1)
class PanelAsked:
    """Somebody of the residents' panel is asked to answer a questionnaire once, by a `link` of their own."""

    title: Words
    email: str
    day: date
    link: str


@event(version=1)
class ApplicationReady:
    """A form lies ready with what was told in a talk; who has the `link` can go on with it."""

    reference: str
    at: datetime
    title: Words
    contact: Contact
    link: str
