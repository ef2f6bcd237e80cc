"""What a resident may see of a case: worked out from the facts that came in, in whatever order they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args
from uuid import UUID

from services.forms.domain.cosigning import Cosigning
from services.forms.domain.marks import GivenMark
from services.forms.domain.terms_told import Happening, Moving, TermFact, of_term
from services.forms.domain.told import MessageSent, told_to_applicant
from shared.catalogue.lasting import NUMBER
from shared.events import (
    AnswerRow,
    CaseDecided,
    CaseMoved,
    CaseOpened,
    DeadlineChanged,
    Decision,
    InformationAsked,
    LegalStep,
    Nature,
    NoticeSent,
    Words,
)
from shared.law.calendar import local_date
from shared.natures import GIVES, YOURS, outcome_words
from shared.term_events import AnswerTimeMoved, DecisionRenewed, DelayTold, PermitWithdrawn, TermSuspended
from shared.values import OWN_WORDS

CaseFact = CaseOpened | CaseMoved | InformationAsked | DeadlineChanged | CaseDecided | TermFact
CASE_FACTS: tuple[type, ...] = get_args(CaseFact)
State = Literal["received", "working", "waiting", "decided", "withdrawn"]
Pace = Literal["on_time", "delayed", "late", "still"]
"""Whether the decision comes in time: yes, no as was told, no as its day passed, or the term stands still."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """The resident's answer to one thing that a request asks (`asked`), with its new `answers` to questions."""

    request_id: UUID
    text: str
    given_at: datetime
    asked: str = OWN_WORDS
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Afterwards:
    """What happened here after sending: taken back, a mark, files added, corrected; who must agree too."""

    withdrawn_at: datetime | None = None
    given_up_at: datetime | None = None
    mark: GivenMark | None = None
    files_added: tuple[datetime, ...] = ()
    corrected: tuple[datetime, ...] = ()
    cosign: Cosigning | None = None


NOTHING_YET = Afterwards()


@dataclass(frozen=True, kw_only=True)
class OpenRequest:
    """What the municipality asks and has not all answers to yet; `asks` has what was answered, or None, by its name."""

    request_id: UUID
    question: str
    asked_at: datetime
    answer_by: date
    asks: Mapping[str, Given | None]

    @property
    def left(self) -> tuple[str, ...]:
        """What is still to be answered."""
        return tuple(asked for asked, given in self.asks.items() if given is None)


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """The case as the resident sees it; `timeline` and `messages` have the newest first.

    `decision` is there only once it was sent: before that it does not work (Awb 3:40).
    `decide_by` is None while the case has not been opened yet; `expected_on` is the day named when we could not keep to
    it. `answers` are those that were given anew when asked.
    """

    state: State
    dates: dict[str, datetime]
    decide_by: date | None
    steps: tuple[LegalStep, ...]
    because: Words | None
    open_requests: tuple[OpenRequest, ...]
    timeline: tuple[Happening, ...]
    decision: Decision | None
    decided: bool
    letter_link: str | None
    objection_until: date | None
    announced_on: date | None
    withdrawn_at: datetime | None = None
    given_up_at: datetime | None = None
    taken_back_at: datetime | None = None
    renewed: DecisionRenewed | None = None
    stands_still: bool = False
    expected_on: date | None = None
    mark: GivenMark | None = None
    cosign: Cosigning | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    messages: tuple[MessageSent, ...] = ()

    @property
    def outcome(self) -> Words | None:
        """What was decided, in one line."""
        return outcome_words(self.decision.result, nature=self.decision.nature) if self.decision else None

    @property
    def gives(self) -> bool:
        """Whether the decision gives the applicant something."""
        return self.decision is not None and self.decision.result in GIVES

    def pace(self, due: date, /, *, today: date) -> Pace:
        """Whether an open case is on time on this day, with `due` as the last day to decide."""
        if self.state == "waiting" or self.stands_still:
            return "still"
        if today > due:
            return "late"
        return "delayed" if self.expected_on else "on_time"

    @property
    def given_on(self) -> date | None:
        """From when on the applicant has something: by its own letter, or by what an objection put in its place."""
        if self.gives:
            return self.announced_on
        return local_date(self.renewed.at) if self.renewed and self.renewed.gives else None

    @property
    def ends(self) -> date | None:
        """The last day that the decision says, or what an objection put in its place."""
        anew = self.renewed.ends if self.renewed and self.renewed.gives else None
        return anew or (self.decision.ends if self.decision else None)

    @property
    def number(self) -> AnswerRow | None:
        """The number of what was given, where a decision says it."""
        if self.renewed and self.renewed.gives and self.renewed.number:
            return self.renewed.number
        facts = self.decision.facts if self.decision else ()
        return next((fact for fact in facts if fact.question == NUMBER), None)

    @property
    def has_ended(self) -> bool:
        """What was given ended before its last day: given up, taken back, or gone after an objection."""
        return bool(self.given_up_at or self.taken_back_at or (self.renewed and not self.renewed.gives))

    def may_object_on(self, day: date, /) -> bool:
        """Whether one can still object in time on this day; after an objection one goes to the court (Awb 7:1)."""
        first = self.decision is not None and self.decision.nature is not Nature.OBJECTION
        return first and self.objection_until is not None and day <= self.objection_until

    @property
    def may_withdraw(self) -> bool:
        """Nothing was decided, and it was not taken back yet."""
        return not self.decided and self.withdrawn_at is None

    @property
    def may_correct(self) -> bool:
        """Nobody began with it yet, nothing was asked, and nobody else agreed to it as it stands."""
        return self.state == "received" and not self.open_requests and self.cosign is None

    @property
    def may_ask_cosigner(self) -> bool:
        """Somebody must still agree, and may be asked again."""
        return self.may_withdraw and self.cosign is not None and self.cosign.may_ask_again


