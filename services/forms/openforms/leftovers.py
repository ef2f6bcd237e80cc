"""What an export holds that could not be carried over: by name, with its place and the reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from shared.events import Words


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """One thing that stayed behind. `place` says where it stands in the export, `name` is what it is called there."""

    place: str
    name: str
    why: Words


@dataclass(kw_only=True)
class Leftovers:
    """All that stays behind, in the order in which it was met."""

    found: list[Leftover] = field(default_factory=list)

    def leave(self, name: object, *, at: str, why: Words) -> None:
        """Note one thing; the same thing once."""
        left = Leftover(place=_line(at), name=_line(str(name)), why=why)
        if left not in self.found:
            self.found.append(left)


def _line(text: str) -> str:
    """On one line, without signs that no text of ours may hold."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))[:200]
