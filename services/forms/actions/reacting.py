"""Takes in a view on a public notice, once, with the file that came with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.forms.actions.uploading import Asked, take_in
from services.forms.domain.faults import Fault, WrongAnswerError
from services.forms.domain.files import Scan, StoredFile, sent_file
from services.forms.domain.reacting import FILE, GivenView
from services.forms.ports import Means, Work
from services.forms.ports.files import Upload
from shared.events import Intake, Language, ReachedByPost, Words
from shared.law.calendar import local_date
from shared.participation import NoticePublished, ViewGiven, new_view_reference

_NOT_NOW = Words(
    nl="Wij kunnen dit bestand nu niet controleren. Probeer het later, of reageer zonder bestand",
    en="We cannot check this file now. Try again later, or react without a file",
)


@dataclass(frozen=True, kw_only=True)
class Reaction:
    """How a view came in: the page's own number, when (UTC), in which language, and by whose hand (None: their own).

    `received_on` is the day that counts, `link` the page of the notice.
    """

    id: UUID
    at: datetime
    received_on: date
    language: Language
    intake: Intake | None
    link: str


def give_view(
    told: NoticePublished,
    *,
    given: GivenView,
    reaction: Reaction,
    upload: Upload | None,
    means: Means,
) -> str:
    """Keep a view and tell it; give its reference. The same page sent twice is one view.

    Raises:
        WrongAnswerError: the file is refused, with the reason in words.
    """
    now = reaction.at
    file = _take_in(told, upload=upload, means=means, now=now) if upload else None
    with means.open_work(now) as work:
        fresh = new_view_reference(local_date(now).year)
        reference = work.views.add(reaction.id, reference=fresh, number=told.number, at=now)
        if reference == fresh:
            _tell(told, view=reference, given=given, reaction=reaction, file=file, work=work)
        return reference


def _tell(
    told: NoticePublished,
    *,
    view: str,
    given: GivenView,
    reaction: Reaction,
    file: StoredFile | None,
    work: Work,
) -> None:
    """A file goes with the view and not with the form: the applicant's own page lists what goes with that."""
    if file:
        work.views.keep_file(file.id, reference=view)
    if not given.party.email:
        work.tell(ReachedByPost(reference=view, party=given.party))
    work.tell(
        ViewGiven(
            view_id=reaction.id,
            view=view,
            reference=told.reference,
            number=told.number,
            at=reaction.at,
            received_on=reaction.received_on,
            intake=reaction.intake,
            language=reaction.language,
            party=given.party,
            on_behalf=given.on_behalf,
            words=given.words,
            file=sent_file(file, question=FILE.id) if file else None,
            link=reaction.link,
        )
    )


def _take_in(told: NoticePublished, *, upload: Upload, means: Means, now: datetime) -> StoredFile:
    """A file goes along only once it was judged: nobody hears later of a view what became of its file."""
    file = take_in(Asked(product=told.product, question=FILE), upload=upload, means=means, now=now)
    if file.scan is Scan.WAITING:
        raise WrongAnswerError(Fault(name=FILE.id, text=_NOT_NOW))
    return file
