"""The work list: which case matters next, for whom, and how much time is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from services.workflow import lists
from services.workflow.actions import handling
from services.workflow.lists import Wanted, read_wanted
from services.workflow.loads import Load, loads_of
from services.workflow.people import find_colleagues
from services.workflow.saved_lists import saved_lists
from services.workflow.web.bulk import Outcome, assign_all
from services.workflow.web.office import acting, me, now, reading, today
from services.workflow.web.summary import Summary, summarise
from shared.access import Permission, Person, allows, may
from shared.database import Connection

pages = Blueprint("worklist", __name__)


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """All that the page shows; every link in it is this list with one thing changed.

    `loads`: the colleagues to whom the reader may give cases, with what they have already.
    """

    wanted: Wanted
    counts: Mapping[str, Any]
    rows: Sequence[Summary]
    total: int
    instead: Sequence[str]
    partly: bool
    products: Sequence[Mapping[str, Any]]
    loads: Sequence[Load]
    saved: Sequence[Mapping[str, Any]]

    @property
    def pages(self) -> int:
        """The number of pages, at least one."""
        return max(1, -(-self.total // lists.PAGE_SIZE))

    @property
    def counted(self) -> int:
        """How far this list was counted."""
        return lists.counted_of(self.wanted)

    @property
    def first(self) -> int:
        """The place of the first row in the whole list."""
        return (self.wanted.page - 1) * lists.PAGE_SIZE + 1

    def product_title(self, language: str) -> str:
        """Give the title of the product that is asked for."""
        titles = (str(each[f"title_{language}"]) for each in self.products if each["product"] == self.wanted.product)
        return next(titles, self.wanted.product)

    def link(self, **changes: Any) -> str:
        """Give the address of this list with these changes, on its first page."""
        return address_of(replace(self.wanted, **{"page": 1, **changes}))

    def acts_link(self) -> str:
        """Give the address of the acts on this list, which leads back to it."""
        return address_of(self.wanted, endpoint="worklist.assign")

    def together_link(self) -> str:
        """Give the address where the chosen cases of this list, or all of it, are done together."""
        return address_of(replace(self.wanted, page=1), endpoint="together.choose")

    def taken_link(self, form: str) -> str:
        """Give the address of this whole list as a table to take along: csv or xlsx."""
        return address_of(replace(self.wanted, page=1), endpoint=f"taking.as_{'csv' if form == 'csv' else 'workbook'}")

    def page_link(self, page: int) -> str:
        """Give the address of another page of this list."""
        return address_of(replace(self.wanted, page=page))

    def sort_link(self, column: str) -> str:
        """Give the address sorted by this column, or the other way round when it already is."""
        return self.link(sort=f"-{column}" if lists.order_of(self.wanted) == column else column)

    def direction(self, column: str) -> str:
        """Say how the list is sorted by this column, for aria-sort."""
        return {column: "ascending", f"-{column}": "descending"}.get(lists.order_of(self.wanted), "")


@pages.get("/")
@allows(Permission.SIGNED_IN)
def show() -> ResponseReturnValue:
    person = me()
    if not may(person, permission=Permission.SEE_CASES):
        if may(person, permission=Permission.MEND_MESSAGES):
            return redirect(url_for("messages.show"), 303)
        return render_template("no-rights.html")
    with reading() as connection:
        listed = _read_page(connection, person=person, wanted=read_wanted(request.args), today=today())
    outcome = Outcome.from_session(session.pop("outcome", None))
    return render_template("worklist.html", listed=listed, outcome=outcome, updated=now())


@pages.post("/volgende")
@allows(Permission.WORK_CASES)
def take_next() -> ResponseReturnValue:
    with acting() as desk:
        reference = handling.take_next(person=me(), now=now(), desk=desk)
    if reference is None:
        session["outcome"] = Outcome(nothing_left=True).to_session()
        return redirect(url_for("worklist.show"), 303)
    return redirect(url_for("case.show", reference=reference), 303)


@pages.post("/toewijzen")
@allows(Permission.WORK_CASES)
def assign() -> ResponseReturnValue:
    """Give the chosen cases to someone: oneself, or, for who may assign, a colleague or nobody."""
    outcome = assign_all(request.form.getlist("case"), to=request.form.get("to", ""), person=me())
    session["outcome"] = outcome.to_session()
    return redirect(address_of(read_wanted(request.args)), 303)


def address_of(wanted: Wanted, *, endpoint: str = "worklist.show") -> str:
    """Give the address of a list."""
    return url_for(endpoint) + wanted.query()


def _read_page(connection: Connection, *, person: Person, wanted: Wanted, today: date) -> ListPage:
    found = lists.list_cases(connection, person=person, wanted=wanted, today=today)
    assigns = may(person, permission=Permission.ASSIGN_CASES)
    colleagues = [each for each in find_colleagues(connection) if each != person] if assigns else ()
    return ListPage(
        wanted=wanted,
        counts=lists.count_views(connection, person=person, today=today),
        rows=summarise(connection, rows=found.rows, today=today),
        total=found.total,
        instead=found.instead,
        partly=found.partly,
        products=lists.list_products(connection, person=person),
        loads=loads_of(connection, people=colleagues, today=today) if colleagues else (),
        saved=saved_lists(connection, person=person),
    )
