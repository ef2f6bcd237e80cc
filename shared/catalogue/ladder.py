"""Reading the ladder of process.yaml: who is told when a date comes near or passes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from shared.catalogue.definitions import USUAL_LADDER, Anchor, Rank, Rung
from shared.catalogue.nodes import Entry

LONGEST = 260
"""Working days in a year: no step lies further from its date."""
_ORDER = tuple(Rank)


def read_ladder(process: Entry, *, has_norm: bool) -> tuple[Rung, ...]:
    """Read `escalation`; a product that has none follows the usual ladder."""
    if not process.has("escalation"):
        return USUAL_LADDER
    entries = process.entries("escalation")
    if not entries:
        process.fault("A ladder without steps tells nobody; leave it out for the usual one.", key="escalation")
    rungs = [_rung(entry, has_norm=has_norm) for entry in entries]
    _check_order(rungs, entries=entries)
    return tuple(rungs)


def _rung(entry: Entry, *, has_norm: bool) -> Rung:
    before, after = (entry.whole(key, default=0) for key in ("before", "after"))
    if entry.has("before") == entry.has("after"):
        entry.fault("A step says how many working days 'before' or 'after' its date, one of the two.")
    for key, days in (("before", before), ("after", after)):
        if days > LONGEST:
            entry.fault(f"A step lies at most {LONGEST} working days from its date.", key=key)
    of = entry.one_of("of", among=Anchor) or Anchor.DECISION
    if of is Anchor.NORM and not has_norm:
        entry.fault("This product has no service_norm to count from.", key="of")
    rung = Rung(days=after - before, of=of, tell=entry.one_of("tell", among=Rank) or Rank.HANDLER)
    entry.close()
    return rung


def _check_order(rungs: Sequence[Rung], *, entries: Sequence[Entry]) -> None:
    """See that no step stands there twice, and that for one date nobody hears before who stands nearer to the case."""
    for (one, _), (other, entry) in combinations(zip(rungs, entries, strict=True), 2):
        if one == other:
            entry.fault("This step stands there twice.")
        elif one.of is other.of and _out_of_order(one, other):
            entry.fault("A ladder goes up: the handler hears first, then the lead, then the manager.", key="tell")


def _out_of_order(one: Rung, other: Rung) -> bool:
    higher, lower = (one, other) if _ORDER.index(one.tell) > _ORDER.index(other.tell) else (other, one)
    return one.tell is not other.tell and higher.days < lower.days