def view_case(
    received_at: datetime,
    *,
    facts: Sequence[CaseFact],
    notices: Sequence[NoticeSent],
    given: Sequence[Given],
    afterwards: Afterwards = NOTHING_YET,
) -> CaseView:
    """Work the view out from everything known of one case."""
    ordered = sorted(facts, key=lambda fact: fact.sequence)
    decided = next((fact for fact in reversed(ordered) if isinstance(fact, CaseDecided)), None)
    letter = next((notice for notice in notices if notice.kind == "decision"), None)
    withdrawn_at = None if decided else afterwards.withdrawn_at
    requests = () if decided or withdrawn_at else _open_requests(ordered, given=given)
    changed = next((fact for fact in reversed(ordered) if isinstance(fact, CaseOpened | Moving)), None)
    dated = next((fact for fact in reversed(ordered) if not isinstance(fact, CaseDecided)), None)
    return CaseView(
        state="decided"
        if decided
        else "withdrawn"
        if withdrawn_at
        else _state(ordered, asked=bool(requests), cosign=afterwards.cosign),
        dates=_dates(ordered, received_at=received_at, cosign=afterwards.cosign),
        decide_by=dated.decide_by if dated else None,
        steps=changed.steps if changed else (),
        because=changed.because if isinstance(changed, Moving) else None,
        open_requests=requests,
        timeline=_timeline(
            [*_happenings(received_at, facts=ordered, notices=notices, given=given), *_own_acts(afterwards)]
        ),
        decision=decided.decision if decided and letter else None,
        decided=decided is not None,
        letter_link=letter.letter_link if letter else None,
        objection_until=letter.objection_until if letter else None,
        announced_on=local_date(letter.sent_at) if letter else None,
        withdrawn_at=withdrawn_at,
        given_up_at=afterwards.given_up_at,
        stands_still=isinstance(changed, TermSuspended),
        expected_on=next((fact.until for fact in reversed(ordered) if isinstance(fact, DelayTold)), None),
        renewed=next((fact for fact in reversed(ordered) if isinstance(fact, DecisionRenewed)), None),
        taken_back_at=next((fact.at for fact in ordered if isinstance(fact, PermitWithdrawn)), None),
        mark=afterwards.mark,
        cosign=afterwards.cosign,
        answers={name: value for answer in given for name, value in answer.answers.items()},
        messages=told_to_applicant(notices),
    )


def _state(ordered: Sequence[CaseFact], *, asked: bool, cosign: Cosigning | None) -> State:
    """Waiting lasts until the resident or the second signatory answered, or until the case went on without that."""
    moves = [fact for fact in ordered if isinstance(fact, InformationAsked | CaseMoved | Moving | AnswerTimeMoved)]
    if not moves:
        return "waiting" if cosign and not cosign.answered_at else "received"
    last = moves[-1]
    if asked and (isinstance(last, InformationAsked) or last.status == "awaiting_supplement"):
        return "waiting"
    return "received" if not isinstance(last, InformationAsked) and last.status == "received" else "working"


