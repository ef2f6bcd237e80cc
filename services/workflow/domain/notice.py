"""The public notice of a case: what it says, who may react until when, and what must not stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from services.workflow.domain.case import Case
from services.workflow.domain.decision import Draft, compose
from services.workflow.domain.fault import Fault
from services.workflow.domain.wording import decision_words
from shared.catalogue.definitions import Procedure, Product
from shared.events import Decision, SubmissionReceived, Words
from shared.law.calendar import local_date, long_date
from shared.law.extended import decision_without_views_due, views_term
from shared.participation import Audience

State = Literal["planned", "open", "over", "down"]

WEEKS: Final = (1, 2, 3, 4, 6)
"""How long a notice may stand where the law sets no term."""

USUAL_WEEKS: Final = 2
LAW_WEEKS: Final = 6
"""Weeks in the extended procedure (Awb 3:16 lid 1)."""

AUDIENCES: Final[Mapping[Audience, Words]] = {
    "anyone": Words(nl="Iedereen", en="Anyone"),
    "interested": Words(
        nl="Alleen belanghebbenden: mensen die er zelf iets van merken", en="Only people who are affected themselves"
    ),
}
"""Who may react; in the extended procedure those who are affected, unless a rule says anyone (Awb 3:15 lid 1 and 2)."""

LONGEST_AHEAD: Final = timedelta(days=90)
LONGEST_LINE: Final = 200
LONGEST_TEXT: Final = 6000
_SHORTEST_NAME: Final = 4
_WORD: Final = re.compile(r"\w+")


class UnknownNoticeError(Exception):
    """This case has no such notice that still stands."""


class NoticeStandsError(Exception):
    """A notice of this case stands already: take it down first."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What was published of a case. `draft` is what is laid for inspection with it, or empty."""

    id: UUID
    number: str
    heading: str
    place: str
    text: str
    draft: str
    audience: Audience
    first: date
    last: date
    published_at: datetime
    taken_down_at: datetime | None = None

    def state(self, *, today: date) -> State:
        """Where it stands on this day; it comes and goes by its dates alone."""
        if self.taken_down_at:
            return "down"
        if today < self.first:
            return "planned"
        return "open" if today <= self.last else "over"

    @property
    def decide_without_views(self) -> date:
        """The last day to decide in the extended procedure when nobody gave a view (Awb 3:18 lid 4)."""
        return decision_without_views_due(self.last).safe

    def runs(self, *, today: date) -> bool:
        """Whether views are still waited for: it stands, and its last day is not over."""
        return self.state(today=today) in ("planned", "open")


@dataclass(frozen=True, kw_only=True)
class NoticeForm:
    """What the handler wrote and chose; `first` is None while it is no day."""

    heading: str
    place: str
    text: str
    draft: str
    audience: Audience | None
    first: date | None
    weeks: int | None


def begin_notice(said: SubmissionReceived, *, product: Product, draft: Draft | None, today: date) -> NoticeForm:
    """Write a first text from the case without who applied; where the law asks it, with what will be decided."""
    decision = compose(draft or Draft(), submission=said, product=product, on=today, handler="")
    extended = is_extended(product)
    return NoticeForm(
        heading=said.title.nl,
        place=said.place or "",
        text="\n".join(_lines(said, decision=decision)),
        draft=draft_text(decision) if extended and draft and draft.result else "",
        audience="interested" if extended else "anyone",
        first=today,
        weeks=LAW_WEEKS if extended else USUAL_WEEKS,
    )


def draft_text(decision: Decision) -> str:
    """Write out what the municipality means to decide, with reasons and conditions; no person stands in it."""
    meant = decision_words(decision.result, nature=decision.nature).act.nl
    parts = [f"Wij zijn van plan dit te besluiten: {meant[:1].lower()}{meant[1:]}."]
    parts += [f"{each.text} ({each.source})" for each in decision.reasons]
    if decision.conditions:
        parts.append("Daarbij horen deze voorwaarden:")
        parts += [f"- {each.text}" for each in decision.conditions]
    return "\n".join(parts)


