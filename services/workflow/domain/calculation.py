"""The term calculator: a term of law or one's own, from a day on, with standstills and an extension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.workflow.domain.appeal import HIGHER, PAPERS
from services.workflow.domain.woo import WOO_DECISION, WOO_RELEASE
from shared.events import Words
from shared.law.decision import (
    ENVIRONMENT_PERMIT,
    ENVIRONMENT_PERMIT_WITH_CONSENT,
    GENERAL_DECISION,
    REFUSAL_TO_PROCESS,
)
from shared.law.extended import EXTENDED_DECISION, VIEWS, views_term
from shared.law.objection import (
    DECISION_ON_OBJECTION,
    DECISION_ON_OBJECTION_WITH_COMMITTEE,
    OBJECTION,
    POST_WEEK,
    post_week_term,
)
from shared.law.penalty import DETERMINATION, penalty_first_day
from shared.law.silence import ANNOUNCEMENT, WITHDRAWAL
from shared.law.terms import Amount, Ground, Policy, SetBy, Suspension, Term, TermRule, Unit, decision_term

OWN: Final = "own"
LONGEST: Final = 1000
MOST_STOPS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of term: its name, what it counts from, and the rule; None is for a term of one's own."""

    name: Words
    counts_from: Words
    rule: TermRule | None


_RECEIPT = Words(nl="de dag van ontvangst", en="the day of receipt")
_SENT = Words(nl="de dag van verzending", en="the day of sending")
_OBJECTION_END = Words(nl="de laatste dag om bezwaar te maken", en="the last day to object")

KINDS: Final[Mapping[str, Kind]] = {
    "general": Kind(
        name=Words(nl="Beslissen, geen eigen termijn", en="Decide, no term of its own"),
        counts_from=_RECEIPT,
        rule=GENERAL_DECISION,
    ),
    "permit": Kind(
        name=Words(nl="Omgevingsvergunning, gewone procedure", en="Environment permit, regular procedure"),
        counts_from=_RECEIPT,
        rule=ENVIRONMENT_PERMIT,
    ),
    "permit_with_consent": Kind(
        name=Words(nl="Omgevingsvergunning met instemming", en="Environment permit with consent"),
        counts_from=_RECEIPT,
        rule=ENVIRONMENT_PERMIT_WITH_CONSENT,
    ),
    "extended": Kind(
        name=Words(nl="Uitgebreide procedure", en="Extended procedure"), counts_from=_RECEIPT, rule=EXTENDED_DECISION
    ),
    "views": Kind(
        name=Words(nl="Zienswijzen geven", en="Give views"),
        counts_from=Words(nl="de dag van terinzagelegging", en="the day of deposit"),
        rule=VIEWS,
    ),
    "woo": Kind(name=Words(nl="Woo-verzoek", en="Woo request"), counts_from=_RECEIPT, rule=WOO_DECISION),
    "woo_release": Kind(
        name=Words(nl="Woo: stukken geven na het besluit", en="Woo: give papers after the decision"),
        counts_from=Words(nl="de dag van bekendmaking", en="the day of announcement"),
        rule=WOO_RELEASE,
    ),
    "refuse": Kind(
        name=Words(nl="Buiten behandeling laten", en="Refuse to process"),
        counts_from=Words(nl="de laatste dag van de hersteltermijn", en="the last day of the repair term"),
        rule=REFUSAL_TO_PROCESS,
    ),
    "objection": Kind(name=Words(nl="Bezwaar maken", en="Object"), counts_from=_SENT, rule=OBJECTION),
    "post_week": Kind(
        name=Words(nl="Bezwaar per post ontvangen", en="Receive an objection by post"),
        counts_from=_OBJECTION_END,
        rule=POST_WEEK,
    ),
    "on_objection": Kind(
        name=Words(nl="Beslissen op bezwaar", en="Decide on an objection"),
        counts_from=_OBJECTION_END,
        rule=DECISION_ON_OBJECTION,
    ),
    "on_objection_committee": Kind(
        name=Words(nl="Beslissen op bezwaar, met commissie", en="Decide on an objection, with a committee"),
        counts_from=_OBJECTION_END,
        rule=DECISION_ON_OBJECTION_WITH_COMMITTEE,
    ),
    "appeal": Kind(name=Words(nl="In beroep gaan", en="Appeal"), counts_from=_SENT, rule=OBJECTION),
    "papers": Kind(
        name=Words(nl="Stukken aan de rechter sturen", en="Send papers to the court"),
        counts_from=Words(nl="de dag waarop de rechter de redenen stuurde", en="the day the court sent the grounds"),
        rule=PAPERS,
    ),
    "higher_appeal": Kind(
        name=Words(nl="In hoger beroep gaan", en="Appeal to the higher court"),
        counts_from=Words(nl="de dag waarop de rechter de uitspraak stuurde", en="the day the court sent its ruling"),
        rule=HIGHER,
    ),
    "penalty": Kind(
        name=Words(nl="Eerste dag met een dwangsom", en="First day with a penalty"),
        counts_from=Words(nl="de dag van de ingebrekestelling", en="the day of the notice of default"),
        rule=None,
    ),
    "silent_announced": Kind(
        name=Words(nl="Bekendmaken wat de wet gaf", en="Announce what the law gave"),
        counts_from=Words(nl="de laatste dag om te beslissen", en="the last day to decide"),
        rule=ANNOUNCEMENT,
    ),
    "silent_withdrawn": Kind(
        name=Words(nl="Intrekken wat de wet gaf", en="Withdraw what the law gave"),
        counts_from=Words(nl="de dag van bekendmaking", en="the day of announcement"),
        rule=WITHDRAWAL,
    ),
    "penalty_set": Kind(
        name=Words(nl="De dwangsom vaststellen", en="Set the penalty"),
        counts_from=Words(nl="de laatste dag met een dwangsom", en="the last day with a penalty"),
        rule=DETERMINATION,
    ),
    OWN: Kind(
        name=Words(nl="Een eigen termijn", en="A term of your own"),
        counts_from=Words(nl="de eerste dag", en="the first day"),
        rule=None,
    ),
}
"""Every term that staff can have worked out, in the order of the list."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What to work out: `stops` are periods in which the term stood still, `longer` asks for the extension."""

    kind: str
    start: date
    stops: tuple[Suspension, ...] = ()
    longer: bool = False
    own: TermRule | None = None


def own_rule(*, amount: int, unit: Unit, set_by: SetBy) -> TermRule:
    """A term that somebody words on the spot; who set it decides whether the Algemene termijnenwet applies."""
    return TermRule(amount=amount, unit=unit, set_by=set_by, article="eigen opgave")


def stop(first: date, *, last: date) -> Suspension:
    """A period in which the term stood still, whatever the ground: the days alone count."""
    return Suspension(ground=Ground.consent, first=first, last=last)


def work_out(wish: Wish, *, policy: Policy | None = None) -> Term:
    """Work the term out with its steps, as the law is read where it is open."""
    if wish.kind == "penalty":
        return penalty_first_day(wish.start, policy=policy)
    if wish.kind == "post_week":
        return post_week_term(wish.start, policy=policy)
    if wish.kind == "views":
        return views_term(wish.start)
    rule = wish.own or KINDS[wish.kind].rule
    if rule is None:
        raise LookupError(wish.kind)
    return decision_term(wish.start, rule=rule, suspensions=wish.stops, extension=_extension(wish))


def _extension(wish: Wish) -> Amount | None:
    rule = KINDS[wish.kind].rule
    return rule.extension if wish.longer and rule else None
