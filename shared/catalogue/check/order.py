"""Whether each thing is known by the time it is needed: no circles, nothing asked too late, no name used twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError

from shared.catalogue.definitions import Kind, Product
from shared.catalogue.faults import Fault, Place
from shared.catalogue.origins import Origins
from shared.catalogue.plan import in_order, rows_of, rules_asking
from shared.rules import compile_expression


def check_order(product: Product, *, origins: Origins) -> Iterator[Fault]:
    """Check names, circles, and that a condition reads only what was asked before."""
    yield from _check_shadows(product, origins)
    circles = [*_circles(product, origins)]
    yield from circles
    if not circles:
        yield from _check_late(product, origins)


def _check_shadows(product: Product, origins: Origins) -> Iterator[Fault]:
    questions = {each.id for each in product.questions}
    computed = {each.id for each in product.computed}
    for name in sorted(questions & computed):
        yield Fault(place=origins.places["computed", name], sentence=f"'{name}' is the name of a question as well.")
    for table in product.questions:
        outer = {column.id for column in table.columns}
        for column in table.columns:
            if column.id in questions | computed:
                place = origins.places["column", f"{table.id}.{column.id}"]
                yield Fault(place=place, sentence=f"The column '{column.id}' {_TAKEN}")
            for inner in column.columns:
                if inner.id in questions | computed | outer:
                    place = origins.places["column", f"{table.id}.{column.id}.{inner.id}"]
                    yield Fault(place=place, sentence=f"The column '{inner.id}' {_TAKEN}")


_TAKEN = "has the name of a question, a calculated value or another column."


def _circles(product: Product, origins: Origins) -> Iterator[Fault]:
    try:
        in_order(product)
        for table in product.questions:
            if table.kind is Kind.TABLE:
                rows_of(table.columns)
    except CycleError as error:
        circle = [str(name) for name in error.args[1]]
        uses = (use for use in origins.uses if use.owner.rpartition(".")[2] in circle)
        place = next((use.place for use in uses), Place(file=f"{product.id}/form.yaml"))
        yield Fault(place=place, sentence=f"These depend on one another in a circle: {' → '.join(circle)}.")


def _check_late(product: Product, origins: Origins) -> Iterator[Fault]:
    position = {question.id: at for at, question in enumerate(product.questions)}

    def late(names: Iterable[str], *, owner: str) -> list[str]:
        behind = questions_behind(names, product=product)
        return sorted(name for name in behind if position[name] > position[owner])

    for use in origins.uses:
        owner = use.owner.partition(".")[0]
        if use.thing in ("question", "column") and owner in position:
            for name in late(use.expression.names - _own(product, owner), owner=owner):
                yield Fault(place=use.place, sentence=f"'{name}' is asked only after '{owner}'.")
    for question in product.questions:
        for rule in rules_asking(product, question=question):
            for name in late(compile_expression(rule.when).names, owner=question.id) if rule.when else ():
                sentence = f"'{name}' is asked only after '{question.id}', which this rule asks for."
                yield Fault(place=origins.places["rule", rule.id], sentence=sentence)


def _own(product: Product, owner: str) -> set[str]:
    return {column.id for column in product.question(owner).all_columns}


def questions_behind(names: Iterable[str], *, product: Product) -> set[str]:
    """Follow calculated values down to the questions that they rest on."""
    computed = {each.id: each for each in product.computed}
    questions = {each.id for each in product.questions}
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in questions:
            found.add(name)
        elif name in computed:
            value = computed.pop(name)
            waiting.extend(compile_expression(value.formula).names if value.formula else ())
            waiting.extend([value.table] if value.table else [])
    return found
