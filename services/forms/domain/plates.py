"""Number plates: the forms that the Netherlands has issued, and how they are written."""

from __future__ import annotations

import re

_DUTCH = re.compile(
    "|".join(
        form.replace("-", "").replace("9", "[0-9]").replace("X", "[A-Z]")
        for form in (
            # the side codes of the RDW in order of issue, 1 to 14
            *("XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9", "9-XXX-99"),
            *("XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9"),
        )
    )
)
_FOREIGN = re.compile(r"[0-9A-ZÀ-ÖØ-Þ]{2,12}")
_GROUP = re.compile(r"[A-Z]+|[0-9]+")


def is_dutch(plate: str) -> bool:
    """Whether this is a Dutch plate, without its dashes: "AB123C"."""
    return bool(_DUTCH.fullmatch(plate))


def is_foreign(plate: str) -> bool:
    """Whether this may be the plate of any country: 2 to 12 letters and digits."""
    return bool(_FOREIGN.fullmatch(plate))


def dashed(plate: str) -> str:
    """A Dutch plate as it stands on the car, "AB-123-C"; another as it is stored."""
    if not is_dutch(plate):
        return plate
    groups: list[str] = []
    for group in _GROUP.findall(plate):
        groups += [group[:2], group[2:]] if len(group) == 4 else [group]
    return "-".join(groups)
