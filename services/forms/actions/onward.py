"""Goes on from a talk with an application: its form is begun with what was told, and the two cases know each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.forms.domain.drafts import begin_draft
from services.forms.domain.files import take_along
from services.forms.domain.onward import carry_onward
from services.forms.ports import Means
from services.forms.ports.cosigns import Invite
from services.forms.queries import Submitted
from shared.catalogue.definitions import Product
from shared.crypto import token_hash
from shared.events import Language, Link
from shared.law.calendar import local_date


def begin_onward(
    invite: Invite, *, product: Product, talk: Submitted, language: Language, means: Means, now: datetime
) -> str:
    """Begin the form with what was told, or go on with the one that was begun; gives the way to it.

    Raises:
        SignInFirstError: nobody is signed in as surely as the product asks.
    """
    today = local_date(now)
    with means.open_work(now) as work:
        if invite.draft_id:
            known = means.links.draft_token(invite.draft_id)
            if work.find_draft(token_hash(known), today=today):
                return known
        draft = begin_draft(product, language=language, today=today, who=means.who)
        told = means.products.version(talk.product, version=talk.version)
        carried = carry_onward(talk.answers, talk=told, into=product)
        checked = means.check(product, answers=carried).answers
        answers = take_along(product.questions, answers=checked, files=())  # files stay with the talk
        if means.who:
            known_of = means.prefill(product, who=means.who)
            answers = {**answers, **known_of.answers}
            draft = replace(draft, prefilled=known_of.origins)
        token = means.links.draft_token(draft.id)
        work.add_draft(
            replace(draft, answers=answers, link=Link(kind="talk", reference=invite.reference)),
            token_hash=token_hash(token),
        )
        work.invites.begin(invite, draft_id=draft.id)
    return token
