"""Advice on a case: who is asked what, what they may see of it, what they answer, and what the decision owes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from services.workflow.domain.decision import Draft
from services.workflow.domain.fault import Fault
from services.workflow.domain.look import kind_of_file
from shared.catalogue.definitions import Product
from shared.catalogue.plan import sensitive_names
from shared.events import AnswerRow, AnswerSection, FileScan, SubmissionReceived, Words
from shared.law.calendar import add_working_days, local_date
from shared.natures import GIVES
from shared.signing import ADVICE_LINK_OUTLIVES

Opinion = Literal["positive", "conditional", "negative", "none"]

OPINIONS: Final[Mapping[Opinion, Words]] = {
    "positive": Words(nl="Positief", en="Positive"),
    "conditional": Words(nl="Positief, onder voorwaarden", en="Positive, under conditions"),
    "negative": Words(nl="Negatief", en="Negative"),
    "none": Words(nl="Geen advies", en="No advice"),
}

LONGEST_TEXT: Final = 4000
MOST_CONDITIONS: Final = 10
MOST_DAYS: Final = 60
REMINDED_BEFORE: Final = 2
"""Working days before the last day on which who did not answer yet is reminded."""


class UnknownAdviceError(Exception):
    """This case asks no such advice, or somebody else gives it."""


class AdviceGivenError(Exception):
    """This advice was given already, and stays as it is."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What an adviser answered; `by` is a name."""

    opinion: Opinion
    words: str
    conditions: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Advice that was asked; without `email` a colleague gives it, after signing in.

    `adviser` is the id in the product, or empty for anybody else. `questions` and `files` are all that may be seen.
    """

    id: UUID
    adviser: str
    name: str
    email: str
    question: str
    questions: tuple[str, ...]
    files: tuple[UUID, ...]
    asked_at: datetime
    answer_by: date
    given: Given | None = None

    @property
    def link_until(self) -> date:
        """The last day on which the link to it works."""
        return self.answer_by + ADVICE_LINK_OUTLIVES

    def asks_the_same(self, other: Advice) -> bool:
        """Whether the other asks the same of the same adviser by the same day, and shows the same."""
        return replace(other, id=self.id, asked_at=self.asked_at) == self

    def is_late(self, *, today: date) -> bool:
        """Whether it should have come by now."""
        return self.given is None and today > self.answer_by

    @property
    def remind_on(self) -> date | None:
        """When who is outside is reminded; None when the time to answer is too short for it."""
        day = add_working_days(self.answer_by, count=-REMINDED_BEFORE)
        return day if self.email and day > local_date(self.asked_at) else None


def rows_to_show(said: SubmissionReceived, *, product: Product) -> tuple[AnswerRow, ...]:
    """Give the answers that an adviser may get to see: nothing sensitive is among them."""
    hidden = sensitive_names(product)
    return tuple(row for section in said.shown for row in section.rows if row.question not in hidden)


def usual_rows(said: SubmissionReceived, *, product: Product) -> tuple[str, ...]:
    """Give the questions to begin with: those about the plan, none about who applies."""
    roles = product.roles
    who = {roles.name, roles.organisation, roles.kvk, roles.phone, roles.email, roles.address, roles.applicant_kind}
    return tuple(row.question for row in rows_to_show(said, product=product) if row.question not in who)


def may_show_file(question: str, *, scan: FileScan, product: Product) -> bool:
    """Whether an adviser may get to see the file that answers a question: it opens and holds nothing sensitive."""
    return scan in ("clean", "unscanned") and kind_of_file(question, product=product) is None


def sections_for(advice: Advice, *, said: SubmissionReceived, product: Product) -> tuple[AnswerSection, ...]:
    """Give the answers that this adviser was given to see."""
    allowed = {row.question for row in rows_to_show(said, product=product)} & set(advice.questions)
    sections = (
        AnswerSection(title=section.title, rows=tuple(row for row in section.rows if row.question in allowed))
        for section in said.shown
    )
    return tuple(section for section in sections if section.rows)


def faults_of(given: Given) -> tuple[Fault, ...]:
    """Say what is still to be filled in of an answer."""
    return tuple(_faults(given))


def findings_of(advices: Sequence[Advice], *, draft: Draft) -> tuple[Words, ...]:
    """Say what the decision still owes the advice that was asked: an empty answer means that all of it was weighed.

    Whoever deviates says so and why (Awb 3:50, 4:20). What came too late keeps nobody from deciding (Awb 3:6 lid 2).
    """
    return tuple(_findings(advices, draft=draft))


def deviates(given: Given, *, draft: Draft) -> bool:
    """Whether a draft goes against advice without saying why (Awb 3:50)."""
    if draft.own_reason.strip():
        return False
    against = given.opinion == "negative"
    return (draft.result in GIVES and against) or (
        draft.result == "refused" and given.opinion in ("positive", "conditional")
    )


def _faults(given: Given) -> Iterator[Fault]:
    if given.opinion not in OPINIONS:
        yield Fault("opinion", Words(nl="Kies wat u adviseert.", en="Choose what you advise."))
    if given.opinion in ("negative", "none") and not given.words.strip():
        yield Fault("words", Words(nl="Schrijf op waarom.", en="Write why."))
    if given.opinion == "conditional" and not given.conditions:
        yield Fault("conditions", Words(nl="Schrijf op onder welke voorwaarden.", en="Write under which conditions."))
    if len(given.conditions) > MOST_CONDITIONS:
        most = f"Schrijf hooguit {MOST_CONDITIONS} voorwaarden op.", f"Write at most {MOST_CONDITIONS} conditions."
        yield Fault("conditions", Words(nl=most[0], en=most[1]))
    for name, text in (("words", given.words), ("conditions", "\n".join(given.conditions))):
        if len(text) > LONGEST_TEXT:
            long = f"Gebruik hooguit {LONGEST_TEXT} tekens.", f"Use at most {LONGEST_TEXT} characters."
            yield Fault(name, Words(nl=long[0], en=long[1]))


def _findings(advices: Sequence[Advice], *, draft: Draft) -> Iterator[Words]:
    own = {condition.text.strip() for condition in draft.own_conditions}
    for advice in advices:
        who, given = advice.name, advice.given
        if given is None:
            yield Words(
                nl=f"{who}: nog geen advies. U mag beslissen als de tijd om is (Awb 3:6).",
                en=f"{who}: no advice yet. You may decide once its time is over (Awb 3:6).",
            )
        elif deviates(given, draft=draft):
            yield Words(
                nl=f"{who}: u wijkt af van dit advies. Schrijf in het besluit waarom (Awb 3:50).",
                en=f"{who}: you deviate from this advice. Write why in the decision (Awb 3:50).",
            )
        elif draft.result in GIVES and set(given.conditions) - own:
            yield Words(
                nl=f"{who}: niet elke voorwaarde staat in het besluit. Schrijf waarom niet (Awb 3:50).",
                en=f"{who}: not every condition is in the decision. Write why not (Awb 3:50).",
            )
