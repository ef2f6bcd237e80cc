"""Puts the text of an initiative up, to be signed along with."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.forms.actions.confirming import find_confirmed
from services.forms.domain.drafts import Gathering
from services.forms.domain.supporting import GATHER_DAYS, HAND_IN_DAYS, NotReadyError, may_begin, text_of
from services.forms.ports import Means
from shared.crypto import token_hash
from shared.law.calendar import local_date


def begin_gathering(token: str, *, means: Means, now: datetime) -> bool:
    """Put up the text of a draft to be signed; False when it is up already. Who signed another text counts no more.

    Raises:
        NotReadyError: the form gathers nothing online, or lacks what people sign or who asks it.
        UnconfirmedError, and as `find_form`.
    """
    with means.open_work(now) as work:
        form = find_confirmed(work, token=token, means=means, now=now)
        if not (form.gathers and may_begin(form)):
            raise NotReadyError
        last_day = local_date(now) + timedelta(days=GATHER_DAYS)
        return work.supports.put_up(
            form.draft.id,
            gathering=Gathering(text=text_of(form), last_day=last_day, signed=0),
            token_hash=token_hash(means.links.support_token(form.draft.id)),
            draft_until=last_day + timedelta(days=HAND_IN_DAYS),
        )
