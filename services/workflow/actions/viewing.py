"""Views on a notice: they come in once, are weighed, and whoever gave one hears of it and of what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from services.workflow.actions.keeping import product_of
from services.workflow.domain import view as views
from services.workflow.domain.case import NotYourCaseError, refuse_closed
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.ledger import Kind
from services.workflow.domain.notice import UnknownNoticeError
from services.workflow.domain.view import UnknownViewError, View, Weighed, view_of
from services.workflow.domain.wording import decision_words
from services.workflow.ports import Desk
from shared.access import Person
from shared.events import NoticeSent, Result, Words
from shared.participation import ViewGiven, ViewNoted


def receive_view(given: ViewGiven, *, desk: Desk) -> None:
    """Keep a view and confirm it; the second time nothing happens. One that comes too late is kept as such.

    Raises:
        UnknownCaseError, UnknownNoticeError: it is about nothing that was made known here.
    """
    case = desk.cases.lock(given.reference)
    notice = next((each for each in desk.cases.notices_of(case) if each.number == given.number), None)
    if notice is None:
        raise UnknownNoticeError
    view = view_of(given, last=notice.last)
    if not desk.cases.add_view(case, view=view):
        return
    kind = "view_given_late" if view.late else "view_given"
    desk.cases.note(case, kind=kind, at=given.at, who=None, details={"view": view.reference})
    about = f"{notice.heading}, {notice.place}"
    desk.tell(_noted(view, turn="received", about=Words(nl=about, en=about), at=given.at))


def tell_outcome(sent: NoticeSent, *, result: Result, desk: Desk) -> None:
    """Tell who gave a view what was decided, once the decision was sent (Awb 3:43); a second sending tells nothing.

    Raises:
        UnknownCaseError.
    """
    case = desk.cases.lock(sent.reference)
    if not any(entry.kind is Kind.SENT and entry.at == sent.sent_at for entry in case.ledger):
        return
    headings = {notice.number: notice.heading for notice in desk.cases.notices_of(case)}
    done = decision_words(result, nature=product_of(case, desk=desk).nature).done
    for view in desk.cases.views_of(case):
        heading = headings[view.number]
        about = Words(nl=f"{heading}: {_small(done.nl)}", en=f"{heading}: {_small(done.en)}")
        desk.tell(_noted(view, turn="decided", about=about, at=sent.sent_at))


def weigh_view(reference: str, *, view_id: UUID, weighed: Weighed, person: Person, now: datetime, desk: Desk) -> None:
    """Keep what a view says in short and what is answered to it; until the decision it may be done anew.

    Raises:
        UnknownCaseError, AlreadyDecidedError, NotYourCaseError, UnknownViewError, FaultyInputError.
    """
    case = desk.cases.lock(reference)
    refuse_closed(case)
    if not case.is_handled_by(person.subject):
        raise NotYourCaseError
    view = next((each for each in desk.cases.views_of(case) if each.id == view_id), None)
    if view is None:
        raise UnknownViewError
    if faults := views.faults_of(weighed, view=view):
        raise FaultyInputError(faults)
    desk.cases.weigh_view(view_id, weighed=weighed)
    details = {"view": view.reference, "text": weighed.answer.strip()}
    desk.cases.note(case, kind="view_weighed", at=now, who=person.subject, details=details)


def _noted(view: View, *, turn: Literal["received", "decided"], about: Words, at: datetime) -> ViewNoted:
    return ViewNoted(
        view=view.reference,
        at=at,
        turn=turn,
        about=about,
        email=view.party.email,
        language=view.language,
        link=view.link,
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
