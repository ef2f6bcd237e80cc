"""Handing a case over to a colleague: to whom, and why; the reason stands on the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.workflow.domain.fault import Fault, FaultyInputError
from shared.access import Person
from shared.events import Words

LONGEST_REASON: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Handing:
    """To whom a case goes, and why."""

    to: Person
    because: str


def hand(to: Person | None, *, because: str) -> Handing:
    """Give what somebody chose and wrote.

    Raises:
        FaultyInputError: nobody was chosen, or there is no reason, or one too long.
    """
    because, faults = because.strip(), list[Fault]()
    if to is None:
        faults.append(Fault("to", Words(nl="Kies een collega.", en="Choose a colleague.")))
    if not because:
        faults.append(Fault("because", Words(nl="Schrijf op waarom.", en="Write down why.")))
    if len(because) > LONGEST_REASON:
        long = Words(
            nl=f"Gebruik hooguit {LONGEST_REASON} tekens. U hebt er nu {len(because)}.",
            en=f"Use at most {LONGEST_REASON} characters. You have {len(because)} now.",
        )
        faults.append(Fault("because", long))
    if to is None or faults:
        raise FaultyInputError(tuple(faults))
    return Handing(to=to, because=because)