def _open_requests(ordered: Sequence[CaseFact], *, given: Sequence[Given]) -> tuple[OpenRequest, ...]:
    answered = {(answer.request_id, answer.asked): answer for answer in given}
    moved = {fact.request_id: fact.answer_by for fact in ordered if isinstance(fact, AnswerTimeMoved)}
    requests = (
        OpenRequest(
            request_id=fact.request_id,
            question=fact.question,
            asked_at=fact.at,
            answer_by=moved.get(fact.request_id, fact.answer_by),
            asks={asked: answered.get((fact.request_id, asked)) for asked in fact.asks},
        )
        for fact in ordered
        if isinstance(fact, InformationAsked)
    )
    return tuple(request for request in requests if request.left)


def _dates(ordered: Sequence[CaseFact], *, received_at: datetime, cosign: Cosigning | None) -> dict[str, datetime]:
    """When each state began; the first time counts, for waiting the last time."""
    found = {"received": received_at} | ({"waiting": received_at} if cosign else {})
    for fact in ordered:
        if isinstance(fact, CaseDecided):
            found.setdefault("decided", fact.at)
        elif isinstance(fact, InformationAsked):
            found["waiting"] = fact.at
        elif isinstance(fact, CaseMoved) and fact.status == "in_progress":
            found.setdefault("working", fact.at)
    return found


def _timeline(happenings: Iterable[Happening]) -> tuple[Happening, ...]:
    return tuple(sorted(happenings, key=lambda happening: happening.at, reverse=True))


def _happenings(
    received_at: datetime, *, facts: Sequence[CaseFact], notices: Sequence[NoticeSent], given: Sequence[Given]
) -> Iterator[Happening]:
    yield Happening(at=received_at, title=Words(nl="U hebt het formulier verstuurd", en="You sent the form"))
    for fact in facts:
        yield from _told(fact)
    for notice in notices:
        if notice.kind == "decision":
            yield Happening(
                at=notice.sent_at,
                title=Words(nl="Wij hebben u het besluit gestuurd", en="We sent you the decision"),
                icon="document",
            )
    for answer in given:
        yield Happening(
            at=answer.given_at, title=Words(nl="U hebt onze vraag beantwoord", en="You answered our question")
        )


def _own_acts(afterwards: Afterwards) -> Iterator[Happening]:
    for added_at in afterwards.files_added:
        title = Words(nl="U hebt een bestand toegevoegd", en="You added a file")
        yield Happening(at=added_at, title=title, icon="document")
    for corrected_at in afterwards.corrected:
        title = Words(nl="U hebt uw antwoorden gewijzigd", en="You changed your answers")
        yield Happening(at=corrected_at, title=title, icon="check")
    cosign = afterwards.cosign
    if cosign and cosign.answered_at:
        nl, en = ("gaf akkoord", "agreed") if cosign.agreed else ("gaf geen akkoord", "did not agree")
        title = Words(nl=f"{cosign.who.nl} {nl}", en=f"{cosign.who.en} {en}")
        yield Happening(
            at=cosign.answered_at, title=title, text=cosign.because, icon="check" if cosign.agreed else "info"
        )
    if afterwards.given_up_at:
        title = Words(nl="U hebt dit niet meer nodig", en="You do not need this any more")
        yield Happening(at=afterwards.given_up_at, title=title, icon="info")
    if afterwards.withdrawn_at:
        title = Words(nl="U hebt dit zelf ingetrokken", en="You withdrew this yourself")
        yield Happening(at=afterwards.withdrawn_at, title=title, icon="info")


def _told(fact: CaseFact) -> Iterator[Happening]:
    match fact:
        case CaseMoved(status="in_progress"):
            yours = YOURS[fact.nature]
            title = Words(nl=f"Wij bekijken {yours.nl}", en=f"We are looking at {yours.en}")
            yield Happening(at=fact.at, title=title)
        case InformationAsked():
            title = Words(nl="Wij hebben u iets gevraagd", en="We asked you something")
            yield Happening(at=fact.at, title=title, text=fact.question, icon="info")
        case DeadlineChanged():
            title = Words(nl="De datum van ons besluit is veranderd", en="The date of our decision has changed")
            yield Happening(at=fact.at, title=title, icon="info", why=fact.because)
        case CaseDecided():
            yield Happening(at=fact.at, title=Words(nl="Wij hebben besloten", en="We have decided"))
        case _ if isinstance(fact, TermFact):
            yield of_term(fact)
