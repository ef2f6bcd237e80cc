"""Every letter there is, each with next to nothing in it and with all that a person could type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, product
from typing import Final, Literal, get_args

from markupsafe import Markup

from services.notify.sheets import (
    Evidence,
    EvidenceStep,
    compose_card,
    compose_evidence,
    compose_plain,
    compose_term_letter,
)
from shared.events import AnswerSection, Decision, Nature, Reason, Result, Words
from shared.letters.letters import Statement, compose_statement
from shared.natures import ON_OBJECTION
from shared.values import TermLetter, WeighedView
from tests.shared.letters.samples import (
    DECISIONS,
    EVIL,
    GRANTED,
    HOSTILE,
    MARKS,
    MUNICIPALITY,
    NOW,
    SENT_ON,
    SHORT,
    UNTIL,
    answers_page,
    row,
    words,
)

EVERYTHING: Final = ("kort", "Een lange zin met veel woorden. " * 120, "מכולה ברחוב عند الباب", HOSTILE)
TEXTS: Final = {"empty": ("",), "full": EVERYTHING}
"""What stands in a letter where a person types: nothing, or something short, long, from right to left and hostile."""


def every_page() -> Iterator[tuple[str, str, str]]:
    """Give the name, the language and the page of each letter but those of decisions."""
    for kind, texts in TEXTS.items():
        for name, page in _pages(texts).items():
            yield f"{name}, {kind}", "en" if name.endswith(" en") else "nl", page


def every_decision() -> Iterator[tuple[str, Decision]]:
    """Give a decision of each kind with each result that it can have: the samples in turn, short, long and hostile."""
    samples = cycle(DECISIONS.items())
    for nature, result in product(Nature, get_args(Result)):
        if (result in ON_OBJECTION) == (nature is Nature.OBJECTION):
            name, sample = next(samples)
            views = (WeighedView(summary=HOSTILE, answer=name, changes=result == "granted"),) * (len(name) % 3)
            yield f"{nature} {result}, {name}", replace(sample, nature=nature, result=result, views=views)


def _pages(texts: tuple[str, ...]) -> dict[str, str]:
    section = AnswerSection(title=words(texts[-1] or "Wat"), rows=tuple(row(text[:80], text) for text in texts))
    return {
        "answers nl": answers_page(section),
        "answers en": answers_page(section, language="en"),
        "statement nl": _statement(section, english=False),
        "statement en": _statement(section, english=True),
        "extension": _term(texts, kind="extension"),
        "penalty": _term(texts, kind="penalty"),
        "withdrawal": _term(texts, kind="withdrawal"),
        "conditions": _term(texts, kind="conditions"),
        "plain": _plain(texts),
        "card": _card(texts),
        "evidence": _evidence(texts),
    }


def _statement(section: AnswerSection, *, english: bool) -> str:
    said = Statement(
        heading=Words(nl="U hebt geen vergunning nodig", en="You do not need a permit"),
        title=GRANTED.title,
        because=section.rows[-1].text,
        source=section.rows[-1].text.nl,
        sections=(section,),
    )
    return compose_statement(said, municipality=MUNICIPALITY, made_at=NOW, language="en" if english else "nl")


def _term(texts: tuple[str, ...], *, kind: Literal["extension", "penalty", "withdrawal", "conditions"]) -> str:
    applicant = SHORT.applicant if texts == ("",) else EVIL.applicant
    letter = TermLetter(
        kind=kind,
        nature=GRANTED.nature,
        title=GRANTED.title,
        applicant=applicant,
        received_on=GRANTED.received_on,
        subject=texts[-1],
        outcome="Wij beslissen uiterlijk op 5 januari 2027.",
        reasons=tuple(Reason(text=text, source=text[:90]) for text in texts),
        objection=kind != "extension",
        handler=texts[-1],
        signatory=texts[-1],
        authority=GRANTED.authority,
    )
    return compose_term_letter(letter, municipality=MUNICIPALITY, marks=MARKS, sent_on=SENT_ON, objection_until=UNTIL)


def _plain(texts: tuple[str, ...]) -> str:
    body = Markup("").join(
        Markup("<h2>{}</h2><p class='typed'>{}</p>").format(text[:60] or "-", text) for text in texts
    )
    return compose_plain(
        body, subject=texts[-1] or "-", address=texts[:1], municipality=MUNICIPALITY, marks=MARKS, sent_on=SENT_ON
    )


def _card(texts: tuple[str, ...]) -> str:
    shown = replace(
        GRANTED,
        title=words(texts[-1]),
        place=" ".join(texts),
        facts=tuple(row(text, text[:60]) for text in texts),
        ends=None,
    )
    return compose_card(shown, municipality=MUNICIPALITY, marks=replace(MARKS, status_link=""), sent_on=SENT_ON)


def _evidence(texts: tuple[str, ...]) -> str:
    steps = [EvidenceStep(at=NOW, what=text, where=text, answer=text) for text in texts if text]
    proof = Evidence(heading=texts[-1] or "-", facts=[(text[:60], text) for text in texts], steps=steps)
    return compose_evidence(proof, municipality=MUNICIPALITY, marks=MARKS, made_at=NOW)
