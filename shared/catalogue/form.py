"""Reading the rest of form.yaml: what it is about, calculated values, rules, fees, and which answer is which."""

from __future__ import annotations

from dataclasses import dataclass, fields

from shared.catalogue.definitions import (
    About,
    CompanyLevel,
    Computed,
    Cosign,
    Effect,
    Fee,
    Nature,
    Payment,
    PaymentMoment,
    PersonLevel,
    Roles,
    Rule,
    SignIn,
    Step,
)
from shared.catalogue.nodes import Entry
from shared.catalogue.origins import Origins
from shared.catalogue.questions import read_steps
from shared.events import Words

_NEEDS_VALUE = {
    Effect.OTHER_PRODUCT: "the other product",
    Effect.ASK_ALSO: "the question",
    Effect.FEE: "the fee class",
    Effect.ROUTE: "the team",
    Effect.TASK: "the task",
    Effect.ADVICE: "the adviser",
}


@dataclass(frozen=True, kw_only=True)
class Form:
    """All of form.yaml."""

    title: Words
    nature: Nature
    theme: str
    synonyms: tuple[str, ...]
    sign_in: SignIn
    payment: Payment
    cosign: Cosign | None
    about: About
    steps: tuple[Step, ...]
    computed: tuple[Computed, ...]
    rules: tuple[Rule, ...]
    fees: tuple[Fee, ...]
    roles: Roles


def read_form(entry: Entry, *, origins: Origins) -> Form:
    """Read form.yaml; its faults are noted with the text."""
    origins.places["team", "theme"] = entry.place("theme")
    form = Form(
        title=entry.words("title"),
        nature=entry.one_of("nature", among=Nature) or Nature.PERMIT,
        theme=entry.text("theme"),
        synonyms=entry.texts("synonyms"),
        sign_in=_sign_in(entry),
        payment=_payment(entry),
        cosign=_cosign(entry, origins=origins),
        about=_about(entry),
        steps=read_steps(entry, origins=origins),
        computed=tuple(_computed(each, origins=origins) for each in entry.entries("computed")),
        rules=tuple(_rule(each, origins=origins) for each in entry.entries("rules")),
        fees=tuple(_fee(each, origins=origins) for each in entry.entries("fees")),
        roles=_roles(entry, origins=origins),
    )
    if not form.steps:
        entry.fault("A form needs steps.")
    if form.cosign and _asks(form.cosign.sign_in) and not _asks(form.sign_in):
        entry.fault("Who cosigns signs in only where the applicant does, else the applicant could.", key="cosign")
    entry.close()
    return form


def _sign_in(asking: Entry) -> SignIn:
    """How the applicant signs in, or a second signatory."""
    entry = asking.entry_or_none("sign_in")
    if entry is None:
        return SignIn()
    sign_in = SignIn(
        person=entry.one_of_or_none("person", among=PersonLevel) or PersonLevel.NONE,
        company=entry.one_of_or_none("company", among=CompanyLevel) or CompanyLevel.NONE,
        confirm_email=entry.words_or_none("confirm_email"),
    )
    if sign_in.confirm_email and _asks(sign_in):
        entry.fault("Who signs in confirms no e-mail address: leave one of both out.", key="confirm_email")
    entry.close()
    return sign_in


def _asks(sign_in: SignIn) -> bool:
    return (sign_in.person, sign_in.company) != (PersonLevel.NONE, CompanyLevel.NONE)


def _payment(form: Entry) -> Payment:
    entry = form.entry_or_none("payment")
    if entry is None:
        return Payment()
    moment = entry.one_of("moment", among=PaymentMoment) or PaymentMoment.INVOICE
    before = moment is PaymentMoment.BEFORE_SENDING
    payment = Payment(moment=moment, because=entry.words("because") if before else None)
    entry.close()
    return payment


def _cosign(form: Entry, *, origins: Origins) -> Cosign | None:
    entry = form.entry_or_none("cosign")
    if entry is None:
        return None
    for key in ("name", "email"):
        origins.places["cosign", key] = entry.place(key)
    cosign = Cosign(
        when=origins.expression(entry, key="when", thing="cosign", owner="cosign"),
        name=entry.text("name"),
        email=entry.text("email"),
        who=entry.words("who"),
        because=entry.words("because"),
        sign_in=_sign_in(entry),
    )
    if cosign.sign_in.confirm_email:
        entry.fault("Who cosigns has a link by e-mail: leave 'confirm_email' out.", key="sign_in")
    entry.close()
    return cosign


