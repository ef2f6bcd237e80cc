"""Something in a form that must be put right first."""

from __future__ import annotations

from typing import NamedTuple

from shared.events import Words


class Fault(NamedTuple):
    """The name of the field and what is wrong, in words for a person."""

    name: str
    reason: Words


class FaultyInputError(Exception):
    """Something has to be put right first; `faults` names the fields."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Carry what is wrong."""
        super().__init__(", ".join(fault.name for fault in faults))
        self.faults = faults
