"""Whether everything that is named exists: in roles, rules, tasks, the second signatory, the permit and the letters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from shared.catalogue.check.expressions import names_of
from shared.catalogue.check.kinds import DATE, NUMBER
from shared.catalogue.definitions import Effect, Kind, Product, Rule
from shared.catalogue.faults import Fault, Place, nearest_name
from shared.catalogue.origins import Origins, Thing
from shared.catalogue.plan import sensitive_names

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
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
    "represented": (Kind.TEXT,),
    "objects_to": (Kind.TEXT,),
    "supporters": (Kind.INTEGER,),
}
_NEEDED = ("name", "email")


def check_references(product: Product, *, origins: Origins) -> Iterator[Fault]:
    """Check every name outside expressions that must be one of this product's own."""
    yield from _check_roles(product, origins)
    yield from _check_rules(product, origins)
    yield from _check_by_rule(product, origins)
    yield from _check_tasks(product, origins)
    yield from _check_cosign(product, origins)
    yield from _check_shown(product, origins)
    yield from _check_permit(product, origins)
    yield from _check_placeholders(product, origins)


def _check_roles(product: Product, origins: Origins) -> Iterator[Fault]:
    questions = {each.id: each for each in product.questions if each.asks}
    for role, kinds in _ROLE_KINDS.items():
        name = getattr(product.roles, role)
        place = origins.places.get(("role", role), Place(file=f"{product.id}/form.yaml"))
        if name and name not in questions:
            yield _missing(place, "question", name, among=questions)
        elif name and name not in origins.vague and questions[name].kind not in kinds:
            yield Fault(place=place, sentence=f"The role '{role}' needs a question of the kind {' or '.join(kinds)}.")
        elif name and role in _NEEDED and questions[name].must is None:
            sentence = f"Nobody can be written to without the {role}: the question '{name}' needs 'must' with a reason."
            yield Fault(place=origins.places["question", name], sentence=sentence)
    known, hidden = {*questions, *(each.id for each in product.computed if each.label)}, _sensitive_in(product)
    for name in product.roles.facts:
        place = origins.places["role", "facts"]
        yield from _check_said(place, "question or shown value", name, among=known, hidden=hidden)


def _check_rules(product: Product, origins: Origins) -> Iterator[Fault]:
    named: dict[Effect, tuple[str, Iterable[str]]] = {
        Effect.ASK_ALSO: ("question", [each.id for each in product.questions if each.asks]),
        Effect.TASK: ("task", [each.id for each in product.process.tasks]),
        Effect.ADVICE: ("adviser", [each.id for each in product.process.advisers]),
    }
    for rule in product.rules:
        what, among = named.get(rule.effect, ("", ()))
        if what and rule.value and rule.value not in among:
            yield _missing(_value_of(rule, origins), what, rule.value, among=among)
        elif rule.effect is Effect.ASK_ALSO and rule.value and not product.question(rule.value).by_rule:
            sentence = f"The question '{rule.value}' is always asked; it needs 'by_rule: true'."
            yield Fault(place=_value_of(rule, origins), sentence=sentence)
        ours = {each.id for each in product.questions if each.asks} | {each.id for each in product.computed}
        for theirs, name in rule.carry.items():
            if name not in ours:
                place = origins.places["carry", f"{rule.id}.{theirs}"]
                yield _missing(place, "question or calculated value", name, among=ours)


def _check_by_rule(product: Product, origins: Origins) -> Iterator[Fault]:
    asked = {rule.value for rule in product.rules if rule.effect is Effect.ASK_ALSO}
    added = {rule.value for rule in product.rules if rule.effect is Effect.TASK}
    for question in product.questions:
        if question.by_rule and question.id not in asked:
            sentence = f"No rule asks for the question '{question.id}', so nobody ever sees it."
            yield Fault(place=origins.places["question", question.id], sentence=sentence)
    for task in product.process.tasks:
        if task.by_rule and task.id not in added:
            yield Fault(place=origins.places["task", task.id], sentence=f"No rule adds the task '{task.id}'.")


