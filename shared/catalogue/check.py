"""Checks over a whole product: every name exists, is known in time and fits, and fees leave no gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from graphlib import CycleError
from itertools import pairwise

from shared.catalogue.definitions import Effect, Fee, Kind, Product, Question, Rule
from shared.catalogue.faults import Fault, Place, nearest_name
from shared.catalogue.origins import Origins, Use
from shared.catalogue.plan import in_order

_ROLE_KINDS: dict[str, tuple[Kind, ...]] = {
    "applicant_kind": (Kind.CHOICE,),
    "name": (Kind.TEXT,),
    "organisation": (Kind.TEXT,),
    "kvk": (Kind.KVK,),
    "email": (Kind.EMAIL,),
    "phone": (Kind.PHONE,),
    "address": (Kind.ADDRESS,),
    "place": (Kind.ADDRESS, Kind.LOCATION, Kind.TEXT, Kind.LONG_TEXT),
    "starts": (Kind.DATE, Kind.PERIOD),
    "ends": (Kind.DATE, Kind.PERIOD),
    "bsn": (Kind.BSN,),
    "branch": (Kind.BRANCH,),
}


def check_product(product: Product, *, origins: Origins) -> list[Fault]:
    """Find what only shows when all texts of a product lie side by side."""
    names = [fault for use in origins.uses for fault in _check_names(use, product)]
    faults = [*names, *_check_shadows(product, origins), *_check_roles(product, origins)]
    faults += [*_check_order(product, origins), *_check_fees(product, origins)]
    return faults


def _check_names(use: Use, product: Product) -> Iterator[Fault]:
    questions = {each.id: each for each in product.questions}
    tables = {name: each for name, each in questions.items() if each.kind == Kind.TABLE}
    own: dict[str, Question] = {}
    for name in use.tables:
        if name not in tables | own:
            yield _unknown(use, "table", name, among=tables)
        else:
            own |= {column.id: column for column in (tables | own)[name].columns}
    tables |= {name: each for name, each in own.items() if each.kind == Kind.TABLE}
    known = {*questions, *own, *(each.id for each in product.computed)}
    for name in sorted(use.expression.names - known):
        yield _unknown(use, "question", name, among=known)
    for name in sorted(use.expression.bound & known):
        yield Fault(place=use.place, sentence=f"'{name}' is the name of a question; call the row something else.")
    for table, column in sorted(use.expression.columns):
        columns = {each.id for each in tables[table].columns} if table in tables else set()
        if column not in columns:
            yield _unknown(use, f"column of '{table}'", column, among=columns)
    for target, text in sorted(use.expression.compared):
        yield from _check_code(use, _column_of(target, tables) or own.get(target) or questions.get(target), text)


def _check_code(use: Use, question: Question | None, text: str) -> Iterator[Fault]:
    codes = {choice.value for choice in question.choices} if question else set()
    if question and codes and text not in codes:
        yield _unknown(use, f"answer to '{question.id}'", text, among=codes)


def _column_of(target: str, tables: dict[str, Question]) -> Question | None:
    table, _, name = target.partition(".")
    columns = tables[table].columns if table in tables else ()
    return next((column for column in columns if column.id == name), None)


def _check_shadows(product: Product, origins: Origins) -> Iterator[Fault]:
    questions = {each.id for each in product.questions}
    computed = {each.id for each in product.computed}
    for name in sorted(questions & computed):
        yield Fault(place=origins.places["computed", name], sentence=f"'{name}' is the name of a question as well.")
    for table in product.questions:
        for name in sorted({column.id for column in table.columns} & (questions | computed)):
            place = origins.places["column", f"{table.id}.{name}"]
            yield Fault(place=place, sentence=f"The column '{name}' has the name of a question or calculated value.")


def _check_order(product: Product, origins: Origins) -> Iterator[Fault]:
    try:
        in_order(product)
    except CycleError as error:
        circle = [str(name) for name in error.args[1]]
        place = next((use.place for use in origins.uses if use.owner in circle), Place(file=product.id))
        yield Fault(place=place, sentence=f"These depend on one another in a circle: {' → '.join(circle)}.")
        return
    position = {question.id: at for at, question in enumerate(product.questions)}
    for use in origins.uses:
        if use.thing == "question" and use.owner in position:
            late = {
                name
                for name in _questions_behind(use.expression.names, product, origins)
                if position[name] > position[use.owner]
            }
            for name in sorted(late):
                yield Fault(place=use.place, sentence=f"'{name}' is asked only after '{use.owner}'.")


def _questions_behind(names: Iterable[str], product: Product, origins: Origins) -> set[str]:
    """Follow calculated values down to the questions that they rest on."""
    formulas = {use.owner: use for use in origins.uses if use.thing == "computed"}
    questions = {each.id for each in product.questions}
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in questions:
            found.add(name)
        elif name in formulas:
            use = formulas.pop(name)
            waiting.extend(use.expression.names | set(use.tables))
    return found


def _check_roles(product: Product, origins: Origins) -> Iterator[Fault]:
    questions = {each.id: each for each in product.questions}
    for role, kinds in _ROLE_KINDS.items():
        name = getattr(product.roles, role)
        place = origins.places.get(("role", role), Place(file=f"{product.id}/form.yaml"))
        if name and name not in questions:
            nearest = nearest_name(name, among=questions)
            yield Fault(place=place, sentence=f"There is no question '{name}'.", nearest=nearest)
        elif name and questions[name].kind not in kinds:
            yield Fault(place=place, sentence=f"The role '{role}' needs a question of the kind {' or '.join(kinds)}.")
    known = {*questions, *(each.id for each in product.computed if each.label)}
    for name in product.roles.facts:
        if name not in known:
            nearest = nearest_name(name, among=known)
            sentence = f"There is no question or shown value '{name}'."
            yield Fault(place=origins.places["role", "facts"], sentence=sentence, nearest=nearest)


def _check_fees(product: Product, origins: Origins) -> Iterator[Fault]:
    classes: dict[str, list[Fee]] = {}
    for fee in sorted(product.fees, key=lambda each: each.valid_from):
        classes.setdefault(fee.fee_class, []).append(fee)
    rules = [rule for rule in product.rules if rule.effect == Effect.FEE and rule.value]
    for rule in rules:
        place = origins.places["rule", rule.id]
        if rule.value not in classes:
            nearest = nearest_name(rule.value or "", among=classes)
            yield Fault(place=place, sentence=f"The fee class '{rule.value}' does not exist.", nearest=nearest)
        else:
            yield from (Fault(place=place, sentence=said) for said in _uncovered(rule, classes[rule.value]))
    for fee_class, fees in classes.items():
        for earlier, later in pairwise(fees):
            yield from _check_joint(earlier, later, place=_place(later, origins))
        if fee_class not in {rule.value for rule in rules}:
            yield Fault(place=_place(fees[0], origins), sentence=f"No rule leads to the fee class '{fee_class}'.")


def _uncovered(rule: Rule, fees: list[Fee]) -> Iterator[str]:
    first, last = fees[0], fees[-1]
    if first.valid_from > rule.valid_from:
        yield f"From {rule.valid_from} there is no fee for class '{rule.value}' until {first.valid_from}."
    if last.valid_until is not None and (rule.valid_until or date.max) > last.valid_until:
        yield f"After {last.valid_until} there is no fee for class '{rule.value}'."


def _check_joint(earlier: Fee, later: Fee, *, place: Place) -> Iterator[Fault]:
    if earlier.valid_until is None or earlier.valid_until >= later.valid_from:
        yield Fault(place=place, sentence=f"Two fees of class '{later.fee_class}' count on {later.valid_from}.")
    elif earlier.valid_until + timedelta(days=1) < later.valid_from:
        sentence = f"After {earlier.valid_until} there is no fee of class '{later.fee_class}' until {later.valid_from}."
        yield Fault(place=place, sentence=sentence)


def _place(fee: Fee, origins: Origins) -> Place:
    return origins.places["fee", f"{fee.fee_class} {fee.valid_from}"]


def _unknown(use: Use, what: str, name: str, *, among: Iterable[str]) -> Fault:
    return Fault(place=use.place, sentence=f"There is no {what} '{name}'.", nearest=nearest_name(name, among=among))