def is_extended(product: Product) -> bool:
    """Whether the law asks a notice and a draft before the decision (Awb afdeling 3.4)."""
    return product.process.procedure is Procedure.EXTENDED


def last_day(first: date, *, weeks: int, product: Product) -> date:
    """The last day to react; the first day counts (Awb 3:16 lid 2), where the law sets the term it may move (Atw 1)."""
    if is_extended(product):
        return views_term(first).rolled
    return first + timedelta(weeks=weeks, days=-1)


def public_site(case: Case) -> str:
    """Where people read notices; the status link of the case says where the forms service stands."""
    return case.submission.status_link.partition("/status/")[0]


def faults_of(form: NoticeForm, *, said: SubmissionReceived, product: Product, today: date) -> tuple[Fault, ...]:
    """Say what must be put right before anybody may read it."""
    return tuple(_faults(form, said=said, product=product, today=today))


def people_in(text: str, *, said: SubmissionReceived) -> tuple[str, ...]:
    """Name what stands in a text of who applied: names, and how they are reached."""
    words = {word.casefold() for word in _WORD.findall(text)}
    who = said.applicant
    names = " ".join(filter(None, (who.name, said.represented)))
    surnames = [part for part in _WORD.findall(names) if len(part) >= _SHORTEST_NAME and part[0].isupper()]
    ways = [way for way in (who.email, who.phone or "") if way and way.casefold() in text.casefold()]
    return tuple(dict.fromkeys([*(name for name in surnames if name.casefold() in words), *ways]))


def _lines(said: SubmissionReceived, *, decision: Decision) -> Iterator[str]:
    yield f"Wij kregen op {long_date(local_date(said.received_at))} een aanvraag: {said.title.nl}."
    for fact in decision.facts:
        yield f"{fact.label.nl.rstrip('?')}: {fact.text.nl}."
    if said.starts and said.ends and said.starts != said.ends:
        yield f"Wanneer: {long_date(said.starts)} tot en met {long_date(said.ends)}."
    elif said.starts:
        yield f"Wanneer: {long_date(said.starts)}."


def _faults(form: NoticeForm, *, said: SubmissionReceived, product: Product, today: date) -> Iterator[Fault]:
    yield from _faults_in_texts(form, said=said)
    if is_extended(product) and not form.draft.strip():
        wanted = Words(nl="Schrijf op wat u van plan bent te besluiten.", en="Write what you mean to decide.")
        yield Fault("draft", wanted)
    if form.audience is None:
        yield Fault("audience", Words(nl="Kies wie mag reageren.", en="Choose who may react."))
    if form.first and not today <= form.first <= today + LONGEST_AHEAD:
        wanted = Words(nl="Kies vandaag of een dag in de komende 90 dagen.", en="Choose a day in the coming 90 days.")
        yield Fault("first.day", wanted)
    if form.weeks not in WEEKS and not is_extended(product):
        yield Fault("weeks", Words(nl="Kies hoelang mensen kunnen reageren.", en="Choose how long people can react."))


def _faults_in_texts(form: NoticeForm, *, said: SubmissionReceived) -> Iterator[Fault]:
    wanted = {
        "heading": Words(nl="Schrijf op waar het over gaat.", en="Write what it is about."),
        "place": Words(nl="Vul in waar het is.", en="Fill in where it is."),
        "text": Words(nl="Schrijf op wat het plan is.", en="Write what the plan is."),
    }
    for name, longest in (
        ("heading", LONGEST_LINE), ("place", LONGEST_LINE), ("text", LONGEST_TEXT), ("draft", LONGEST_TEXT)
    ):  # fmt: skip
        text = getattr(form, name)
        if name in wanted and not text.strip():
            yield Fault(name, wanted[name])
        elif len(text) > longest:
            yield Fault(name, Words(nl=f"Gebruik hooguit {longest} tekens.", en=f"Use at most {longest} characters."))
        elif found := people_in(text, said=said):
            seen = ", ".join(found)
            nl, en = f"Haal weg wie de aanvrager is: {seen}.", f"Take out who the applicant is: {seen}."
            yield Fault(name, Words(nl=nl, en=en))
