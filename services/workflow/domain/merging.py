"""Two people on one draft: what each of them changed comes together, and what both changed is told apart."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

from services.workflow.domain.decision import Draft

_FIELDS: Final = tuple(field.name for field in fields(Draft) if field.name != "blocks")
"""What is one text or one choice; the chosen building blocks come together one by one."""


@dataclass(frozen=True, kw_only=True)
class Merged:
    """What came of it; in a field of `clashes` both wrote, and the draft has the colleague's."""

    draft: Draft
    clashes: tuple[str, ...] = ()

    def with_own(self, mine: Draft) -> Draft:
        """Give the draft with one's own texts where both wrote."""
        return _taking(self.draft, mine, names=self.clashes)


def merge(mine: Draft, *, base: Draft | None, theirs: Draft) -> Merged:
    """Bring what was written on a page to what lies there; `base` is what the page knew of before.

    Where that is not known, every difference is a clash.
    """
    if base is None:
        clashes = tuple(name for name in (*_FIELDS, "blocks") if not _same(name, mine, theirs))
        return Merged(draft=theirs, clashes=clashes)
    changed = [name for name in _FIELDS if not _same(name, mine, base)]
    alone = [name for name in _FIELDS if _same(name, theirs, base)]
    clashes = tuple(name for name in changed if name not in alone and not _same(name, mine, theirs))
    draft = replace(_taking(theirs, mine, names=alone), blocks=_blocks(mine, base=base, theirs=theirs))
    return Merged(draft=draft, clashes=clashes)


def known_after(mine: Draft, *, base: Draft, clashes: tuple[str, ...]) -> Draft:
    """Give what a page that shows `mine` knows of once it was saved: of a clash no more than before."""
    return _taking(mine, base, names=clashes)


def _taking(draft: Draft, other: Draft, *, names: list[str] | tuple[str, ...]) -> Draft:
    return replace(draft, **{name: getattr(other, name) for name in names})


def _same(name: str, one: Draft, other: Draft) -> bool:
    return _said(name, one) == _said(name, other)


def _said(name: str, draft: Draft) -> object:
    """What a field says: an empty row says nothing, and blocks have no order."""
    if name == "own_conditions":
        return [row for row in draft.own_conditions if not row.is_empty]
    return set(draft.blocks) if name == "blocks" else getattr(draft, name)


def _blocks(mine: Draft, *, base: Draft, theirs: Draft) -> tuple[str, ...]:
    dropped, stay = set(base.blocks) - set(mine.blocks), set(theirs.blocks)
    added = (block for block in mine.blocks if block not in base.blocks and block not in stay)
    return (*(block for block in theirs.blocks if block not in dropped), *added)
