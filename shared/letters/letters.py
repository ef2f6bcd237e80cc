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
from shared.events import AnswerSection, Decision, Language, Party, Words
from shared.law.calendar import AMSTERDAM, day_name, long_date
from shared.letters.phrases import spoken
from shared.letters.squares import square_address
from shared.wire import to_wire

ASSETS: Final = Path(__file__).parent / "assets"
"""The stylesheet `letter.css` with the fonts and the mark it names: all that a letter needs beside its HTML."""

_ABBREVIATIONS: Final = {
    "APV": "Algemene plaatselijke verordening",
    "Awb": "Algemene wet bestuursrecht",
    "Ow": "Omgevingswet",
    "Woo": "Wet open overheid",
}

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
    return render(
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
    return render(
        "answers.html",
        language=language,
        sections=sections,
        municipality=municipality,
        marks=marks,
        received=moment(received_at, language=language),
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
    return render(
        "statement.html",
        language=language,
        statement=statement,
        municipality=municipality,
        made=moment(made_at, language=language),
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


def render(name: str, **said: Any) -> str:
    """Fill in a template of this folder; `marks` are those at its end."""
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
        square=square_address,
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


def moment(instant: datetime, *, language: Language) -> str:
    """Say a moment (aware) as the clock in the Netherlands has it."""
    local = instant.astimezone(AMSTERDAM)
    day = long_date(local.date(), language=language)
    return f"{day}, {local:%H.%M} uur" if language == "nl" else f"{day}, {local:%H:%M}"
