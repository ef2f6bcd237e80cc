"""A look at what is sensitive in an application: why somebody may take it, and what they then read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from shared.catalogue.definitions import Kind, Product, Sensitive
from shared.catalogue.plan import sensitive_names
from shared.events import AnswerRow, AnswerSection, RuleOutcome, SubmissionReceived, Words

REASONS: Final[Mapping[str, Words]] = {
    "handling": Words(nl="Ik behandel deze zaak", en="I handle this case"),
    "advising": Words(nl="Ik geef advies over deze zaak", en="I advise on this case"),
    "asked": Words(nl="De aanvrager vraagt ernaar", en="The applicant asks about it"),
    "checking": Words(nl="Ik controleer het werk van een collega", en="I check the work of a colleague"),
}
"""Why somebody looks; a choice and no free text, so that nothing of the content gets into the audit log."""


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What somebody reads of one kind: the answers by step, and what the rules made of them."""

    sections: tuple[AnswerSection, ...]
    rules: tuple[RuleOutcome, ...]


def hidden_kinds(submission: SubmissionReceived, *, product: Product) -> tuple[Sensitive, ...]:
    """Say what kinds of answers are sealed in an application, whether or not anything was filled in."""
    kinds = set(sensitive_names(product).values()) if submission.sealed else set()
    return tuple(kind for kind in Sensitive if kind in kinds)


def questions_of(kind: Sensitive, *, product: Product) -> tuple[str, ...]:
    """Name the questions of this kind, asked or not: which were asked tells something too."""
    return tuple(each.id for each in product.questions if each.asks and sensitive_names(product).get(each.id) is kind)


def kind_of_file(question: str, *, product: Product) -> Sensitive | None:
    """Say how sensitive a file is; one that came later, outside the form, counts as the gravest that the form asks."""
    names = sensitive_names(product)
    if question in {each.id for each in product.questions}:
        return names.get(question)
    return Sensitive.HEALTH if Sensitive.HEALTH in names.values() else None


def look_at(kind: Sensitive, *, whole: SubmissionReceived, clear: SubmissionReceived, product: Product) -> Sight:
    """Give what is of this kind in an application; a number of a person is written in full."""
    names = {name for name, of in sensitive_names(product).items() if of is kind}
    known = {rule.rule for rule in clear.rules}
    sections = (
        AnswerSection(title=section.title, rows=tuple(_rows(section, names=names, whole=whole, product=product)))
        for section in whole.shown
    )
    return Sight(
        sections=tuple(section for section in sections if section.rows),
        rules=tuple(rule for rule in whole.rules if rule.rule not in known) if kind is Sensitive.HEALTH else (),
    )


def _rows(
    section: AnswerSection, *, names: set[str], whole: SubmissionReceived, product: Product
) -> Iterator[AnswerRow]:
    numbers = {each.id for each in product.questions if each.kind is Kind.BSN}
    for row in section.rows:
        if row.question in names and row.question in numbers and row.question in whole.answers:
            number = whole.answers[row.question]
            yield AnswerRow(question=row.question, label=row.label, text=Words(nl=number, en=number))
        elif row.question in names:
            yield row
