"""What the workflow tells about the term of a case: stopped, longer, not met or over; and about a permit that ends."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from shared.values import AnswerRow, CaseStatus, Contact, LegalStep, Nature, TermLetter, Words
from shared.wire import event, renews, value


@value
class OfTerm:
    """What each of them tells of the case."""

    reference: str
    sequence: int
    at: datetime
    title: Words
    nature: Nature
    status: CaseStatus
    contact: Contact
    decide_by: date


@event(version=1)
class TermSuspended(OfTerm):
    """The term stands still from `first`; `last` is None while nobody knows until when (Awb 4:15, Woo 4.4 lid 3)."""

    because: Words
    steps: tuple[LegalStep, ...]
    first: date
    last: date | None


@event(version=1)
class TermExtended(OfTerm):
    """The term is longer by a rule that allows it once; the letter brings the notice (R5, such as APV 1:2 lid 2)."""

    because: Words
    steps: tuple[LegalStep, ...]
    letter_id: UUID
    letter: TermLetter


@event(version=1)
class DelayTold(OfTerm):
    """The term is not met; `until` is the shortest possible day, and moves nothing (Awb 4:14 lid 1)."""

    because: Words
    until: date


@event(version=1)
class DefaultReceived(OfTerm):
    """A notice of default came in on `received_on` (Awb 4:17 lid 3).

    `penalty_from` is the first day that can cost money; None: the notice came too early, `earliest` is when it can.
    """

    received_on: date
    penalty_from: date | None
    earliest: date


@event(version=1)
class AnswerTimeMoved(OfTerm):
    """A question can be answered until a later day: we had an outage (Awb 2:21), or it came another way (Awb 2:23)."""

    because: Words
    request_id: UUID
    answer_by: date


@event(version=1)
class PenaltySet(OfTerm):
    """The penalty for deciding too late was set in whole `euros`; the letter is the decision (Awb 4:18)."""

    euros: int
    days: int
    letter_id: UUID
    letter: TermLetter


@event(version=1)
class PermitWithdrawn(OfTerm):
    """The municipality took back what was granted, from the day of `at`; the letter is the decision."""

    because: Words
    letter_id: UUID
    letter: TermLetter


@event(version=1)
class ConditionsAdded(OfTerm):
    """Conditions came to what the law gave, in time after it was announced (Awb 4:20f); the letter is the decision."""

    because: Words
    letter_id: UUID
    letter: TermLetter


@event(version=3)
class DecisionRenewed(OfTerm):
    """What an objection put in the place of the decision was announced (Awb 7:11 lid 2); `outcome` says it in words.

    `gives`: it gives what was asked, wholly or in part; else nothing is given any more from then on. `by_applicant`:
    they objected themselves, and got the letter on that; else somebody else did. `ends` and `number` are of a thing to
    which the decision itself gives a last day and a number.
    """

    outcome: Words
    gives: bool
    by_applicant: bool
    ends: date | None
    number: AnswerRow | None


renews(DecisionRenewed, version=1)(lambda told: {**told, "by_applicant": True})  # nobody was written to about it
renews(DecisionRenewed, version=2)(lambda told: {**told, "ends": None, "number": None})


@event(version=1)
class PermitGivenUp:
    """The holder does not need any more what was granted: it ends on the day of `at` (forms to the workflow)."""

    reference: str
    at: datetime
    because: str


@event(version=1)
class PermitExpires:
    """What was granted lasts up to and including `last`; from now on its holder can ask for a new one."""

    reference: str
    at: datetime
    title: Words
    nature: Nature
    contact: Contact
    last: date
