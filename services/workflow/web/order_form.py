"""The form that says what is done to each of many cases: give them away, ask or decide the same, give more time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from services.workflow.domain import decision as decisions
from services.workflow.domain.bulk import BulkAct, Order, Outage
from services.workflow.domain.decision import Draft, Offer
from services.workflow.domain.fault import Fault, FaultyInputError
from services.workflow.domain.handing import hand
from services.workflow.web.ask_page import AskForm, first_ask, read_form
from services.workflow.web.office import today
from services.workflow.web.reading import NO_DAY, TypedDate, read_date, read_draft, read_text
from shared.access import Person
from shared.catalogue.definitions import Product
from shared.events import Words

REPAIR_DAYS = 14
_DAYS = ("first", "last", "until")
_ACTS = frozenset(act.value for act in BulkAct)


@dataclass(frozen=True, kw_only=True)
class OrderForm:
    """What stands in the form."""

    act: BulkAct | None
    to: str
    because: str
    ask: AskForm
    draft: Draft
    days: Mapping[str, TypedDate]
    announced: str = ""


def begin_order() -> OrderForm:
    """Give the form as it begins: two weeks to answer, on a working day."""
    return OrderForm(
        act=None,
        to="",
        because="",
        ask=first_ask(repair_days=REPAIR_DAYS),
        draft=Draft(),
        days=dict.fromkeys(_DAYS, NO_DAY),
    )


def read_order(form: MultiDict[str, str]) -> OrderForm:
    """Read what was sent."""
    act = form.get("act", "")
    return OrderForm(
        act=BulkAct(act) if act in _ACTS else None,
        to=form.get("to", ""),
        because=read_text(form, name="because"),
        ask=read_form(form),
        draft=read_draft(form),
        days={name: read_date(form, name=name) for name in _DAYS},
        announced=read_text(form, name="announced").strip(),
    )


def order_from(form: OrderForm, *, acts: Sequence[BulkAct], people: Sequence[Person], product: Product | None) -> Order:
    """Give what is done to each case; `product` is the one kind of case that they are.

    Raises:
        FaultyInputError: something has to be put right, or none of these `acts` was chosen.
    """
    if form.act not in acts:
        raise FaultyInputError((Fault("act", Words(nl="Kies wat u wilt doen.", en="Choose what you want to do.")),))
    match form.act:
        case BulkAct.ASSIGN:
            handing = hand(next((each for each in people if each.subject == form.to), None), because=form.because)
            return Order(act=form.act, to=handing.to.subject, because=handing.because)
        case BulkAct.ASK:
            if form.ask.question is None:
                raise FaultyInputError(tuple(form.ask.faults))
            return Order(act=form.act, question=form.ask.question)
        case BulkAct.DECIDE if product:
            if faults := decisions.faults_of(form.draft, product=product, on=today()):
                raise FaultyInputError(faults)
            return Order(act=form.act, draft=form.draft)
        case BulkAct.MORE_TIME:
            return Order(act=form.act, outage=_outage_from(form))
    return Order(act=BulkAct.RELEASE)


def _outage_from(form: OrderForm) -> Outage:
    first, last, until = (form.days[name].day for name in _DAYS)
    faults = [typed.fault for typed in form.days.values() if typed.fault]
    if not form.announced:
        faults.append(
            Fault("announced", Words(nl="Schrijf op waar u dit bekendmaakte.", en="Write where you told it."))
        )
    if first is None or last is None or until is None or faults:
        raise FaultyInputError(tuple(faults))
    if last < first:
        crossed = Words(nl="De laatste dag ligt voor de eerste dag.", en="The last day is before the first day.")
        raise FaultyInputError((Fault("last", crossed),))
    if until <= last:
        raise FaultyInputError(
            (Fault("until", Words(nl="Kies een dag na de storing.", en="Choose a day after the outage.")),)
        )
    if until < today():
        raise FaultyInputError((Fault("until", Words(nl="Deze dag is voorbij.", en="This day is over.")),))
    return Outage(first=first, last=last, until=until, announced=form.announced)


def offer_of(product: Product) -> Offer:
    """Give the building blocks of a product, whatever is answered."""
    process = product.process
    return Offer(
        grant_reasons=process.grant_reasons,
        refusal_grounds=process.refusal_grounds,
        conditions=process.conditions,
        suggested=frozenset(),
    )
