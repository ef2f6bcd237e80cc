"""Lets whoever does not sign in confirm an e-mail address, by a link that shows nothing of the form."""

from __future__ import annotations

from datetime import datetime

from services.forms.actions.filling import find_form
from services.forms.domain.confirming import address_to_confirm
from services.forms.domain.drafts import MOST_MAILS, TooManyMailsError
from services.forms.domain.pages import Form
from services.forms.ports import Means, Work
from shared.crypto import token_hash
from shared.events import AddressTyped, Language


class UnconfirmedError(Exception):
    """This form is sent only from a confirmed e-mail address, and its address is not confirmed yet."""


def find_confirmed(work: Work, *, token: str, means: Means, now: datetime) -> Form:
    """The form behind this token, once its address is confirmed where its product asks that.

    Raises:
        UnconfirmedError, and as `find_form`.
    """
    form = find_form(work, token=token, means=means, now=now)
    email = address_to_confirm(form)
    if email and not work.confirmations.is_confirmed(form.draft, email=email):
        raise UnconfirmedError
    return form


def ask_to_confirm(token: str, *, again: bool, language: Language, means: Means, now: datetime) -> None:
    """Mail the link that confirms the address of this form: once to each address, `again` when somebody asks for it.

    Raises:
        TooManyMailsError: this draft was mailed too often already.
    """
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        email = address_to_confirm(form)
        if email is None:
            return
        link_token = means.links.confirm_token(form.draft.id, email=email)
        is_new = work.confirmations.ask(form.draft.id, email=email, token_hash=token_hash(link_token), at=now)
        if not (is_new or again):
            return
        if not work.count_mail(form.draft.id, most=MOST_MAILS):
            raise TooManyMailsError
        link = means.links.confirm(link_token)
        title, last = form.product.title, form.draft.keep_until
        work.tell(AddressTyped(title=title, email=email, language=language, link=link, keep_until=last))


def confirm_address(token: str, *, means: Means, now: datetime) -> None:
    """Keep that whoever reads this mailbox confirmed the address; a second click changes nothing."""
    with means.open_work(now) as work:
        work.confirmations.confirm(token_hash(token), at=now)
