"""What two people change in one draft comes together; where both wrote, nothing is overwritten."""

from __future__ import annotations

from services.workflow.domain.decision import Draft, OwnCondition
from services.workflow.domain.merging import known_after, merge

ROW = OwnCondition(text="Veeg elke dag.")
BASE = Draft(result="granted", blocks=("a", "b"), own_reason="Begin", own_conditions=(ROW,))


def test_blocks_come_together_one_by_one_and_never_clash() -> None:
    mine = Draft(result="granted", blocks=("b", "c"), own_reason="Begin", own_conditions=(ROW,))
    theirs = Draft(result="granted", blocks=("a", "b", "d"), own_reason="Begin", own_conditions=(ROW,))
    merged = merge(mine, base=BASE, theirs=theirs)
    assert (merged.draft.blocks, merged.clashes) == (("b", "d", "c"), ())


def test_the_same_change_twice_is_no_clash_and_an_empty_row_is_no_change() -> None:
    mine = Draft(result="refused", blocks=("a", "b"), own_reason="Begin", own_conditions=(ROW, OwnCondition()))
    theirs = Draft(result="refused", blocks=("a", "b"), own_reason="Anders", own_conditions=())
    merged = merge(mine, base=BASE, theirs=theirs)
    assert merged.clashes == ()
    assert merged.draft == theirs
    assert merge(mine, base=BASE, theirs=BASE).draft.own_conditions == (ROW, OwnCondition())


def test_a_clash_keeps_theirs_shows_ones_own_and_stays_until_it_was_seen() -> None:
    mine = Draft(result="refused", blocks=("a", "b"), own_reason="Van mij", own_conditions=(ROW,))
    theirs = Draft(result="granted", blocks=("a", "b"), own_reason="Van haar", own_conditions=(ROW,))
    merged = merge(mine, base=BASE, theirs=theirs)
    assert merged.clashes == ("own_reason",)
    assert (merged.draft.result, merged.draft.own_reason) == ("refused", "Van haar")
    assert merged.with_own(mine).own_reason == "Van mij"
    known = known_after(mine, base=BASE, clashes=merged.clashes)
    assert merge(mine, base=known, theirs=merged.draft).clashes == ("own_reason",)


def test_for_a_page_that_nobody_knows_of_every_difference_is_a_clash() -> None:
    mine = Draft(result="refused", blocks=("a",), own_reason="Begin", own_conditions=(ROW,))
    merged = merge(mine, base=None, theirs=BASE)
    assert (merged.draft, merged.clashes) == (BASE, ("result", "blocks"))
