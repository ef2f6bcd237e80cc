"""Whether every question is asked for something: what nobody uses need not be asked (Awb 4:3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shared.catalogue.check.references import PLACEHOLDER
from shared.catalogue.definitions import Effect, Kind, Product, Question
from shared.catalogue.faults import Fault
from shared.catalogue.origins import Origins
from shared.rules.tree import Call, Field, Name, Tree, parts_of

_NOT_USED = "is used by no rule, condition, calculation, role, fact or letter. Leave it out, or say 'seen: true'."


def check_used(product: Product, *, origins: Origins) -> Iterator[Fault]:
    """Find questions and columns whose answers nothing looks at."""
    read, whole = _read(origins)
    whole |= _named(product)
    for question in product.questions:
        used = question.seen or question.prefill or question.id in whole
        if question.kind is Kind.TABLE:
            if not used:
                yield from _columns(question, read=read, whole=whole, within=f"{question.id}.", origins=origins)
        elif question.asks and question.kind is not Kind.DECLARATION and not used and question.id not in read:
            sentence = f"The question '{question.id}' {_NOT_USED}"
            yield Fault(place=origins.places["question", question.id], sentence=sentence)


def _columns(table: Question, *, read: set[str], whole: set[str], within: str, origins: Origins) -> Iterator[Fault]:
    for column in table.columns:
        if column.seen or column.id in whole:
            continue
        if column.kind is Kind.TABLE:
            inner = f"{within}{column.id}."
            yield from _columns(column, read=read, whole=whole, within=inner, origins=origins)
        elif column.id not in read:
            sentence = f"The column '{column.id}' {_NOT_USED}"
            yield Fault(place=origins.places["column", f"{within}{column.id}"], sentence=sentence)


def _read(origins: Origins) -> tuple[set[str], set[str]]:
    """Give the names that expressions read, and those of lists that they only count: counted is used as a whole."""
    read: set[str] = set()
    whole: set[str] = set()
    waiting: list[Tree] = []
    for use in origins.uses:
        own = use.owner.rpartition(".")[2]
        found: set[str] = set()
        waiting = [use.expression.tree]
        while waiting:
            tree = waiting.pop()
            if isinstance(tree, Name | Field):
                found.add(tree.name)
            if isinstance(tree, Call) and tree.function == "how_many":
                whole |= {each.name for each in tree.arguments if isinstance(each, Name | Field)}
            waiting.extend(parts_of(tree))
        read |= found - {own} if use.key == "valid" else found
    return read, whole


def _named(product: Product) -> set[str]:
    """Name what is used outside expressions."""
    roles, process = product.roles, product.process
    fixed = (getattr(roles, name) for name in roles.__dataclass_fields__ if name != "facts")
    texts = [process.subject or "", *(text for file, text in product.files.items() if file.startswith("letters/"))]
    carried = [ours for rule in product.rules for ours in rule.carry.values()]
    carried += [rule.value for rule in product.rules if rule.effect is Effect.ASK_ALSO and rule.value]
    cosign = (product.cosign.name, product.cosign.email) if product.cosign else ()
    found: list[Iterable[str | None]] = [
        fixed,
        roles.facts,
        carried,
        cosign,
        (process.permit.valid_from, process.permit.valid_until),
        (name for text in texts for name in PLACEHOLDER.findall(text)),
    ]
    return {name for names in found for name in names if name}
