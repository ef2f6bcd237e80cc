"""Whether a product fits in its town: themes, teams, and the other products that it hands over to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shared.catalogue.check.expressions import names_of
from shared.catalogue.definitions import Effect, Kind, Municipality, Product, Rule
from shared.catalogue.faults import Fault, Place, nearest_name
from shared.catalogue.origins import Origins

_TAKES: Mapping[str, frozenset[Kind]] = {
    "a number": frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.AMOUNT}),
    "a date": frozenset({Kind.DATE}),
    "true or false": frozenset({Kind.YES_NO}),
    "a text": frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE}),
}


def check_town(
    product: Product, *, origins: Origins, municipality: Municipality, others: Mapping[str, Product | None]
) -> Iterator[Fault]:
    """Check the names that are the municipality's; `others` are its products, None for one with faults of its own."""
    themes = [each.id for each in municipality.themes]
    if product.theme not in themes:
        yield _missing(_place(product, origins, "theme"), "theme", product.theme, among=themes)
    teams = [each.id for each in municipality.teams]
    if product.process.team and product.process.team not in teams:
        yield _missing(_place(product, origins, ""), "team", product.process.team, among=teams)
    for task in product.process.tasks:
        if task.team and task.team not in teams:
            yield _missing(_place(product, origins, task.id), "team", task.team, among=teams)
    for rule in product.rules:
        if rule.effect is Effect.ROUTE and rule.value and rule.value not in teams:
            yield _missing(origins.places["value", rule.id], "team", rule.value, among=teams)
        if rule.effect is Effect.OTHER_PRODUCT and rule.value:
            yield from _check_other(rule, product, origins=origins, others=others)


def _check_other(
    rule: Rule, product: Product, *, origins: Origins, others: Mapping[str, Product | None]
) -> Iterator[Fault]:
    place, wanted = origins.places["value", rule.id], rule.value or ""
    if wanted == product.id:
        yield Fault(place=place, sentence="A product cannot hand over to itself.")
    elif wanted not in others:
        yield _missing(place, "product", wanted, among=others)
    elif (other := others[wanted]) is not None:
        asked = {each.id: each for each in other.questions if each.asks}
        for theirs, ours in rule.carry.items():
            where = origins.places["carry", f"{rule.id}.{theirs}"]
            if theirs not in asked:
                yield _missing(where, f"question in '{other.id}'", theirs, among=asked)
            elif not _fits(ours, asked[theirs].kind, product=product):
                sentence = f"'{ours}' cannot answer '{theirs}', a question of the kind '{asked[theirs].kind}'."
                yield Fault(place=where, sentence=sentence)


def _fits(ours: str, kind: Kind, *, product: Product) -> bool:
    """An answer goes to a question of its own kind; a calculated value to one that can hold it."""
    own = next((each for each in product.questions if each.id == ours), None)
    if own is not None:
        texts = {Kind.TEXT, Kind.LONG_TEXT}
        return own.kind is kind or {own.kind, kind} <= texts
    known = names_of(product).get(ours)
    return known is None or known.kind == "anything" or kind in _TAKES.get(known.kind, frozenset())


def _place(product: Product, origins: Origins, name: str) -> Place:
    file = "form.yaml" if name == "theme" else "process.yaml"
    return origins.places.get(("team", name), Place(file=f"{product.id}/{file}"))


def _missing(place: Place, what: str, name: str, *, among: Mapping[str, object] | list[str]) -> Fault:
    return Fault(place=place, sentence=f"There is no {what} '{name}'.", nearest=nearest_name(name, among=among))
