"""Reading the rest of form.yaml: what it is about, calculated values, rules, fees, and which answer is which."""

from __future__ import annotations

from dataclasses import dataclass, fields

from shared.catalogue.definitions import About, Computed, Effect, Fee, Roles, Rule, Step
from shared.catalogue.nodes import Entry
from shared.catalogue.origins import Origins
from shared.catalogue.questions import read_steps
from shared.events import Words

_NEEDS_VALUE = (Effect.FEE, Effect.ADVICE)


@dataclass(frozen=True, kw_only=True)
class Form:
    """All of form.yaml."""

    title: Words
    synonyms: tuple[str, ...]
    about: About
    steps: tuple[Step, ...]
    computed: tuple[Computed, ...]
    rules: tuple[Rule, ...]
    fees: tuple[Fee, ...]
    roles: Roles


def read_form(entry: Entry, *, origins: Origins) -> Form:
    """Read form.yaml; its faults are noted with the text."""
    form = Form(
        title=entry.words("title"),
        synonyms=entry.texts("synonyms"),
        about=_about(entry),
        steps=read_steps(entry, origins=origins),
        computed=tuple(_computed(each, origins=origins) for each in entry.entries("computed")),
        rules=tuple(_rule(each, origins=origins) for each in entry.entries("rules")),
        fees=tuple(_fee(each, origins=origins) for each in entry.entries("fees")),
        roles=_roles(entry, origins=origins),
    )
    if not form.steps:
        entry.fault("A form needs steps.")
    entry.close()
    return form


def _about(form: Entry) -> About:
    entry = form.entry("about")
    if entry is None:
        nothing = Words(nl="", en="")
        return About(summary=nothing, needed_when=(), not_needed_when=(), at_hand=(), minutes=0, apply_before=nothing)
    about = About(
        summary=entry.words("summary"),
        needed_when=entry.words_list("needed_when"),
        not_needed_when=entry.words_list("not_needed_when"),
        at_hand=entry.words_list("at_hand"),
        minutes=entry.whole("minutes"),
        apply_before=entry.words("apply_before"),
    )
    entry.close()
    return about


def _computed(entry: Entry, *, origins: Origins) -> Computed:
    name = origins.name(entry, thing="computed")
    table = entry.text_or_none("table")
    if not entry.has("formula"):
        entry.fault("The key 'formula' is missing.")
    computed = Computed(
        id=name,
        formula=origins.expression(entry, key="formula", thing="computed", owner=name, table=table) or "",
        table=table,
        label=entry.words_or_none("label"),
        unit=entry.text_or_none("unit"),
        digits=entry.whole("digits", default=2),
    )
    entry.close()
    return computed


def _rule(entry: Entry, *, origins: Origins) -> Rule:
    name = origins.name(entry, thing="rule")
    if not entry.has("when"):
        entry.fault(f"The rule '{name}' has no 'when'.")
    rule = Rule(
        id=name,
        when=origins.expression(entry, key="when", thing="rule", owner=name) or "",
        effect=entry.one_of("effect", among=Effect) or Effect.WARN,
        because=entry.words("because"),
        source=entry.text("source"),
        valid_from=entry.day("valid_from"),
        valid_until=entry.day_or_none("valid_until"),
        value=entry.text_or_none("value"),
        assumed=entry.flag("assumed"),
    )
    if rule.effect in _NEEDS_VALUE and rule.value is None:
        entry.fault(f"The rule '{name}' needs a 'value': {'the fee class' if rule.effect == 'fee' else 'the adviser'}.")
    _check_dates(entry, rule)
    entry.close()
    return rule


def _fee(entry: Entry, *, origins: Origins) -> Fee:
    fee = Fee(
        fee_class=entry.text("class"),
        cents=entry.whole("cents"),
        valid_from=entry.day("valid_from"),
        valid_until=entry.day_or_none("valid_until"),
        source=entry.text("source"),
        label=entry.words("label"),
        assumed=entry.flag("assumed"),
    )
    origins.places.setdefault(("fee", f"{fee.fee_class} {fee.valid_from}"), entry.place())
    _check_dates(entry, fee)
    entry.close()
    return fee


def _roles(form: Entry, *, origins: Origins) -> Roles:
    entry = form.entry("roles")
    if entry is None:
        empty = {each.name: None for each in fields(Roles) if each.name not in ("name", "email", "facts")}
        return Roles(name="", email="", facts=(), **empty)
    for key in (each.name for each in fields(Roles)):
        if entry.has(key):
            origins.places[("role", key)] = entry.place(key)
    roles = Roles(
        applicant_kind=entry.text_or_none("applicant_kind"),
        name=entry.text("name"),
        organisation=entry.text_or_none("organisation"),
        kvk=entry.text_or_none("kvk"),
        email=entry.text("email"),
        phone=entry.text_or_none("phone"),
        address=entry.text_or_none("address"),
        place=entry.text_or_none("place"),
        starts=entry.text_or_none("starts"),
        ends=entry.text_or_none("ends"),
        facts=entry.texts("facts"),
    )
    entry.close()
    return roles


def _check_dates(entry: Entry, dated: Rule | Fee) -> None:
    if dated.valid_until is not None and dated.valid_until < dated.valid_from:
        entry.fault("This ends before it begins.", key="valid_until")
