"""Finds what is still asked of whoever may see the case, and what is known of it."""

from __future__ import annotations

from uuid import UUID

from services.forms.actions.answering import NoOpenRequestError, Request
from services.forms.web.asked import way_to
from services.forms.web.asked_page import AskedPage
from services.forms.web.counter import means
from services.forms.web.finding import find_own_case
from services.forms.web.viewing import view_of


def find_asked(token: str, *, request_id: UUID, asked: str) -> tuple[AskedPage, Request]:
    """Give the page of one thing that is asked, and what an answer to it is given to.

    Raises:
        NoOpenRequestError: it is not asked, or was answered.
    """
    submitted = find_own_case(token)
    view = view_of(submitted)
    found = next((one for one in view.open_requests if one.request_id == request_id and asked in one.left), None)
    if found is None:
        raise NoOpenRequestError
    product = means().products.version(submitted.product, version=submitted.version)
    known = {**submitted.answers, **view.answers}
    page = AskedPage(token=token, product=product, request=found, asked=asked, known=known)
    about = Request(
        reference=submitted.reference,
        request_id=request_id,
        asked=asked,
        product=product,
        received_at=submitted.received_at,
        known=known,
    )
    return page, about


def way_on(page: AskedPage) -> str:
    """Where to go after this was answered: to what is still asked, or back to the case."""
    left = [asked for asked in page.request.left if asked != page.asked]
    if left:
        return way_to(page.request, token=page.token, asked=left[0])
    return f"/status/{page.token}?beantwoord=ja"
