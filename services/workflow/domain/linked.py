"""A case that belongs to a first one: from when it counts, whether it came in time, and who keeps away from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.workflow.domain.bulk import Outage
from services.workflow.domain.case import Case
from services.workflow.domain.ledger import Kind, Ledger, last_of
from shared.events import Words
from shared.law.calendar import local_date, long_date
from shared.law.objection import objection_term, post_week_term
from shared.law.terms import Policy
from shared.values import LinkKind

Kinds = Mapping[LinkKind, Words]
KINDS: Final[Kinds] = {
    "objection": Words(nl="Bezwaar tegen dit besluit", en="Objection to this decision"),
    "amendment": Words(nl="Wijziging van deze vergunning", en="Change of this permit"),
    "renewal": Words(nl="Verlenging van deze vergunning", en="Renewal of this permit"),
    "talk": Words(nl="Aanvraag na dit gesprek", en="Application after this talk"),
}
"""How a case is called on the page of the one it belongs to."""

IN_A_WORD: Final[Mapping[str, Words]] = {
    "objection": Words(nl="Bezwaar", en="Objection"),
    "amendment": Words(nl="Wijziging", en="Change"),
    "renewal": Words(nl="Verlenging", en="Renewal"),
}
"""How it is called in a list."""


@dataclass(frozen=True, kw_only=True)
class First:
    """The case to which another belongs, with everybody who held it and prepared or signed its decision.

    `taken_back_on` is the day on which what it gave was withdrawn or conditions came to it: one can object to that.
    """

    ledger: Ledger
    people: frozenset[str]
    taken_back_on: date | None = None


def counted_from(first: First | None) -> date | None:
    """The day after which the term to decide on an objection runs: the last day to object (Awb 7:10 lid 1).

    None while the first decision was not sent, or where nobody knows that case: then it counts from receipt.
    """
    sent = last_of(Kind.SENT, ledger=first.ledger) if first else None
    if first is None or sent is None:
        return None
    return objection_term(max(sent.on, first.taken_back_on or sent.on)).rolled


def last_to_object(case: Case) -> date | None:
    """The last day to object to what this objection is about; None for any other case, or where nobody knows it."""
    return case.ledger[0].day if case.is_objection else None


def timeliness(case: Case, *, policy: Policy | None = None, outage: Outage | None = None) -> Words | None:
    """What to look at in an objection that did not come within its term; None where it did, or for any other case.

    `outage` is one in which its last day fell. The machine refuses nothing: a good reason makes a late one admissible
    (Awb 6:11), and an early one waits (6:10).
    """
    if not case.is_objection:
        return None
    end, received = case.ledger[0].day, local_date(case.submission.received_at)
    if end is None:
        return Words(
            nl="Wij vonden bij dit zaaknummer geen besluit dat is verstuurd. "
            "Kijk welk besluit wordt bedoeld, en of het bezwaar te vroeg kwam (Awb 6:10).",
            en="We found no decision that was sent under this case number. "
            "See which decision is meant, and whether the objection came too early (Awb 6:10).",
        )
    if received <= end:
        return None
    last, last_en = long_date(end), long_date(end, language="en")
    if outage and received <= outage.until:
        until, until_en = long_date(outage.until), long_date(outage.until, language="en")
        return Words(
            nl=f"Dit kwam na de laatste dag, {last}. Maar door een storing kon het tot en met {until}. "
            f"Het kwam dus op tijd (Awb 2:21). Bekendgemaakt: {outage.announced}",
            en=f"This came after the last day, {last_en}. But for an outage it could be made up to {until_en}. "
            f"So it came in time (Awb 2:21). Announced: {outage.announced}",
        )
    if case.submission.channel == "post" and received <= post_week_term(end, policy=policy).rolled:
        return Words(
            nl=f"Dit kwam na de laatste dag, {last}, maar binnen een week. "
            "Kijk naar het poststempel: op tijd verstuurd is op tijd (Awb 6:9 lid 2).",
            en=f"This came after the last day, {last_en}, but within a week. "
            "Look at the postmark: posted in time is in time (Awb 6:9 lid 2).",
        )
    return Words(
        nl=f"Dit bezwaar kwam te laat: het kon tot en met {last} (Awb 6:7 en 6:9). "
        "Vraag waarom. Bij een goede reden of een storing bij ons telt het toch (Awb 6:11 en 2:21).",
        en=f"This objection came too late: it could be made up to {last_en} (Awb 6:7 and 6:9). "
        "Ask why. With a good reason or an outage of ours it counts all the same (Awb 6:11 and 2:21).",
    )
