"""Making a case known to the public, and taking the notice down again."""

from __future__ import annotations

from datetime import date, datetime

from services.workflow.actions.keeping import product_of
from services.workflow.domain import notice as notices
from services.workflow.domain.case import Case, NotYourCaseError, refuse_closed
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.notice import LAW_WEEKS, Notice, NoticeForm, NoticeStandsError, UnknownNoticeError
from services.workflow.ports import Desk
from shared.access import Person
from shared.catalogue.definitions import Product
from shared.ids import new_id
from shared.law.calendar import local_date
from shared.participation import NoticePublished, NoticeTakenDown


def publish_notice(reference: str, *, form: NoticeForm, person: Person, now: datetime, desk: Desk) -> Notice:
    """Make the case known; the notice comes and goes by its dates, without anybody's hand.

    Raises:
        UnknownCaseError, AlreadyDecidedError, NotYourCaseError.
        FaultyInputError: something is missing, or says who the applicant is.
        NoticeStandsError: views are still waited for on another one.
    """
    case = _own(reference, person=person, desk=desk)
    product, today = product_of(case, desk=desk), local_date(now)
    if faults := notices.faults_of(form, said=case.submission, product=product, today=today):
        raise FaultyInputError(faults)
    if any(each.runs(today=today) for each in desk.cases.notices_of(case)):
        raise NoticeStandsError
    notice = _notice(form, product=product, first=form.first or today, now=now, desk=desk)
    desk.cases.add_notice(case, notice=notice, by=person.subject)
    details = {"number": notice.number, "text": notice.heading, "until": notice.last.isoformat()}
    desk.cases.note(case, kind="notice_published", at=now, who=person.subject, details=details)
    desk.tell(_published(case, notice=notice, product=product))
    return notice


def take_down(reference: str, *, number: str, person: Person, now: datetime, desk: Desk) -> None:
    """Show a notice no more; what came in on it stays.

    Raises:
        UnknownCaseError, AlreadyDecidedError, NotYourCaseError, UnknownNoticeError.
    """
    case = _own(reference, person=person, desk=desk)
    notice = next((each for each in desk.cases.notices_of(case) if each.number == number), None)
    if notice is None or notice.taken_down_at:
        raise UnknownNoticeError
    desk.cases.take_notice_down(notice.id, at=now)
    desk.cases.note(case, kind="notice_taken_down", at=now, who=person.subject, details={"number": number})
    desk.tell(NoticeTakenDown(reference=reference, number=number, at=now))


def _own(reference: str, *, person: Person, desk: Desk) -> Case:
    case = desk.cases.lock(reference)
    refuse_closed(case)
    if not case.is_handled_by(person.subject):
        raise NotYourCaseError
    return case


def _notice(form: NoticeForm, *, product: Product, first: date, now: datetime, desk: Desk) -> Notice:
    return Notice(
        id=new_id(),
        number=desk.cases.new_number(at=now),
        heading=form.heading.strip(),
        place=form.place.strip(),
        text=form.text.strip(),
        draft=form.draft.strip(),
        audience=form.audience or "anyone",
        first=first,
        last=notices.last_day(first, weeks=form.weeks or LAW_WEEKS, product=product),
        published_at=now,
    )


def _published(case: Case, *, notice: Notice, product: Product) -> NoticePublished:
    return NoticePublished(
        reference=case.reference,
        number=notice.number,
        at=notice.published_at,
        product=product.id,
        theme=product.theme,
        title=case.submission.title,
        heading=notice.heading,
        place=notice.place,
        text=notice.text,
        draft=notice.draft,
        audience=notice.audience,
        first=notice.first,
        last=notice.last,
    )
