"""The value objects that facts carry: parts of the vocabulary that several facts and services share."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Final, Literal
from uuid import UUID

from shared.wire import value

Language = Literal["nl", "en"]
CaseStatus = Literal["received", "in_progress", "awaiting_supplement", "decided", "announced", "withdrawn"]
Channel = Literal["web", "api", "desk", "phone", "post", "other"]
Result = Literal[
    "granted",
    "granted_partly",
    "refused",
    "not_processed",
    "not_needed",
    "by_law",
    "founded",
    "unfounded",
    "inadmissible",
]
"""What a decision says; not_processed: Awb 4:5, by_law: given since the municipality was silent (Awb 4:20b).

The last three are those of an objection (Awb 7:11).
"""
LinkKind = Literal["objection", "amendment", "renewal", "talk"]
"""How a case belongs to a first one: it objects to its decision, or asks to change or prolong what that gave."""
AnswerSource = Literal["brp", "kvk", "sign_in", "typed", "away"]
"""Where an answer comes from that a register or the sign-in may know; away: the register did not answer."""
DigestKind = Literal[
    "late", "today", "week", "answered", "mentioned", "stirred", "advice_late", "escalated", "free", "advice", "goals"
]
"""What a morning mail counts, such as cases that are late or due today; the last are goals, not cases."""
OWN_WORDS: Final = "own-words"
A_FILE: Final = "a-file"
ADVICE_FILE: Final = "advice-file"
"""What applicants can be asked besides the form, and what an adviser adds; no question is called so."""
FileScan = Literal["waiting", "clean", "infected", "unscanned", "unjudged"]


class Nature(StrEnum):
    """What a resident does with a form, which decides the words of pages, mails and letters."""

    PERMIT = "permit"
    REPORT = "report"
    REQUEST = "request"
    CARD = "card"
    INITIATIVE = "initiative"
    OBJECTION = "objection"


@value
class Words:
    """One text in Dutch with its English."""

    nl: str
    en: str


@value
class Link:
    """The first case to which another belongs: `reference` as it was given, which may be a number of no case."""

    kind: LinkKind
    reference: str


@value
class Address:
    """A Dutch address; `town` and `street` may come from the resident's own hand."""

    postcode: str
    number: str
    street: str
    town: str


@value
class Party:
    """Who applies: a person, or a company with the person to talk to."""

    kind: Literal["person", "company"]
    name: str
    organisation: str | None
    kvk: str | None
    email: str
    phone: str | None
    address: Address | None


@value
class Identified:
    """How whoever applies signed in: DigiD or eHerkenning, and at which level."""

    kind: Literal["person", "company"]
    level: str


@value
class AnswerRow:
    """One answer as the resident saw it."""

    question: str
    label: Words
    text: Words


@value
class AnswerSection:
    """The answers of one step."""

    title: Words
    rows: tuple[AnswerRow, ...]


@value
class SentFile:
    """A file that went with a form; `place` is its name in the vault, `scan` what the malware scanner said so far."""

    id: UUID
    question: str
    name: str
    type: str
    bytes: int
    sha256: str
    place: str
    scan: FileScan


@value
class Intake:
    """How a form came in that a member of staff filled in for somebody, and who that was."""

    channel: Literal["desk", "phone", "post", "other"]
    clerk: str


@value
class Cosignatory:
    """Who must agree too, and until when (Awb 4:5); name and address are empty while the applicant left them open."""

    request_id: UUID
    who: Words
    name: str
    email: str
    answer_by: date


@value
class RuleOutcome:
    """What one rule said of these answers; `inputs` by question id."""

    rule: str
    effect: str
    outcome: Literal["fired", "silent", "unknown"]
    because: Words
    source: str
    inputs: dict[str, Any]


@value
class LegalStep:
    """One step of the reckoning of a date, with its article."""

    text: Words
    article: str


@value
class Contact:
    """Where and how a message reaches the applicant."""

    name: str
    email: str
    language: Language
    status_link: str


@value
class Reason:
    """A ground of the decision, with the rule or article it rests on."""

    text: str
    source: str


@value
class DigestLine:
    """One number of a morning mail: how many cases, and the list in which they stand."""

    kind: DigestKind
    count: int
    link: str


@value
class Condition:
    """A condition of the permit, why it is set and what it rests on (Awb 3:46, 3:47)."""

    text: str
    because: str
    source: str


@value
class WeighedView:
    """A view on the plan in short, the municipality's answer, and whether it changed the decision; no name in it."""

    summary: str
    answer: str
    changes: bool


@value
class Decision:
    """All that the letter and besluit.json say; texts in Dutch, the language of the decision (Awb 2:6).

    `subject` is what is decided on, as it follows the words "besluit over".
    """

    nature: Nature
    result: Result
    product: str
    title: Words
    applicant: Party
    received_on: date
    decided_on: date
    subject: str
    place: str | None
    starts: date | None
    ends: date | None
    facts: tuple[AnswerRow, ...]
    reasons: tuple[Reason, ...]
    conditions: tuple[Condition, ...]
    views: tuple[WeighedView, ...]
    legal_basis: tuple[str, ...]
    fee_cents: int | None
    fee_source: str | None
    handler: str
    signatory: str
    authority: str


@value
class TermLetter:
    """A letter about the term of a case, in Dutch: that it is longer, what it costs to be late, or of a withdrawal.

    `subject` is what the case is about, as it follows "besluit over". `reasons` are told in this order, each with its
    article. `objection`: this is a decision that one can object to (Awb 6:3 keeps an extension from being one).
    """

    kind: Literal["extension", "penalty", "withdrawal", "conditions"]
    nature: Nature
    title: Words
    applicant: Party
    received_on: date
    subject: str
    outcome: str
    reasons: tuple[Reason, ...]
    objection: bool
    handler: str
    signatory: str
    authority: str
