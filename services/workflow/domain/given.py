"""What a decision is about in facts, and of what it gives an end and a number itself, such as a card, these two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, Protocol

from services.workflow.domain.fault import Fault
from shared.catalogue.definitions import PermitLife, Product
from shared.catalogue.evaluate import Evaluation
from shared.catalogue.lasting import NUMBER
from shared.catalogue.plan import sensitive_names
from shared.events import AnswerRow, SubmissionReceived, Words
from shared.law.calendar import long_date
from shared.law.counting import count_on
from shared.law.terms import Amount, Unit

LONGEST_NUMBER: Final = 40


class Written(Protocol):
    """What was written of it so far: the day as 2031-11-26, or as typed while it is none."""

    @property
    def until(self) -> str:
        """The last day."""

    @property
    def number(self) -> str:
        """The number that stands on what is given."""


def facts_of(submission: SubmissionReceived, *, product: Product, evaluation: Evaluation) -> Iterator[AnswerRow]:
    """Give what the product has the letter repeat; nothing that is sensitive."""
    shown = {row.question: row for section in submission.shown for row in section.rows}
    computed = {each.id: each for each in product.computed}
    hidden = sensitive_names(product)
    for fact in product.roles.facts:
        if fact in hidden:
            continue
        if fact in shown:
            yield shown[fact]
        elif fact in computed and (label := computed[fact].label) and evaluation.computed.get(fact) is not None:
            words = _in_words(evaluation.computed[fact], digits=computed[fact].digits, unit=computed[fact].unit or "")
            yield AnswerRow(question=fact, label=label, text=words)


def to_decide_on(product: Product, *, answers: Mapping[str, Any], first: Product | None = None) -> Product:
    """The product as a decision in it gives an end and a number; these are the answers of the case that gets them.

    On an objection that is the case of the `first` product (Awb 7:11 lid 2). What replaces a thing keeps its last day,
    so that may be near.
    """
    life = (first or product).process.permit
    if life.at_most_years is None:
        return product
    if life.amendment and all(answers.get(name) == value for name, value in life.amendment.items()):
        life = replace(life, at_least_months=None)
    return replace(product, process=replace(product.process, permit=life))


def last_day_in(written: Written, *, life: PermitLife) -> date | None:
    """Give the last day, where the decision says it and it is one."""
    try:
        return date.fromisoformat(written.until) if life.at_most_years else None
    except ValueError:
        return None


def number_fact(written: Written, *, life: PermitLife) -> Iterator[AnswerRow]:
    """Give the number as the letter says it, and as later applications take it over."""
    number = written.number.strip()
    if life.number and number:
        yield AnswerRow(question=NUMBER, label=life.number, text=Words(nl=number, en=number))


def faults_in_life(written: Written, *, life: PermitLife, on: date) -> Iterator[Fault]:
    """Say what is missing or wrong, for a decision on this day."""
    if life.at_most_years is None:
        return
    last, soonest = last_day_in(written, life=life), _soonest(life, on=on)
    latest = count_on(on, length=Amount(amount=life.at_most_years, unit=Unit.years, article=""))
    if last is None:
        yield Fault("until.day", Words(nl="Vul in tot en met welke dag het geldt.", en="Enter the last day."))
    elif last < on:
        yield Fault("until.day", Words(nl="Deze dag is al voorbij.", en="This day is over already."))
    elif soonest and last < soonest:
        months = life.at_least_months
        said = (
            f"Dit geldt minstens {months} maanden. Kies een dag vanaf {long_date(soonest)}.",
            f"This lasts at least {months} months. Choose a day from {long_date(soonest, language='en')} on.",
        )
        yield Fault("until.day", Words(nl=said[0], en=said[1]))
    elif last > latest:
        said = (
            f"Kies een dag tot en met {long_date(latest)}.",
            f"Choose a day up to {long_date(latest, language='en')}.",
        )
        yield Fault("until.day", Words(nl=said[0], en=said[1]))
    if life.number and not written.number.strip():
        yield Fault("number", Words(nl="Vul het nummer in.", en="Enter the number."))
    elif len(written.number) > LONGEST_NUMBER:
        most = f"Gebruik hooguit {LONGEST_NUMBER} tekens.", f"Use at most {LONGEST_NUMBER} characters."
        yield Fault("number", Words(nl=most[0], en=most[1]))


def _soonest(life: PermitLife, *, on: date) -> date | None:
    months = life.at_least_months
    return count_on(on, length=Amount(amount=months, unit=Unit.months, article="")) if months else None


def _in_words(value: object, *, digits: int | None, unit: str) -> Words:
    """Write a computed value as people read it: "8,5 m²", "10 m²", "1.250 m²"."""
    plain = f"{Decimal(str(value)):,.{digits or 0}f}" if isinstance(value, int | float) else str(value)
    if "." in plain and isinstance(value, int | float):
        plain = plain.rstrip("0").rstrip(".")
    nl = plain.translate(str.maketrans(",.", ".,")) if isinstance(value, int | float) else plain
    return Words(nl=f"{nl} {unit}".strip(), en=f"{plain} {unit}".strip())
