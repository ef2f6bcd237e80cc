"""Taking back what was granted: why, on what ground, how its holder was heard first, and who signs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from services.workflow.domain.case import FourEyesError
from services.workflow.domain.fault import Fault
from services.workflow.domain.hearing import PARTY_HEARD, Hearing, faults_in_hearing, heard_reason
from shared.events import Reason, Words

LONGEST_TEXT = 5000
_DAMAGE: Final = (
    Reason(text="Lijdt u hierdoor schade? Dan vergoeden wij die. Laat het ons weten.", source="Awb 4:20f lid 3"),
)


class NoPermitError(Exception):
    """There is nothing to take back: nothing was granted, it is over, or it ended already."""


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """Why a permit is taken back, with its article, and how the holder was heard or why not (Awb 4:8).

    With `conditions`, one on each line, it stays: they come to what the law gave (Awb 4:20f).
    """

    conditions: str = ""
    because: str = ""
    source: str = ""
    hearing: Hearing | None = None
    hearing_note: str = ""

    @property
    def added(self) -> tuple[str, ...]:
        """The conditions, one by one."""
        return tuple(line.strip() for line in self.conditions.splitlines() if line.strip())


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A withdrawal that waits for a colleague to sign it; `by` wrote it last, `earlier` before (subjects)."""

    withdrawal: Withdrawal
    by: str
    at: datetime
    earlier: frozenset[str] = frozenset()

    def is_by(self, subject: str) -> bool:
        """Whether this person wrote on it: a colleague who did not signs (Awb 10:3)."""
        return subject == self.by or subject in self.earlier


class ConditionsTooLateError(Exception):
    """Conditions come only to what the law gave, within six weeks after that was announced (Awb 4:20f lid 2)."""


class WithdrawalChangedError(Exception):
    """Another text waits to be signed than this page shows."""


def may_go(withdrawal: Withdrawal, *, by: str, prepared: Prepared | None, seen: str) -> bool:
    """Whether this person signs what a colleague prepared; False: it is a text of their own, which waits now.

    `seen` is the stamp of what lay there when the page was opened.

    Raises:
        WithdrawalChangedError: something else lies there by now.
        FourEyesError: they wrote on it.
    """
    if seen != stamp_of(prepared):
        raise WithdrawalChangedError
    if prepared is None or prepared.withdrawal != withdrawal:
        return False
    if prepared.is_by(by):
        raise FourEyesError
    return True


def stamp_of(prepared: Prepared | None) -> str:
    """Name what lies there, so that a page knows what it showed."""
    return prepared.at.isoformat() if prepared else ""


def faults_of(withdrawal: Withdrawal) -> tuple[Fault, ...]:
    """Say what the law still wants before it can be taken back (Awb 3:46, 3:47 and 4:8)."""
    return tuple(_faults(withdrawal))


def reasons_of(withdrawal: Withdrawal) -> tuple[Reason, ...]:
    """The reasons of the letter."""
    added = (
        Reason(text=f"Voorschrift {number}: {text}", source="Awb 4:20f lid 1")
        for number, text in enumerate(withdrawal.added, start=1)
    )
    why = Reason(text=withdrawal.because.strip(), source=withdrawal.source.strip())
    heard = (heard_reason(withdrawal.hearing_note),) if withdrawal.hearing == PARTY_HEARD else ()
    return (*added, why, *heard, *(_DAMAGE if withdrawal.added else ()))


def check_in_time(withdrawal: Withdrawal, *, last: date | None, today: date) -> None:
    """See that conditions may still come to it; `last` is the last day for that, None where the law gave nothing.

    Raises:
        ConditionsTooLateError.
    """
    if withdrawal.added and (last is None or today > last):
        raise ConditionsTooLateError


def _faults(withdrawal: Withdrawal) -> Iterator[Fault]:
    if not withdrawal.because.strip():
        yield Fault("because", Words(nl="Schrijf op waarom u dit intrekt.", en="Write why you take it back."))
    if not withdrawal.source.strip():
        yield Fault("source", Words(nl="Noem het artikel of het beleid.", en="Name the article or the policy."))
    yield from faults_in_hearing(withdrawal.hearing, note=withdrawal.hearing_note)
    for name in ("conditions", "because", "source", "hearing_note"):
        if len(getattr(withdrawal, name)) > LONGEST_TEXT:
            reason = f"Gebruik hooguit {LONGEST_TEXT} tekens.", f"Use at most {LONGEST_TEXT} characters."
            yield Fault(name, Words(nl=reason[0], en=reason[1]))
