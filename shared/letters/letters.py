"""Composes the municipality's letters as whole HTML pages; nothing a person typed can become markup."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from shared.catalogue.definitions import Municipality
from shared.events import AnswerSection, Decision, Language, Nature, Party, Words
from shared.law.calendar import AMSTERDAM, day_name, long_date
from shared.letters.phrases import spoken
from shared.letters.squares import draw_square
from shared.natures import GIVES, YOURS
from shared.values import TermLetter
from shared.wire import to_wire

ASSETS: Final = Path(__file__).parent / "assets"
"""The stylesheet `letter.css` with the fonts and the mark it names: all that a letter needs beside its HTML."""

_ABBREVIATIONS: Final = {
    "APV": "Algemene plaatselijke verordening",
    "Awb": "Algemene wet bestuursrecht",
    "Ow": "Omgevingswet",
    "Woo": "Wet open overheid",
}

_ON_SITE: Final = {
    Nature.PERMIT: Words(nl="Vergunning", en="Permit"),
    Nature.REPORT: Words(nl="Melding", en="Notification"),
}
"""What hangs on site, by what the applicant did."""
_SHORT: Final = 80
_FEW: Final = 3
"""So many facts, of so many signs at most, leave a card one page."""

_TEMPLATES = Path(__file__).parent / "templates"

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, and marks that turn the order of writing and could make a letter say something else."""


@dataclass(frozen=True, kw_only=True)
class Marks:
    """`reference` is the number of the case; a letter without `code` or `status_link` says nothing of them.

    `status_link` opens the page of the case together with the number, so only what goes to the applicant bears it.
    `check_page` is the address where anyone types the code, of which it needs nothing else.
    """

    reference: str = ""
    code: str = ""
    check_page: str = ""
    status_link: str = ""

    @property
    def check_link(self) -> str:
        """The check page with the code filled in."""
        return f"{self.check_page}?code={self.code}"

    @property
    def check_place(self) -> str:
        """The check page as people type it."""
        return self.check_page.partition("://")[2]


def compose_decision(
    decision: Decision,
    *,
    municipality: Municipality,
    marks: Marks,
    sent_on: date,
    objection_until: date,
    stylesheet: str | None = None,
) -> str:
    """Write the letter of a decision, with all that Awb 3:45 to 3:47 and 10:10 ask of it.

    `sent_on` is the date of the letter and `objection_until` the last day to object (Awb 6:7, 6:8); both are dates in
    Amsterdam. `stylesheet` is the address of `letter.css` for a preview on screen; None makes a page for the press.
    """
    return _render(
        "decision.html",
        language="nl",
        decision=decision,
        said=spoken(decision),
        municipality=municipality,
        marks=marks,
        sent_on=sent_on,
        objection_until=objection_until,
        stylesheet=stylesheet,
    )


def has_card(decision: Decision) -> bool:
    """Tell whether there is a card for on site: what is allowed at a place, and in a time that passers-by can read."""
    return bool(decision.nature in _ON_SITE and decision.result in GIVES and decision.place and decision.starts)


def compose_card(decision: Decision, *, municipality: Municipality, marks: Marks, sent_on: date) -> str:
    """Write the card to hang up on site: what, where and until when; it names nobody."""
    return _render(
        "card.html",
        language="nl",
        heading=_ON_SITE[decision.nature],
        decision=decision,
        facts=[each for each in decision.facts if len(each.text.nl) <= _SHORT][:_FEW],
        municipality=municipality,
        marks=marks,
        sent_on=sent_on,
    )


def compose_term_letter(
    letter: TermLetter, *, municipality: Municipality, marks: Marks, sent_on: date, objection_until: date
) -> str:
    """Write a letter about the term of a case; the remedies stand in it where one can object (Awb 3:45)."""
    return _render(
        "term.html",
        language="nl",
        decision=letter,
        yours=YOURS[letter.nature].nl,
        municipality=municipality,
        marks=marks,
        sent_on=sent_on,
        objection_until=objection_until,
    )


def compose_answers(
    sections: Sequence[AnswerSection],
    *,
    municipality: Municipality,
    marks: Marks,
    received_at: datetime,
    title: Words,
    language: Language,
) -> str:
    """Write the copy of what a resident filled in, theirs by Awb 2:17 lid 2; `received_at` is aware."""
    return _render(
        "answers.html",
        language=language,
        sections=sections,
        municipality=municipality,
        marks=marks,
        received=_moment(received_at, language=language),
        title=title,
    )


@dataclass(frozen=True, kw_only=True)
class Statement:
    """That nothing needs to be asked for: what it says, the rule it rests on, and the answers from which it follows."""

    heading: Words
    title: Words
    because: Words
    source: str
    sections: Sequence[AnswerSection]


