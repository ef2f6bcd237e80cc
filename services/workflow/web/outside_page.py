"""What stands behind the link of an adviser outside: the question, what they may see, and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, render_template

from services.workflow.advice_store import find_by_link
from services.workflow.audit import Act, record
from services.workflow.desk import open_desk
from services.workflow.domain import advice as advices
from services.workflow.domain.advice import OPINIONS, Advice, Given
from services.workflow.domain.case import Case
from services.workflow.domain.fault import Fault
from services.workflow.web.advice_papers import papers_of
from services.workflow.web.office import now, today
from shared.catalogue.definitions import Product
from shared.database import Connection


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a link opens; `files` are those that this adviser was given to see.

    A link `takes_files` if the service of the forms heard of it.
    """

    token: str
    advice: Advice
    case: Case
    product: Product
    files: Sequence[Mapping[str, Any]]
    takes_files: bool

    @property
    def who(self) -> str:
        """How the adviser is called in the audit log."""
        return f"advice:{self.advice.id}"


def open_link(connection: Connection, *, token: str) -> Opened:
    """Give what the link opens; a guess and a link that is over get the very same 404."""
    found = find_by_link(connection, token=token, today=today())
    if found is None:
        abort(404)
    reference, advice, takes_files = found
    desk = open_desk(connection, now=now())
    case = desk.cases.lock(reference)
    product = desk.products.product(case.submission.product, version=case.submission.version)
    papers = papers_of(connection, case=case, product=product)
    files = [each for each in papers if each["id"] in advice.files]
    return Opened(token=token, advice=advice, case=case, product=product, files=files, takes_files=takes_files)


def record_look(connection: Connection, *, opened: Opened, act: str, seen: Sequence[str]) -> None:
    """Add to the audit log that this adviser looked, and at which answers."""
    told = Act(at=now(), who=opened.who, act=act, reference=opened.case.reference, details={"questions": list(seen)})
    record(connection, act=told)


def render_outside(opened: Opened, *, given: Given | None = None, faults: Sequence[Fault] = ()) -> str:
    """Give the page, with what was typed where something is wrong with it."""
    said, forms = opened.case.submission, current_app.config["SITES"]["forms"]
    return render_template(
        "advice-outside.html",
        token=opened.token,
        advice=opened.advice,
        needed=opened.case.is_open,
        title=said.title,
        sections=advices.sections_for(opened.advice, said=said, product=opened.product),
        files=opened.files,
        given=given,
        faults=faults,
        opinions=OPINIONS,
        late=opened.advice.is_late(today=today()),
        files_at=f"{forms.rstrip('/')}/advies/{opened.token}" if forms and opened.takes_files else "",
    )