def _about(form: Entry) -> About:
    entry = form.entry("about")
    if entry is None:
        nothing = Words(nl="", en="")
        return About(summary=nothing, needed_when=(), not_needed_when=(), at_hand=(), minutes=0, apply_before=None)
    about = About(
        summary=entry.words("summary"),
        needed_when=entry.words_list("needed_when"),
        not_needed_when=entry.words_list("not_needed_when"),
        at_hand=entry.words_list("at_hand"),
        minutes=entry.whole("minutes"),
        apply_before=entry.words_or_none("apply_before"),
        costs=entry.words_or_none("costs"),
        open=entry.flag("open", default=True),
    )
    entry.close()
    return about


def _computed(entry: Entry, *, origins: Origins) -> Computed:
    name = origins.name(entry, thing="computed")
    table = entry.text_or_none("table")
    tables = (table,) if table else ()
    if not entry.has("formula"):
        entry.fault("The key 'formula' is missing.")
    computed = Computed(
        id=name,
        formula=origins.expression(entry, key="formula", thing="computed", owner=name, tables=tables) or "",
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
    effect = entry.one_of("effect", among=Effect) or Effect.WARN
    rule = Rule(
        id=name,
        when=origins.expression(entry, key="when", thing="rule", owner=name) or "",
        effect=effect,
        because=entry.words("because"),
        source=entry.text("source"),
        valid_from=entry.day("valid_from"),
        valid_until=entry.day_or_none("valid_until"),
        value=entry.text_or_none("value") if effect in _NEEDS_VALUE else None,
        carry=_carry(entry, rule=name, origins=origins) if effect is Effect.OTHER_PRODUCT else {},
        assumed=entry.flag("assumed"),
    )
    if effect in _NEEDS_VALUE and rule.value is None:
        entry.fault(f"The rule '{name}' needs a 'value': {_NEEDS_VALUE[effect]}.")
    origins.places.setdefault(("value", name), entry.place("value"))
    _check_dates(entry, rule)
    entry.close()
    return rule


def _carry(entry: Entry, *, rule: str, origins: Origins) -> dict[str, str]:
    inner = entry.entry_or_none("carry")
    if inner is None:
        return {}
    theirs = inner.keys()
    for name in theirs:
        origins.places["carry", f"{rule}.{name}"] = inner.place(name)
    return {name: ours for name in theirs if (ours := inner.text_or_none(name))}


def _fee(entry: Entry, *, origins: Origins) -> Fee:
    fee = Fee(
        fee_class=entry.text("class"),
        cents=entry.whole("cents"),
        valid_from=entry.day("valid_from"),
        valid_until=entry.day_or_none("valid_until"),
        source=entry.text("source"),
        label=entry.words("label"),
        per=entry.text_or_none("per"),
        fixed_cents=entry.whole("fixed_cents", default=0) if entry.has("per") else 0,
        assumed=entry.flag("assumed"),
    )
    origins.places.setdefault(("fee", f"{fee.fee_class} {fee.valid_from}"), entry.place())
    _check_dates(entry, fee)
    entry.close()
    return fee


def _roles(form: Entry, *, origins: Origins) -> Roles:
    entry = form.entry("roles")
    others = [each.name for each in fields(Roles) if each.name not in ("name", "email", "facts")]
    if entry is None:
        return Roles(name="", email="", facts=(), **dict.fromkeys(others))
    for key in (each.name for each in fields(Roles)):
        if entry.has(key):
            origins.places[("role", key)] = entry.place(key)
    may_lack = {key: entry.text_or_none(key) for key in others}
    roles = Roles(name=entry.text("name"), email=entry.text("email"), facts=entry.texts("facts"), **may_lack)
    entry.close()
    return roles


def _check_dates(entry: Entry, dated: Rule | Fee) -> None:
    if dated.valid_until is not None and dated.valid_until < dated.valid_from:
        entry.fault("This ends before it begins.", key="valid_until")
