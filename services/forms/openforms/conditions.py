"""When a question counts: the simple conditions of its components, and the rules of logic that show or hide it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.forms.openforms.archive import Export, Item, items_of, text_of
from services.forms.openforms.comparing import equals
from services.forms.openforms.components import Made
from services.forms.openforms.jsonlogic import translate, translate_value
from services.forms.openforms.leftovers import Leftovers
from services.forms.openforms.parts import NotCarriedError, Type, Variable
from shared.events import Words

_DECIDED_TWICE = Words(
    nl="Regels die dit tonen en verbergen gaan niet samen. Schrijf zelf de voorwaarde.",
    en="Rules that show and hide this do not go together. Write the condition yourself.",
)
_ALWAYS_HIDDEN = Words(
    nl="Deze vraag staat op verborgen. Bij ons komt zij nu altijd.", en="This question is hidden. Here it always comes."
)
_FROM_STEP = Words(
    nl="De regel geldt daar pas vanaf een stap; hier altijd.", en="There the rule holds from a step on; here always."
)
_ACTION = Words(nl="Wat deze regel doet, nemen wij niet over.", en="We do not carry over what this rule does.")
_BLOCKS = Words(
    nl="Wij houden niemand tegen. Maak een regel die waarschuwt.", en="We block nobody. Make a rule that warns."
)
_SETS = Words(nl="Een regel die een antwoord invult, kennen wij niet.", en="We have no rule that fills in an answer.")


@dataclass(kw_only=True)
class Verdicts:
    """What rules say of one component or step: conditions that show it, and conditions that hide it."""

    shows: list[str] = field(default_factory=list)
    hides: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class Logic:
    """The rules of an export, carried as far as they go."""

    names: Mapping[str, Variable]
    left: Leftovers
    of: dict[str, Verdicts] = field(default_factory=lambda: defaultdict(Verdicts))
    values: dict[str, tuple[str, Type]] = field(default_factory=dict)


def not_carried(error: NotCarriedError) -> Words:
    """Why a part of logic stays behind."""
    what = text_of(str(error))
    return Words(nl=f"Wij kennen dit niet: {what}.", en=f"We do not know this: {what}.")


def read_logic(export: Export, *, names: Mapping[str, Variable], left: Leftovers) -> Logic:
    """Read all rules of logic."""
    logic = Logic(names=names, left=left)
    own = {text_of(each.get("key")): each for each in export.variables if each.get("source") == "user_defined"}
    for number, rule in enumerate(export.logic, start=1):
        place = f"logicaregel {number}" + (f" ‘{told}’" if (told := text_of(rule.get("description"))) else "")
        try:
            trigger = translate(rule.get("json_logic_trigger"), names=names)
        except NotCarriedError as error:
            left.leave(rule.get("json_logic_trigger"), at=place, why=not_carried(error))
            continue
        if rule.get("trigger_from_step"):
            left.leave(rule["trigger_from_step"], at=place, why=_FROM_STEP)
        for action in items_of(rule.get("actions")):
            _act(action, trigger=trigger, logic=logic, own=own, place=place)
    return logic


def when_of(made: Made, *, logic: Logic, step: Item, names: Mapping[str, Variable]) -> str | None:
    """The condition of a question: its own, those of the groups around it, and those of its step."""
    found = [*_of_component(made.component, place=made.place, logic=logic, names=names)]
    for group in made.groups:
        found += _of_component(group, place=made.place, logic=logic, names=names)
    step_id, absent = text_of(step.get("uuid")), step.get("is_applicable") is False
    verdicts = logic.of.get(f"step {step_id}")
    found += _of_verdicts(verdicts, hidden=absent, name=step_id, place=made.place, left=logic.left)
    unique = list(dict.fromkeys(found))
    return " && ".join(f"({each})" for each in unique) if len(unique) > 1 else unique[0] if unique else None


def _of_component(component: Item, *, place: str, logic: Logic, names: Mapping[str, Variable]) -> Iterator[str]:
    """The conditions on one component; what cannot be carried is told at its place."""
    simple = component.get("conditional")
    if isinstance(simple, dict) and text_of(simple.get("when")):
        try:
            yield _simple(simple, names=names)
        except NotCarriedError as error:
            logic.left.leave(simple, at=place, why=not_carried(error))
    key = text_of(component.get("key"))
    verdicts = logic.of.get(key)
    hidden = component.get("hidden") is True
    if hidden and verdicts is None and not (isinstance(simple, dict) and text_of(simple.get("when"))):
        logic.left.leave(key, at=place, why=_ALWAYS_HIDDEN)
    yield from _of_verdicts(verdicts, hidden=hidden, name=key, place=place, left=logic.left)


def _of_verdicts(verdicts: Verdicts | None, *, hidden: bool, name: str, place: str, left: Leftovers) -> Iterator[str]:
    if verdicts is None:
        return
    if verdicts.shows and verdicts.hides:
        left.leave(name, at=place, why=_DECIDED_TWICE)
    elif verdicts.shows and hidden:
        yield _either(verdicts.shows)
    elif verdicts.hides and not hidden:
        yield f"!({_either(verdicts.hides)})"


def _simple(simple: Mapping[str, Any], *, names: Mapping[str, Variable]) -> str:
    key, shows = text_of(simple.get("when")), simple.get("show")
    if key not in names:
        raise NotCarriedError(f"de vraag ‘{key}’")
    if shows not in (True, False, "true", "false"):
        raise NotCarriedError(f"show: {shows}")
    same = equals(names[key], simple.get("eq"))
    return same if shows in (True, "true") else f"!({same})"


def _act(action: Item, *, trigger: str, logic: Logic, own: Mapping[str, Item], place: str) -> None:
    """Carry one action of a rule."""
    what = action.get("action")
    kind = text_of(what.get("type")) if isinstance(what, dict) else ""
    target, variable = text_of(action.get("component")), text_of(action.get("variable"))
    match kind:
        case "property" if isinstance(what, dict) and _property(what) == "hidden":
            verdicts = logic.of[target]
            (verdicts.hides if what.get("state") is True else verdicts.shows).append(trigger)
        case "step-not-applicable" | "step-applicable":
            step = text_of(action.get("form_step_uuid")) or text_of(action.get("form_step")).rpartition("/")[2]
            verdicts = logic.of[f"step {step}"]
            (verdicts.hides if kind == "step-not-applicable" else verdicts.shows).append(trigger)
        case "variable" if isinstance(what, dict) and variable in own:
            _set(own[variable], value=what.get("value"), trigger=trigger, logic=logic, place=place)
        case "variable":
            logic.left.leave(variable, at=place, why=_SETS)
        case "disable-next":
            logic.left.leave(trigger, at=place, why=_BLOCKS)
        case _:
            name = f"{kind} {_property(what)}".strip() if isinstance(what, dict) else "?"
            logic.left.leave(f"{name}: {target or trigger}", at=place, why=_ACTION)


def _property(what: Mapping[str, Any]) -> str:
    property_ = what.get("property")
    return text_of(property_.get("value")) if isinstance(property_, dict) else ""


def _set(variable: Item, *, value: Any, trigger: str, logic: Logic, place: str) -> None:
    """A rule that sets a variable of the form: a calculated value, with what it is at first for all other cases."""
    key, first = text_of(variable.get("key")), variable.get("initial_value")
    try:
        then, kind = translate_value(value, names=logic.names)
        otherwise, other = translate_value(first, names=logic.names)
    except NotCarriedError as error:
        logic.left.leave(key, at=place, why=not_carried(error))
        return
    if key in logic.values or kind != other or kind in ("list", "rows", "date"):
        logic.left.leave(key, at=place, why=_SETS)
        return
    logic.values[key] = (f"({trigger}) ? {then} : {otherwise}", kind)


def _either(conditions: Iterable[str]) -> str:
    unique = list(dict.fromkeys(conditions))
    return " || ".join(f"({each})" for each in unique) if len(unique) > 1 else unique[0]
