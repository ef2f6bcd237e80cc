"""What a rule brings about when it fires, in words for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.catalogue.definitions import Effect, Product, Rule
from shared.events import Words
from shared.natures import NOT_NEEDED

_WORDS: Final[Mapping[Effect, tuple[str, str]]] = {
    Effect.NOT_NEEDED: ("Gevolg: {}.", "Result: {}."),
    Effect.AT_ONCE: ("Gevolg: het gaat waarschijnlijk snel.", "Result: it will probably be quick."),
    Effect.LIKELY_REFUSAL: ("Gevolg: misschien zeggen wij nee.", "Result: we may say no."),
    Effect.WARN: ("Gevolg: u leest deze waarschuwing in het formulier.", "Result: you read this warning in the form."),
    Effect.OTHER_PRODUCT: ("Gevolg: een ander formulier past beter: {}.", "Result: another form fits better: {}."),
    Effect.ASK_ALSO: ("Gevolg: wij vragen ook: {}.", "Result: we also ask: {}."),
    Effect.FEE: ("Gevolg: u betaalt {}.", "Result: you pay {}."),
    Effect.ROUTE: ("Gevolg: dit team behandelt het: {}.", "Result: this team handles it: {}."),
    Effect.TASK: ("Gevolg: wij doen ook: {}.", "Result: we also do: {}."),
    Effect.ADVICE: ("Gevolg: wij vragen advies aan: {}.", "Result: we ask advice of: {}."),
}
_SOME: Final = Words(nl="een ander", en="another")


def consequence_of(rule: Rule, *, product: Product, named: Mapping[str, Words]) -> Words:
    """What happens when this rule fires; `named` are the words of what is not in the product: forms, teams, prices."""
    nl, en = _WORDS[rule.effect]
    name = _name(rule, product=product, named=named)
    return Words(nl=_ended(nl.format(name.nl)), en=_ended(en.format(name.en)))


def _ended(said: str, /) -> str:
    """A question has its own sign at the end."""
    return said.replace("?.", "?")


def _name(rule: Rule, *, product: Product, named: Mapping[str, Words]) -> Words:
    match rule.effect:
        case Effect.NOT_NEEDED:
            told = NOT_NEEDED[product.nature]
            return Words(nl=told.nl[:1].lower() + told.nl[1:], en=told.en[:1].lower() + told.en[1:])
        case Effect.ASK_ALSO:
            own = {each.id: each.label for each in product.questions}
        case Effect.TASK:
            own = {each.id: each.title for each in product.process.tasks}
        case Effect.ADVICE:
            own = {each.id: Words(nl=each.name, en=each.name) for each in product.process.advisers}
        case _:
            own = dict(named)
    return own.get(rule.value or "", _SOME)
