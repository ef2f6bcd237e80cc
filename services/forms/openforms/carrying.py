"""Makes the texts of a product of an export: a draft for the functional administrator, with what stayed behind.

What an export does not know is not made up: why something is asked and on which article stays open, and the checker
asks for it. The handling is a beginning with the general term of the Awb.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from services.forms.openforms.archive import Export, Item, items_of, text_of
from services.forms.openforms.components import Made, Maker
from services.forms.openforms.conditions import Logic, read_logic, when_of
from services.forms.openforms.leftovers import Leftover, Leftovers
from services.forms.openforms.parts import Type, Variable
from shared.events import Words

_SETTING = Words(nl="Deze instelling nemen wij niet over.", en="We do not carry over this setting.")
_SIGN_IN = Words(nl="Deze manier van inloggen kennen wij niet.", en="We do not know this way to sign in.")
_VARIABLE = Words(nl="Deze variabele nemen wij niet over.", en="We do not carry over this variable.")
_ENGLISH = Words(nl="Het Engels ontbreekt. Nu staat er Nederlands.", en="The English is missing. Now it is Dutch.")
_SETTINGS: Final = (
    *("registration_backends", "payment_backend", "product", "appointment_options", "submission_confirmation_template"),
    *(
        "explanation_template",
        "introduction_page_content",
        "confirmation_email_template",
        "auto_login_authentication_backend",
    ),
)
_LEVELS: Final[Mapping[str, tuple[str, str]]] = {
    "digid": ("person", "midden"),
    "digid_oidc": ("person", "midden"),
    "eherkenning": ("company", "eh2plus"),
    "eherkenning_oidc": ("company", "eh2plus"),
}
_TYPES: Final[Mapping[str, Type]] = {"string": "text", "boolean": "bool", "int": "number", "float": "number"}
_MOST_ENGLISH: Final = 5
"""So many texts without English are named; of more only how many there are."""

PROCESS: Final = """# Een begin: controleer de termijn, het team en de teksten van het besluit.
nature_of_outcome: decision
term: {amount: 8, unit: weeks, set_by: act, article: "Awb 4:13"}
repair_days: 14
authority: het college van burgemeester en wethouders
signatory: Teamleider Vergunningen
legal_basis: ["Awb 4:13"]
team: permits
tasks:
  - {id: check-application, title: {nl: Controleer de aanvraag, en: Check the application}}
