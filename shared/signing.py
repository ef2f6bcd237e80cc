"""The facts about who is asked by a link of their own: a second signatory, and an adviser outside."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from shared.values import Contact, Language, Nature, Words
from shared.wire import event, renews


@event(version=1)
class CosignAsked:
    """The second signatory is asked to agree, asked again by the applicant, or reminded.

    `link` is for them alone and works until `valid_until`. `answer_by` is the last day of the repair term (Awb 4:5).
    `contact` is the applicant, who hears that somebody is waited for.
    """

    reference: str
    request_id: UUID
    at: datetime
    turn: Literal["first", "again", "reminder"]
    title: Words
    nature: Nature
    name: str
    email: str
    language: Language
    link: str
    valid_until: date
    answer_by: date
    contact: Contact


@event(version=1)
class CosignAnswered:
    """The second signatory agreed or did not; `because` is empty for who agreed."""

    reference: str
    request_id: UUID
    at: datetime
    agreed: bool
    because: str


@event(version=3)
class AdviceAsked:
    """Somebody outside is asked one advice (None: not told), again or reminded; of the case only `title` travels."""

    reference: str
    advice_id: UUID | None
    at: datetime
    turn: Literal["first", "again", "reminder"]
    title: Words
    name: str
    email: str
    link: str
    answer_by: date


ADVICE_LINK_OUTLIVES: Final = timedelta(days=28)
"""How long the link works after the last day to answer: late advice is still of use until the decision."""


@event(version=2)
class AdviceGiven:
    """An adviser outside gave one advice (None: not told which); `name` is as they were asked."""

    reference: str
    advice_id: UUID | None
    name: str


renews(AdviceAsked, version=1)(lambda told: {**told, "name": ""})
renews(AdviceAsked, version=2)(lambda told: {**told, "advice_id": None})
renews(AdviceGiven, version=1)(lambda told: {**told, "advice_id": None})