def _check_tasks(product: Product, origins: Origins) -> Iterator[Fault]:
    known = {each.id: each for each in product.process.tasks}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for task in product.process.tasks:
        sorter.add(task.id, *task.after)
        for name in task.after:
            if name not in known:
                yield _missing(origins.places["after", task.id], "task", name, among=known)
            elif known[name].afterwards and not task.afterwards:
                sentence = f"'{name}' comes after the decision, so a task before it cannot wait for that."
                yield Fault(place=origins.places["after", task.id], sentence=sentence)
    try:
        sorter.prepare()
    except CycleError as error:
        circle = [str(name) for name in error.args[1]]
        place = origins.places.get(("after", circle[0]), origins.places["task", circle[0]])
        yield Fault(place=place, sentence=f"These tasks wait for one another in a circle: {' → '.join(circle)}.")


def _check_cosign(product: Product, origins: Origins) -> Iterator[Fault]:
    if product.cosign is None:
        return
    questions = {each.id: each for each in product.questions if each.asks}
    for key, name, kind in (("name", product.cosign.name, Kind.TEXT), ("email", product.cosign.email, Kind.EMAIL)):
        if not name:
            continue
        place = origins.places["cosign", key]
        if name not in questions:
            yield _missing(place, "question", name, among=questions)
        elif questions[name].kind is not kind:
            yield Fault(place=place, sentence=f"The second signatory's {key} needs a question of the kind '{kind}'.")


def _check_shown(product: Product, origins: Origins) -> Iterator[Fault]:
    single = {each.id for each in product.computed if not each.table}
    for question in product.questions:
        if question.shows and question.shows not in single:
            yield _missing(origins.places["shows", question.id], "calculated value", question.shows, among=single)
    numbers = {name for name, kind in names_of(product).items() if kind == NUMBER} & single
    for fee in product.fees:
        if fee.per and fee.per not in numbers:
            place = origins.places["fee", f"{fee.fee_class} {fee.valid_from}"]
            yield _missing(place, "calculated number", fee.per, among=numbers)


def _check_permit(product: Product, origins: Origins) -> Iterator[Fault]:
    days = {name for name, kind in names_of(product).items() if kind == DATE} - {"today"}
    days |= {each.id for each in product.questions if each.kind is Kind.PERIOD} | origins.vague
    for key in ("valid_from", "valid_until"):
        name = getattr(product.process.permit, key)
        if name and name not in days:
            yield _missing(origins.places["permit", key], "date or period", name, among=days)
    life, texts = product.process.permit, {each.id for each in product.questions if each.kind is Kind.TEXT}
    if life.number_in and life.number_in not in texts | origins.vague:
        yield _missing(origins.places["permit", "number_in"], "short text", life.number_in, among=texts)
    choices = {each.id: [one.value for one in each.choices] for each in product.questions if each.kind is Kind.CHOICE}
    for key, answers in (("renewal", life.renewal), ("amendment", life.amendment)):
        for name, value in answers.items():
            place = origins.places["permit", f"{key}.{name}"]
            if name not in choices and name not in origins.vague:
                yield _missing(place, "question of the kind 'choice'", name, among=choices)
            elif value not in choices.get(name, [value]):
                yield _missing(place, f"answer to '{name}'", value, among=choices[name])


def _check_placeholders(product: Product, origins: Origins) -> Iterator[Fault]:
    known = {each.id for each in product.questions if each.asks}
    known |= {each.id for each in product.computed if not each.table}
    hidden, what = _sensitive_in(product), "question or calculated value"
    for name in PLACEHOLDER.findall(product.process.subject or ""):
        place = origins.places["permit", "subject"]
        yield from _check_said(place, what, name, among=known, hidden=hidden)
    for file, text in product.files.items():
        if not file.startswith("letters/"):
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            for found in PLACEHOLDER.finditer(line):
                place = Place(file=f"{product.id}/{file}", line=number, column=found.start(1) + 1)
                yield from _check_said(place, what, found[1], among=known, hidden=hidden)


def _check_said(
    place: Place, what: str, name: str, *, among: Collection[str], hidden: Collection[str]
) -> Iterator[Fault]:
    if name not in among:
        yield _missing(place, what, name, among=among)
    elif name in hidden:
        yield Fault(place=place, sentence=f"'{name}' is sensitive, so no letter may say it.")


def _sensitive_in(product: Product) -> Collection[str]:
    """What no letter may say; nothing while circles are to be mended first."""
    try:
        return sensitive_names(product)
    except CycleError:
        return ()


def _value_of(rule: Rule, origins: Origins) -> Place:
    thing: Thing = "value"
    return origins.places[thing, rule.id]


def _missing(place: Place, what: str, name: str, *, among: Iterable[str]) -> Fault:
    return Fault(place=place, sentence=f"There is no {what} '{name}'.", nearest=nearest_name(name, among=among))