def compose_statement(
    statement: Statement, *, municipality: Municipality, made_at: datetime, language: Language
) -> str:
    """Write the statement that nothing needs to be asked for; it is no decision. `made_at` is aware."""
    return _render(
        "statement.html",
        language=language,
        statement=statement,
        municipality=municipality,
        made=_moment(made_at, language=language),
    )


@dataclass(frozen=True, kw_only=True)
class EvidenceStep:
    """One thing that was done with a message: when (aware), what, at which system or address, and its answer."""

    at: datetime
    what: str
    where: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """How a message got to somebody (Awb 2:25): its facts as label and text, and each step in the order of time."""

    heading: str
    facts: Sequence[tuple[str, str]]
    steps: Sequence[EvidenceStep]


def compose_evidence(evidence: Evidence, *, municipality: Municipality, marks: Marks, made_at: datetime) -> str:
    """Write the evidence of one message, in Dutch; `made_at` is aware."""
    return _render(
        "evidence.html",
        language="nl",
        evidence=evidence,
        municipality=municipality,
        marks=marks,
        made=_moment(made_at, language="nl"),
    )


def compose_plain(
    body: Markup, *, subject: str, address: Sequence[str], municipality: Municipality, marks: Marks, sent_on: date
) -> str:
    """Write a letter whose text comes from elsewhere; `address` are the lines in the window."""
    return _render(
        "plain.html",
        language="nl",
        body=body,
        subject=subject,
        address=address,
        municipality=municipality,
        marks=marks,
        sent_on=sent_on,
    )


def draw_answers(sections: Sequence[AnswerSection], *, language: Language) -> Markup:
    """Draw what a resident filled in as tables, for a letter whose text comes from elsewhere."""
    parts: Any = _environment().get_template("parts.html").module
    return Markup(parts.answer_tables(sections, language))  # noqa: S704 the template escapes what it is given


def decision_json(decision: Decision, *, reference: str, sent_on: date, objection_until: date) -> bytes:
    """Write `besluit.json`: the decision as data inside the letter, in UTF-8 with sorted keys."""
    content = {
        "reference": reference,
        "sentOn": sent_on.isoformat(),
        "objectionUntil": objection_until.isoformat(),
        "decision": to_wire(decision),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def load_templates() -> None:
    """Read and compile the letters now, so that no first letter has to."""
    for name in ("decision.html", "term.html", "card.html", "answers.html", "statement.html"):
        _environment().get_template(name)


def _render(name: str, **said: Any) -> str:
    marks = said.setdefault("marks", Marks())
    return _environment().get_template(name).render({"stylesheet": None, "reference": marks.reference, **said})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.filters.update(
        long_date=long_date,
        weekday=day_name,
        euros=_euros,
        period=_period,
        address_lines=address_lines,
        in_sentence=_in_sentence,
        square=draw_square,
        instant=_instant,
        abbreviations=_abbreviations,
    )
    return environment


def _printable(said: Any) -> Any:
    return _UNPRINTABLE.sub("", said) if isinstance(said, str) and not isinstance(said, Markup) else said


def _abbreviations(decision: Decision) -> list[tuple[str, str]]:
    """The names of laws that the decision only names in short, for who does not know them."""
    named = [reason.source for reason in decision.reasons] + [each.source for each in decision.conditions]
    spoken = (*decision.legal_basis, *named)
    words = set(re.findall(r"\w+", " ".join((*spoken, decision.fee_source or ""))))
    return [(short, name) for short, name in _ABBREVIATIONS.items() if short in words]


def _in_sentence(text: str) -> str:
    return text[:1].lower() + text[1:]


def _euros(cents: int) -> str:
    whole, part = divmod(cents, 100)
    return f"€\u00a0{whole:,}".replace(",", ".") + f",{part:02}"


def _period(decision: Decision) -> str:
    if decision.starts is None:
        return ""
    if decision.ends is None:
        return f"vanaf {long_date(decision.starts)}"
    if decision.ends == decision.starts:
        return f"op {long_date(decision.starts)}"
    return f"van {long_date(decision.starts)} tot en met {long_date(decision.ends)}"


def address_lines(party: Party) -> list[str]:
    """The lines in the window as PostNL wants them: two spaces before the town, which stands in capitals."""
    lines = [party.organisation, f"t.a.v. {party.name}"] if party.organisation else [party.name]
    if party.address:
        at = party.address
        lines += [f"{at.street} {at.number}", f"{at.postcode}\u00a0\u00a0{at.town.upper()}"]
    return [line for line in lines if line]


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(AMSTERDAM):%d-%m-%Y %H.%M.%S}"


def _moment(instant: datetime, *, language: Language) -> str:
    local = instant.astimezone(AMSTERDAM)
    day = long_date(local.date(), language=language)
    return f"{day}, {local:%H.%M} uur" if language == "nl" else f"{day}, {local:%H:%M}"
