"""Counts what was lost and what happened twice: what should be there beside what is there, nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple


class Trip(NamedTuple):
    """One submission: the address of its applicant, unique in the storm, and the reference on the receipt."""

    applicant: str
    reference: str


class Mail(NamedTuple):
    """A mail as it arrived; `kind` and `reference` as notify knows its Message-ID, empty when it does not."""

    message_id: str
    applicant: str
    kind: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What was seen from the outside and in the databases after the storm."""

    receipts: Iterable[Trip]
    """Every different receipt that was ever given out; an applicant with two has been received twice."""
    cases: Iterable[Trip]
    pages: Iterable[Trip]
    known: Iterable[Trip]
    """Cases that the status page tells of."""
    decided: Iterable[Trip]
    told: Iterable[Trip]
    """Each time that a decision was told to the other services."""
    ordered: Iterable[Trip]
    """Cases that somebody had decided together with others."""
    done_together: Iterable[Trip]
    """Each time that such a case was done."""
    letters: Iterable[Trip]
    sent: Iterable[Trip]
    """Addresses to which the API promised a mail."""
    notifications: Iterable[Trip]
    mails: Iterable[Mail]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The outcome; `lost` and `twice` by what they concern."""

    submitted: int
    sent: int
    """Mails that the API promised."""
    cases: int
    confirmations: int
    decided: int
    together: int
    """Cases that were decided together with others."""
    resent: int
    """Deliveries of a mail beyond its first: same Message-ID, so a mail system can tell."""
    lost: Mapping[str, int] = field(default_factory=dict)
    twice: Mapping[str, int] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Something came in, nothing was lost and nothing happened twice."""
        return bool(self.submitted and self.sent) and not any(self.lost.values()) and not any(self.twice.values())

    def line(self, *, kills: int) -> str:
        """The outcome in one line."""
        return (
            f"submitted {self.submitted}, cases {self.cases}, confirmations {self.confirmations}, "
            f"lost {sum(self.lost.values())}, twice {sum(self.twice.values())}, kills {kills}"
        )


def count(evidence: Evidence) -> Tally:
    """Compare what each receipt and each decision promises with what is there.

    Anything beyond what was promised counts as twice, also what nobody asked for: a case without a receipt, a mail
    that notify knows nothing of.
    """
    receipts = list(evidence.receipts)
    promised, decided = set(receipts), set(evidence.decided)
    ordered = set(evidence.ordered)
    applicants = {Trip(trip.applicant, "") for trip in receipts}
    mails = list(evidence.mails)
    different, sent = set(mails), set(evidence.sent)
    confirmations = _of_kind("receipt", mails=different)
    compared: dict[str, tuple[Set[Trip], Counter[Trip]]] = {
        "receipt": (applicants, Counter(Trip(trip.applicant, "") for trip in receipts)),
        "case": (promised, Counter(evidence.cases)),
        "confirmation": (promised, confirmations),
        "status page": (promised, Counter(evidence.pages)),
        "case on the status page": (promised, Counter(evidence.known)),
        "decision told": (decided, Counter(evidence.told)),
        "case of many": (ordered, Counter(evidence.done_together)),
        "letter": (decided, Counter(evidence.letters)),
        "decision message": (decided, _of_kind("decision", mails=different)),
        "progress message": (set(), _beyond_one(_of_kind("progress", mails=different))),
        "notification": (sent, Counter(evidence.notifications)),
        "mail of a notification": (sent, _of_kind("notification", mails=different)),
        "unknown mail": (set(), _of_kind("", mails=different)),
    }
    return Tally(
        submitted=len(applicants),
        sent=len(sent),
        cases=compared["case"][1].total(),
        confirmations=confirmations.total(),
        decided=len(decided),
        together=len(ordered),
        resent=len(mails) - len({mail.message_id for mail in mails}),
        lost={what: sum(not found[trip] for trip in due) for what, (due, found) in compared.items()},
        twice={
            what: sum(max(0, number - (trip in due)) for trip, number in found.items())
            for what, (due, found) in compared.items()
        },
    )


def _of_kind(kind: str, *, mails: Iterable[Mail]) -> Counter[Trip]:
    return Counter(Trip(mail.applicant, mail.reference) for mail in mails if mail.kind == kind)


def _beyond_one(found: Counter[Trip]) -> Counter[Trip]:
    return Counter({trip: number - 1 for trip, number in found.items()})