grant_reasons: []
refusal_grounds: []
conditions: []
"""


@dataclass(frozen=True, kw_only=True)
class Carried:
    """The texts of the product by relative path, and all that stayed behind."""

    product: str
    files: Mapping[str, str]
    left: tuple[Leftover, ...]


def carry_over(export: Export) -> Carried:
    """Make the texts of a product of an export."""
    left = Leftovers()
    maker = Maker(left=left)
    pages = [
        (step, name or f"Stap {number}", tuple(maker.make(components, at=f"stap {number} ‘{name}’")))
        for number, (step, name, components) in enumerate(export.steps, start=1)
    ]
    made = [each for _, _, questions in pages for each in questions]
    names = {each.key: each.variable for each in made if each.variable}
    names |= _own_variables(export, maker=maker, left=left)
    logic = read_logic(export, names=names, left=left)
    for step, _, questions in pages:
        for each in questions:
            _finish(each, logic=logic, step=step, names=names)
    form = _form(export, pages=[(name, questions) for _, name, questions in pages], maker=maker, logic=logic)
    _tell_english(maker)
    found = tuple(left.found)
    files = {"form.yaml": _with_list(form, left=found), "process.yaml": PROCESS}
    return Carried(product=_address(export.form), files=files, left=found)


def _own_variables(export: Export, *, maker: Maker, left: Leftovers) -> dict[str, Variable]:
    """The variables of the form that a rule sets: they become calculated values."""
    actions = [action for rule in export.logic for action in items_of(rule.get("actions"))]
    set_by_rules = {text_of(action.get("variable")) for action in actions}
    names: dict[str, Variable] = {}
    for variable in export.variables:
        key, kind = text_of(variable.get("key")), _TYPES.get(text_of(variable.get("data_type")))
        if variable.get("source") != "user_defined":
            continue
        if key in set_by_rules and kind:
            names[key] = Variable(name=maker.name(key), type=kind)
        else:
            left.leave(key, at="variabelen", why=_VARIABLE)
    return names


def _finish(made: Made, *, logic: Logic, step: Item, names: Mapping[str, Variable]) -> None:
    """Add to a question when it counts, and whether it may stay open; likewise to the columns of a table."""
    when = when_of(made, logic=logic, step=step, names=names)
    if when:
        made.text["when"] = when
    if made.text["kind"] == "text_block":
        return
    checks = made.component.get("validate")
    required = isinstance(checks, dict) and checks.get("required") is True
    if not required:
        made.text["optional"] = True
    columns = {column.key: column.variable for column in made.columns if column.variable}
    own = {f"{made.key}.{key}": column for key, column in columns.items()}
    for column in made.columns:
        _finish(column, logic=logic, step={}, names={**names, **columns, **own})


def _form(export: Export, *, pages: list[tuple[str, tuple[Made, ...]]], maker: Maker, logic: Logic) -> dict[str, Any]:
    title = text_of(export.form.get("name")) or "Formulier"
    form: dict[str, Any] = {
        "title": maker.words(title, component=export.form, member="name"),
        "nature": "request",
        "theme": "information",
        "synonyms": [],
        **_sign_in(export.form, left=maker.left),
        "about": {"summary": maker.words(title, component=export.form, member="name"), "at_hand": [], "minutes": 10},
        "steps": [
            _step(name, questions, number=at, maker=maker) for at, (name, questions) in enumerate(pages, start=1)
        ],
    }
    computed = [{"id": logic.names[key].name, "formula": formula} for key, (formula, _) in logic.values.items()]
    _tell_settings(export.form, left=maker.left)
    return {**form, **({"computed": computed} if computed else {}), "rules": [], "fees": [], "roles": _roles(pages)}


def _step(name: str, questions: tuple[Made, ...], *, number: int, maker: Maker) -> dict[str, Any]:
    words = maker.words(name, component={}, member="name")
    return {"id": f"step-{number}", "title": words, "short": words, "questions": [each.text for each in questions]}


def _roles(pages: list[tuple[str, tuple[Made, ...]]]) -> dict[str, Any]:
    """Which answer is the name and which the e-mail address, as far as their questions say so; both must be given."""
    made = [each for _, questions in pages for each in questions]
    email = next((each for each in made if each.text["kind"] == "email"), None)
    called = [each for each in made if each.text["kind"] == "text" and "naam" in each.text["label"]["nl"].lower()]
    roles: dict[str, Any] = {}
    for role, found in (("name", called[0] if called else None), ("email", email)):
        if found is None:
            continue
        roles[role] = found.text["id"]
        found.text.pop("optional", None)
        found.text["must"] = {
            "nl": "Zonder dit kunnen wij u niet antwoorden.",
            "en": "Without this we cannot answer you.",
        }
    return {**roles, "facts": []}


def _sign_in(form: Item, *, left: Leftovers) -> dict[str, Any]:
    levels: dict[str, str] = {}
    for backend in items_of(form.get("auth_backends")):
        name = text_of(backend.get("backend"))
        if name in _LEVELS:
            who, level = _LEVELS[name]
            levels[who] = level
        else:
            left.leave(name, at="inloggen", why=_SIGN_IN)
    return {"sign_in": levels} if levels else {}


def _tell_settings(form: Item, *, left: Leftovers) -> None:
    for name in _SETTINGS:
        setting = form.get(name)
        if not setting:
            continue
        found = [text_of(each.get("backend")) or text_of(each.get("name")) for each in items_of(setting)]
        left.leave(f"{name}: {', '.join(found)}" if found else name, at="formulier", why=_SETTING)


def _tell_english(maker: Maker) -> None:
    texts = list(dict.fromkeys(maker.untranslated))
    for text in texts[:_MOST_ENGLISH]:
        maker.left.leave(text, at="vertaling", why=_ENGLISH)
    if len(texts) > _MOST_ENGLISH:
        maker.left.leave(f"en {len(texts) - _MOST_ENGLISH} andere teksten", at="vertaling", why=_ENGLISH)


def _with_list(form: Mapping[str, Any], *, left: tuple[Leftover, ...]) -> str:
    """The text of the form, under a list of what stayed behind, so that it is not forgotten."""
    lines = [f"# - {each.place}: ‘{each.name}’. {each.why.nl}" for each in left]
    head = ["# Overgenomen uit Open Formulieren. Dit is niet overgenomen:", *lines] if left else []
    text = yaml.dump(form, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)
    return "\n".join([*head, text])


def _address(form: Item) -> str:
    """The name of the product, from the address of the form."""
    name = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in text_of(form.get("slug")).lower())
    name = "-".join(part for part in name.split("-") if part)[:60].strip("-")
    return name if name[:1].isalpha() else f"formulier-{name}".strip("-")


class _Plain(yaml.SafeDumper):
    """Writes the same text twice instead of pointing at the first."""

    def ignore_aliases(self, _data: Any) -> bool:
        """Never point."""
        return True
