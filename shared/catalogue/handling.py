"""Reading process.yaml: how the municipality handles an application."""

from __future__ import annotations

from shared.catalogue.definitions import Block, Process, Retention, RetentionStart
from shared.catalogue.nodes import Entry
from shared.catalogue.origins import Origins
from shared.law.terms import Amount, SetBy, TermRule, Unit

RESULTS = ("granted", "refused", "withdrawn", "broken_off")


def read_process(entry: Entry, *, origins: Origins) -> Process:
    """Read process.yaml; its faults are noted with the text."""
    process = Process(
        term=_term(entry),
        repair_days=entry.whole("repair_days"),
        authority=entry.text("authority"),
        signatory=entry.text("signatory"),
        legal_basis=entry.texts("legal_basis"),
        grant_reasons=_blocks(entry, "grant_reasons", origins=origins),
        refusal_grounds=_blocks(entry, "refusal_grounds", origins=origins),
        conditions=_blocks(entry, "conditions", origins=origins),
        retention=_retention(entry),
    )
    for key in ("legal_basis", "grant_reasons", "refusal_grounds"):
        if not getattr(process, key):
            entry.fault(f"A decision rests on something: '{key}' is empty (Awb 3:46, 3:47).")
    entry.close()
    return process


def _term(process: Entry) -> TermRule:
    entry = process.entry("term")
    if entry is None:
        return TermRule(amount=1, unit=Unit.weeks, set_by=SetBy.own, article="")
    extension = entry.entry_or_none("extension")
    term = TermRule(
        amount=_at_least_one(entry),
        unit=entry.one_of("unit", among=Unit) or Unit.weeks,
        set_by=entry.one_of("set_by", among=SetBy) or SetBy.own,
        article=entry.text("article"),
        extension=_extension(extension) if extension else None,
        atw_declared=entry.flag("atw_declared"),
    )
    entry.close()
    return term


def _extension(entry: Entry) -> Amount:
    amount = Amount(
        amount=_at_least_one(entry),
        unit=entry.one_of("unit", among=Unit) or Unit.weeks,
        article=entry.text("article"),
    )
    entry.close()
    return amount


def _at_least_one(entry: Entry) -> int:
    amount = entry.whole("amount")
    if amount == 0 and entry.has("amount"):
        entry.fault("A term lasts one or more.", key="amount")
    return max(1, amount)


def _blocks(process: Entry, key: str, *, origins: Origins) -> tuple[Block, ...]:
    return tuple(_block(entry, origins=origins) for entry in process.entries(key))


def _block(entry: Entry, *, origins: Origins) -> Block:
    name = origins.name(entry, thing="block")
    block = Block(
        id=name,
        text=entry.text("text"),
        because=entry.text("because"),
        source=entry.text("source"),
        when=origins.expression(entry, key="when", thing="block", owner=name),
    )
    entry.close()
    return block


def _retention(process: Entry) -> dict[str, Retention]:
    entry = process.entry("retention")
    if entry is None:
        return {}
    kept = {result: _kept(inner) for result in RESULTS if (inner := entry.entry(result))}
    entry.close()
    return kept


def _kept(entry: Entry) -> Retention:
    kept = Retention(
        number=entry.text("number"),
        years=entry.whole("years"),
        starts=entry.one_of("starts", among=RetentionStart) or RetentionStart.CLOSED,
    )
    entry.close()
    return kept
