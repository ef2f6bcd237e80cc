"""Draws up what is kept and told of a form that is handed in, and seals what is sensitive in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.forms.domain.drafts import Channel, received_moment
from services.forms.domain.pages import Form
from services.forms.domain.progress import Progress
from services.forms.domain.references import new_reference
from services.forms.domain.submissions import citizen_number, hand_in
from services.forms.ports import Means
from shared.catalogue.definitions import Product
from shared.events import Language, SubmissionReceived
from shared.post import BoxChosen
from shared.sealed import about_box, seal_submission


def draw_up(
    progress: Progress, *, channel: Channel, language: Language, means: Means, now: datetime
) -> SubmissionReceived:
    """The fact that this form was handed in, under a fresh reference.

    Raises:
        IncompleteError: an answer is missing or answers do not go together.
    """
    reference = new_reference(progress.on.year)
    return hand_in(
        progress,
        reference=reference,
        received_at=now,
        channel=channel,
        language=language,
        status_link=means.links.status(reference),
    )


def draw_up_form(form: Form, *, language: Language, means: Means, now: datetime) -> SubmissionReceived:
    """The fact that what was filled in on the pages was handed in; raises as `draw_up`."""
    intake = form.draft.intake
    return draw_up(
        form.progress.left_open,
        channel=intake.channel if intake else "web",
        language=language,
        means=means,
        now=received_moment(form.draft, now=now),
    )


def seal_up(whole: SubmissionReceived, *, product: Product, means: Means) -> SubmissionReceived:
    """The submission as it is kept and told: what is sensitive sealed, and its applicant known again by a mark.

    The number of who applies for somebody else says nothing about that other.
    """
    number = None if whole.represented else citizen_number(whole.answers, roles=product.roles, who=means.who)
    known = replace(whole, same_person=means.keyring.marks(number) if number else ())
    return seal_submission(known, product=product, keyring=means.keyring)


def box_chosen(submission: SubmissionReceived, *, means: Means) -> BoxChosen | None:
    """The fact that who signed in wants their Berichtenbox for this (Awb 2:8); None for whose box is not known."""
    known = submission.identified and submission.identified.kind == "person"
    if not (known and means.boxes and means.who):
        return None
    sealed = means.boxes.seal(means.who.number, about=about_box(submission.reference))
    return BoxChosen(reference=submission.reference, sealed=sealed)
