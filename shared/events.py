"""The vocabulary: every fact that one service tells another.

Its value objects are those of `shared.values`; facts about payments, signatories, the post, measures and opinions have
a file of their own, and are found here too.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from shared.draft_events import AddressTyped, DraftExpires, DraftKept
from shared.files import FileAdded, FileAwaitsScan, FileRefused, FileScanned
from shared.measures import FormsMeasured, MeasureCount
from shared.payments import (
    PaymentChargedBack,
    PaymentNoted,
    PaymentReturned,
    PaymentSettled,
    PaymentUnclear,
    RefundOrdered,
    UnpaidExpires,
)
from shared.post import (
    LetterOrdered,
    LetterPressed,
    MessageComposed,
    NoticeFailed,
    NoticeSent,
    PrintOrdered,
    ReachedByPost,
)
from shared.signing import AdviceAsked, AdviceGiven, CosignAnswered, CosignAsked
from shared.values import (
    OWN_WORDS,
    Address,
    AnswerRow,
    AnswerSection,
    AnswerSource,
    CaseStatus,
    Channel,
    Condition,
    Contact,
    Cosignatory,
    Decision,
    DigestKind,
    DigestLine,
    FileScan,
    Identified,
    Intake,
    Language,
    LegalStep,
    Link,
    Nature,
    Party,
    Reason,
    Result,
    RuleOutcome,
    SentFile,
    Words,
)
from shared.voice_events import MarkGiven, OpinionGiven, RemarkAnswered, StepMark
from shared.wire import Payload, event, renews

# fmt: off
__all__ = [
    "Address", "AddressTyped", "AdviceAsked", "AdviceGiven", "AnswerRow", "AnswerSection", "AnswerSource", "CaseStatus",
    "Condition", "Contact", "CosignAnswered", "CosignAsked", "Cosignatory", "Decision", "DigestKind", "DigestLine",
    "DraftExpires", "DraftKept", "FileAdded",
    "FileAwaitsScan", "FileRefused", "FileScan", "FileScanned", "FormsMeasured", "Identified", "Intake", "Language",
    "LegalStep", "LetterOrdered", "LetterPressed", "Link", "MarkGiven", "MeasureCount", "MessageComposed", "Nature",
    "NoticeFailed", "NoticeSent", "OpinionGiven", "Party",
    "PaymentChargedBack", "PaymentNoted", "PaymentReturned", "PaymentSettled", "PaymentUnclear", "PrintOrdered",
    "ReachedByPost", "Reason", "RefundOrdered", "RemarkAnswered", "Result", "RuleOutcome", "SentFile", "StepMark",
    "UnpaidExpires", "Words",
]
# fmt: on
"""Whoever reads a fact finds its values here too."""


# --- forms tells -----------------------------------------------------------------------------------------------------


@event(version=6)
class SubmissionReceived:
    """A resident handed in a form; `received_at` is the moment of receipt (Awb 2:20).

    `missing` are the questions that were left open: the municipality may ask for them (Awb 4:5). `identified` is None
    for who did not sign in; `sources` says by question where an answer came from that could be known already.
    Answers about health and numbers of persons lie in `sealed` only (`shared.sealed`). `same_person` are marks by which
    other cases of whoever applies are known again (`Keyring.marks`).
    `cosignatory` must still agree, None when nobody has to. `clerk` of the staff filled it in, None: its applicant.
    `represented` is the name of who is applied for, when somebody else does so (Awb 2:1): `applicant` is that other.
    `link` is the case to which this belongs: an objection, a change or a renewal; None for what stands by itself.
    """

    reference: str
    product: str
    version: str
    title: Words
    received_at: datetime
    channel: Channel
    language: Language
    applicant: Party
    represented: str | None
    place: str | None
    starts: date | None
    ends: date | None
    answers: dict[str, Any]
    shown: tuple[AnswerSection, ...]
    files: tuple[SentFile, ...]
    rules: tuple[RuleOutcome, ...]
    fee_cents: int | None
    missing: tuple[AnswerRow, ...]
    identified: Identified | None
    sources: dict[str, AnswerSource]
    cosignatory: Cosignatory | None
    clerk: str | None
    status_link: str
    same_person: tuple[str, ...]
    sealed: str | None
    link: Link | None


renews(SubmissionReceived, version=1)(lambda told: {**told, "same_person": [], "sealed": None})  # all was in clear
renews(SubmissionReceived, version=2)(lambda told: {**told, "cosignatory": None})  # it knew no second signatory
renews(SubmissionReceived, version=3)(lambda told: {**told, "clerk": None})  # nor staff who fill in for somebody
renews(SubmissionReceived, version=4)(lambda told: {**told, "represented": None})  # nor who applies for somebody else
renews(SubmissionReceived, version=5)(lambda told: {**told, "link": None})  # nor a case that belongs to another


@event(version=2)
class InformationGiven:
    """The applicant answered one thing that a request for information asks (Awb 4:5, 4:15).

    `asked` names it as the request did, `text` is the answer as people read it. A question of the form has its new
    answer in `answers`, and in `shown` every row that reads differently by it. `files` came with it.
    """

    reference: str
    request_id: UUID
    given_at: datetime
    asked: str
    text: str
    answers: dict[str, Any]
    shown: tuple[AnswerRow, ...]
    files: tuple[SentFile, ...]


@renews(InformationGiven, version=1)
def _given_in_words(told: Payload) -> Payload:
    """Version 1 knew only questions that were answered in own words."""
    return {**told, "asked": OWN_WORDS, "answers": {}, "shown": [], "files": []}


@event(version=1)
class ApplicationCorrected:
    """The applicant changed what was sent before anybody took the case; the moment of receipt stays.

    `application` is all of it, as `SubmissionReceived` tells it in its version `told_as`; `revision` counts from 1.
    """

    reference: str
    revision: int
    at: datetime
    told_as: int
    application: dict[str, Any]


@event(version=1)
class ApplicationWithdrawn:
    """The applicant takes the application back; `because` is free and may be empty."""

    reference: str
    at: datetime
    because: str


# --- workflow tells --------------------------------------------------------------------------------------------------


@event(version=4)
class CaseOpened:
    """A case runs since `at`, with the moment of receipt, the date by which it is decided and how it was found.

    `product` and `team` say whose case it is ("": not told, or none), so that each service lets in who may see it.
    """

    reference: str
    sequence: int
    at: datetime
    received_at: datetime
    nature: Nature
    title: Words
    contact: Contact
    decide_by: date
    steps: tuple[LegalStep, ...]
    shown: tuple[AnswerSection, ...]
    product: str
    team: str


@renews(CaseOpened, version=1)
def _opened_on_receipt(told: Payload) -> Payload:
    """Version 1 did not tell the moment of receipt; its hearers took that of opening."""
    return {**told, "received_at": told["at"]}


@renews(CaseOpened, version=3)
def _opened_by_nobody(told: Payload) -> Payload:
    """Version 3 did not tell whose case it is: who sees only their own do not see this one."""
    return {**told, "product": "", "team": ""}


@event(version=1)
class CasePlaced:
    """A case that lay with no team was brought to one."""

    reference: str
    at: datetime
    product: str
    team: str


@event(version=2)
class CaseMoved:
    """The case reached another status."""

    reference: str
    sequence: int
    at: datetime
    nature: Nature
    title: Words
    status: CaseStatus
    contact: Contact
    decide_by: date


@event(version=3)
class InformationAsked:
    """The municipality asks the applicant something; the clock stops the day after (Awb 4:15 lid 1 a).

    `asks` names what must be answered: questions of the form, own words, a file. `question` says it in words.
    """

    reference: str
    sequence: int
    at: datetime
    nature: Nature
    title: Words
    request_id: UUID
    question: str
    asks: tuple[str, ...]
    answer_by: date
    contact: Contact
    decide_by: date


@renews(InformationAsked, version=2)
def _asked_in_words(told: Payload) -> Payload:
    """Version 2 knew only questions to answer in own words."""
    return {**told, "asks": [OWN_WORDS]}


@event(version=3)
class DeadlineChanged:
    """The date by which the case is decided moved, why, and the status of the case from then on."""

    reference: str
    sequence: int
    at: datetime
    nature: Nature
    title: Words
    status: CaseStatus
    contact: Contact
    decide_by: date
    because: Words
    steps: tuple[LegalStep, ...]


@renews(DeadlineChanged, version=1)
def _work_went_on(told: Payload) -> Payload:
    """Version 1 was told only when a question was answered or the time for it was over."""
    return {**told, "status": "in_progress"}


@event(version=3)
class CaseDecided:
    """The competent authority decided; it works only once it is sent (Awb 3:40)."""

    reference: str
    sequence: int
    at: datetime
    decision_id: UUID
    decision: Decision
    contact: Contact


@renews(CaseMoved, version=1)
@renews(InformationAsked, version=1)
@renews(CaseOpened, version=2)
@renews(DeadlineChanged, version=2)
def _as_permit(told: Payload) -> Payload:
    """These did not tell the nature; all were spoken of as a permit."""
    return {**told, "nature": Nature.PERMIT}


@renews(CaseDecided, version=1)
def _decided_as_permit(told: Payload) -> Payload:
    """Version 1 did not tell the nature."""
    return {**told, "decision": {**told["decision"], "nature": Nature.PERMIT}}


@renews(CaseDecided, version=2)
def _decided_without_views(told: Payload) -> Payload:
    """Version 2 knew no views of others."""
    return {**told, "decision": {**told["decision"], "views": []}}


@event(version=1)
class AnswerAwaited:
    """The applicant did not answer yet, and half of the time to do so is over."""

    reference: str
    at: datetime
    title: Words
    nature: Nature
    request_id: UUID
    answer_by: date
    contact: Contact


@event(version=1)
class CorrectionNoted:
    """The file of a case holds what the applicant changed; the last day to decide is what it was."""

    reference: str
    at: datetime
    nature: Nature
    title: Words
    contact: Contact
    decide_by: date


@event(version=1)
class MorningCounted:
    """What waits for a member of staff on this working day, in numbers only; `link` is the work list."""

    at: datetime
    on: date
    email: str
    language: Language
    link: str
    lines: tuple[DigestLine, ...]


@event(version=1)
class DayBegan:
    """A calendar day began in Amsterdam; told once a day, whatever number of clocks run."""

    on: date
