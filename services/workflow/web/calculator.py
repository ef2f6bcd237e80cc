"""The term calculator for staff: any term with its steps and articles; the whole question stands in the address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from services.workflow.domain.calculation import KINDS, LONGEST, MOST_STOPS, OWN, Wish, own_rule, stop, work_out
from services.workflow.domain.fault import Fault
from services.workflow.law_choices import choices, readings_of
from services.workflow.web.reading import TypedDate, read_date, read_text
from shared.access import Permission, allows
from shared.events import Words
from shared.law.terms import SetBy, Suspension, Term, TermRule, Unit

pages = Blueprint("calculator", __name__)

_UNITS = (Unit.days, Unit.working_days, Unit.weeks, Unit.months, Unit.years)


@pages.get("/termijnen")
@allows(Permission.SEE_CASES)
def show() -> ResponseReturnValue:
    """The questions, and below them the answer once they were asked."""
    form = request.args
    kind = form.get("kind", "")
    if not kind:
        return _page(kind=next(iter(KINDS)), start=read_date(MultiDict(), name="start"), stops=_blank_stops())
    start, stops = read_date(form, name="start"), _typed_stops(form)
    faults = list(_faults(form, kind=kind, start=start, stops=stops))
    if faults or start.day is None:
        return _page(kind=kind, start=start, stops=stops, faults=faults), 422
    wish = Wish(
        kind=kind,
        start=start.day,
        stops=tuple(_periods(stops)),
        longer=bool(form.get("longer")),
        own=_own(form) if kind == OWN else None,
    )
    return _page(kind=kind, start=start, stops=stops, term=work_out(wish, policy=choices()), counted_from=start.day)


Stop = tuple[TypedDate, TypedDate]


def _blank_stops() -> list[Stop]:
    return _typed_stops(MultiDict())


def _typed_stops(form: MultiDict[str, str]) -> list[Stop]:
    return [
        (read_date(form, name=f"stops.{number}.first"), read_date(form, name=f"stops.{number}.last"))
        for number in range(MOST_STOPS)
    ]


def _faults(form: MultiDict[str, str], *, kind: str, start: TypedDate, stops: list[Stop]) -> Iterator[Fault]:
    if kind not in KINDS:
        yield Fault("kind", Words(nl="Kies een termijn uit de lijst.", en="Choose a term from the list."))
    if start.fault:
        yield start.fault
    if kind == OWN and _amount(form) is None:
        yield Fault(
            "amount",
            Words(nl=f"Vul een getal in van 1 tot en met {LONGEST}.", en=f"Fill in a number from 1 to {LONGEST}."),
        )
    for number, (first, last) in enumerate(stops):
        typed = any((*first.typed.values(), *last.typed.values()))
        wrong = first.fault or last.fault
        if typed and wrong:
            yield wrong
        elif first.day and last.day and last.day < first.day:
            crossed = Words(nl="De laatste dag ligt voor de eerste dag.", en="The last day is before the first day.")
            yield Fault(f"stops.{number}.last.day", crossed)


def _periods(stops: list[Stop]) -> Iterator[Suspension]:
    for first, last in stops:
        if first.day and last.day:
            yield stop(first.day, last=last.day)


def _own(form: MultiDict[str, str]) -> TermRule:
    unit, set_by = form.get("unit", ""), form.get("set_by", "")
    return own_rule(
        amount=_amount(form) or 1,
        unit=Unit(unit) if unit in {each.value for each in _UNITS} else Unit.weeks,
        set_by=SetBy(set_by) if set_by in {each.value for each in SetBy} else SetBy.act,
    )


def _amount(form: MultiDict[str, str]) -> int | None:
    text = read_text(form, name="amount").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
    return number if 1 <= number <= LONGEST else None


def _page(
    *,
    kind: str,
    start: TypedDate,
    stops: list[Stop],
    faults: list[Fault] | None = None,
    term: Term | None = None,
    counted_from: date | None = None,
) -> str:
    return render_template(
        "calculator.html",
        kinds=KINDS,
        kind=kind,
        own=OWN,
        start=start,
        stops=stops,
        faults=faults or [],
        term=term,
        counted_from=counted_from,
        asked=request.args,
        units=[unit.value for unit in _UNITS],
        setters=[each.value for each in SetBy],
        readings=readings_of(choices()),
    )
