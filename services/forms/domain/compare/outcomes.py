"""What changed in what follows from answers: calculated values, rules, fees, and how the municipality handles it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from services.forms.domain.compare.model import Difference, Differences, Part, Weight, quoted, say
from shared.catalogue.definitions import Computed, Effect, Fee, Product, Rule
from shared.events import Words

COSMETIC, ADDITIVE, BREAKING = Weight.COSMETIC, Weight.ADDITIVE, Weight.BREAKING
_DECIDE = frozenset({Effect.NOT_NEEDED, Effect.OTHER_PRODUCT, Effect.AT_ONCE, Effect.FEE})
_HANDLING: Mapping[str, tuple[str, str]] = {
    "nature_of_outcome": ("wat u van ons krijgt", "what you get from us"),
    "term": ("onze termijn", "our term"),
    "service_norm": ("hoe snel wij willen zijn", "how fast we want to be"),
    "procedure": ("de procedure", "the procedure"),
    "silence": ("wat er gebeurt als wij niets laten horen", "what happens when we say nothing"),
    "repair_days": ("hoe lang u een aanvraag kunt aanvullen", "how long you can complete an application"),
    "authority": ("wie beslist", "who decides"),
    "signatory": ("wie tekent", "who signs"),
    "legal_basis": ("de wet waar het besluit op rust", "the law that the decision rests on"),
    "team": ("welk team het doet", "which team does it"),
    "four_eyes": ("of twee mensen beslissen", "whether two people decide"),
    "publish": ("of wij het bekendmaken", "whether we announce it"),
    "sample_percent": ("hoeveel wij steekproefsgewijs bekijken", "how much we look at by sample"),
    "advisers": ("wie advies geeft", "who gives advice"),
    "tasks": ("de taken", "the tasks"),
    "subject": ("hoe het besluit heet", "what the decision is called"),
    "permit": ("hoe lang het geldt", "how long it is valid"),
    "escalation": ("wie het hoort als een termijn nadert", "who hears it when a term comes near"),
    "retention": ("hoe lang wij het bewaren", "how long we keep it"),
}


def compare_outcomes(old: Product, new: Product, /) -> Differences:
    """Compare calculated values, rules and fees."""
    yield from _computed(old, new)
    yield from _rules(old, new)
    yield from _fees(old, new)
    if old.payment != new.payment:
        yield _told("costs", "payment", ADDITIVE, "U betaalt op een ander moment.", "You pay at another moment.")
    if old.roles != new.roles:
        weight = BREAKING if _party(old) != _party(new) else ADDITIVE
        yield _told(
            "rules", "roles", weight, "Het besluit gebruikt andere antwoorden.", "The decision uses other answers."
        )


def compare_handling(old: Product, new: Product, /) -> Differences:
    """Compare all of process.yaml, and the letters."""
    for key, (nl, en) in _HANDLING.items():
        if getattr(old.process, key) != getattr(new.process, key):
            yield _told(
                "handling", key, ADDITIVE, "Dit is nu anders: {}.", "This is now different: {}.", Words(nl=nl, en=en)
            )
    if _letters(old) != _letters(new):
        yield _told("handling", "letters", ADDITIVE, "De brieven zijn anders.", "The letters are different.")
    before = {block.id: block for block in old.process.blocks}
    after = {block.id: block for block in new.process.blocks}
    for name, block in (before | after).items():
        text = Words(nl=block.text, en=block.id)
        if name not in before:
            yield _told("handling", name, ADDITIVE, "Nieuw in het besluit: {}", "New in the decision: {}", text)
        elif name not in after:
            yield _told(
                "handling", name, ADDITIVE, "Niet meer in het besluit: {}", "No longer in the decision: {}", text
            )
        elif before[name] != block:
            yield _told("handling", name, ADDITIVE, "Anders in het besluit: {}", "Different in the decision: {}", text)


def _letters(product: Product) -> dict[str, str]:
    return {file: text for file, text in product.files.items() if file.startswith("letters/")}


def _party(product: Product) -> tuple[object, ...]:
    return tuple(getattr(product.roles, each.name) for each in fields(product.roles) if each.name != "facts")


def _computed(old: Product, new: Product) -> Differences:
    before = {each.id: each for each in old.computed}
    after = {each.id: each for each in new.computed}
    for name, computed in (before | after).items():
        called = quoted(computed.label or Words(nl=computed.id, en=computed.id))
        known = before.get(name)
        if known is None:
            yield _told("rules", name, ADDITIVE, "Wij rekenen nu ook {} uit.", "We now also work out {}.", called)
        elif name not in after:
            yield _told("rules", name, ADDITIVE, "Wij rekenen {} niet meer uit.", "We no longer work out {}.", called)
        elif _formula(known) != _formula(computed):
            yield _told("rules", name, BREAKING, "Wij rekenen {} anders uit.", "We work out {} differently.", called)
        elif known != computed:
            yield _told("rules", name, COSMETIC, "De woorden van {} zijn anders.", "The words of {} differ.", called)


def _formula(computed: Computed) -> tuple[object, ...]:
    return computed.formula, computed.table


def _rules(old: Product, new: Product) -> Differences:
    before = {rule.id: rule for rule in old.rules}
    after = {rule.id: rule for rule in new.rules}
    for name, rule in (before | after).items():
        why, known = rule.because, before.get(name)
        if known is None:
            yield _told("rules", name, _weight(rule, new=True), "Nieuwe regel: {}", "New rule: {}", why)
        elif name not in after:
            yield _told("rules", name, _weight(rule), "Deze regel is er niet meer: {}", "This rule is gone: {}", why)
        elif _logic(known) != _logic(rule):
            weight = BREAKING if BREAKING in (_weight(known), _weight(rule)) else ADDITIVE
            yield _told(
                "rules", name, weight, "Deze regel werkt nu anders: {}", "This rule now works differently: {}", why
            )
        elif known != rule:
            yield _told("rules", name, COSMETIC, "De uitleg is anders: {}", "This is explained differently: {}", why)


def _weight(rule: Rule, *, new: bool = False) -> Weight:
    """A rule that decides on the outcome or the price breaks when it changes; a new one may take nothing away."""
    generous = rule.effect in (Effect.NOT_NEEDED, Effect.AT_ONCE, Effect.OTHER_PRODUCT)
    return BREAKING if rule.effect in _DECIDE and not (new and generous) else ADDITIVE


def _logic(rule: Rule) -> tuple[object, ...]:
    return rule.when, rule.effect, rule.value, rule.valid_from, rule.valid_until, dict(rule.carry)


def _fees(old: Product, new: Product) -> Differences:
    before = {(fee.fee_class, fee.valid_from): fee for fee in old.fees}
    after = {(fee.fee_class, fee.valid_from): fee for fee in new.fees}
    for key, fee in (before | after).items():
        yield from _fee(before.get(key), after.get(key), label=quoted(fee.label))


def _fee(old: Fee | None, new: Fee | None, *, label: Words) -> Differences:
    """Compare one price; a new one is for days that had none, or none any more."""
    if new is None:
        name = old.fee_class if old else ""
        yield _told("costs", name, BREAKING, "Deze prijs is er niet meer: {}.", "This price is gone: {}.", label)
    elif old is None:
        day = Words(nl=f"{new.valid_from:%d-%m-%Y}", en=f"{new.valid_from:%d-%m-%Y}")
        yield _told(
            "costs", new.fee_class, ADDITIVE, "Vanaf {} kost {} {}.", "From {} on {} costs {}.", day, label, _price(new)
        )
    elif _price(old) != _price(new):
        yield _told(
            "costs",
            new.fee_class,
            BREAKING,
            "{} kost nu {} (eerst {}).",
            "{} now costs {} (was {}).",
            label,
            _price(new),
            _price(old),
        )
    elif old.valid_until != new.valid_until:
        yield _told(
            "costs",
            new.fee_class,
            ADDITIVE,
            "De prijs van {} eindigt op een andere dag.",
            "The price of {} ends on another day.",
            label,
        )
    elif old != new:
        yield _told(
            "costs",
            new.fee_class,
            COSMETIC,
            "De uitleg bij de prijs van {} is anders.",
            "The price of {} is explained differently.",
            label,
        )


def _price(fee: Fee) -> Words:
    amount = _euro(fee.cents)
    if fee.per is None:
        return amount
    per, fixed = Words(nl=fee.per, en=fee.per), _euro(fee.fixed_cents)
    return say("{} per {} en {} vast", "{} per {} and {} fixed", amount, per, fixed)


def _euro(cents: int) -> Words:
    text = f"{cents / 100:.2f}"
    return Words(nl=f"€ {text.replace('.', ',')}", en=f"€ {text}")


def _told(part: Part, subject: str, weight: Weight, nl: str, en: str, *names: Words) -> Difference:
    return Difference(part=part, subject=subject, weight=weight, text=say(nl, en, *names))
