"""The texts of messages in the browser: write a draft with checks, and publish what a colleague wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.notify.domain.drafting import (
    NO_DRAFT,
    ChangedByColleagueError,
    Draft,
    FaultyTextError,
    NothingNewError,
    OwnTextError,
    Published,
    may_publish,
)
from services.notify.editing import Workshop, keep_draft, publish_draft, throw_away
from services.notify.web.desk.room import Room, me
from services.notify.web.desk.words import TEXT_NAMES
from services.notify.wording_form import content_of, fields_of, names_of_fields, remarks_on, tidied
from services.notify.wording_store import WordingStore, serving_contents
from shared.access import Permission, allows
from shared.catalogue.publications import Signature
from shared.clock import utc_now
from shared.events import Words
from shared.problems import problem_of

LONGEST_REASON: Final = 300
_REFUSED: Final = {
    OwnTextError: Words(
        nl="U schreef zelf mee. Een collega publiceert deze tekst.",
        en="You wrote at it yourself. A colleague publishes this text.",
    ),
    FaultyTextError: Words(nl="Er klopt nog iets niet in de tekst.", en="Something in the text is not right yet."),
    NothingNewError: Words(nl="Deze tekst geldt al.", en="This text counts already."),
    ChangedByColleagueError: Words(
        nl="Een collega veranderde deze tekst intussen. Kijk wat er nu staat.",
        en="A colleague changed this text meanwhile. See what it says now.",
    ),
}
"""Why a text is not published."""
_WHY: Final = Words(nl="Schrijf op waarom u dit verandert", en="Write down why you change this")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A text as its page shows it: what is said now, the draft, and what was published, the newest first.

    With `typed` the fields are not those of the draft, but what this person typed meanwhile.
    """

    name: str
    serving: Mapping[str, str]
    draft: Draft | None
    published: list[Published]
    fields: Mapping[str, str]
    typed: bool = False
    remarks: Mapping[str, list[Words]] = field(default_factory=dict)

    @property
    def changes(self) -> Mapping[str, list[str]]:
        """What the draft changes, by field: lines that go with a minus, lines that come with a plus."""
        pairs = {each: (self.serving[each].split("\n"), text.split("\n")) for each, text in self.fields.items()}
        return {
            each: list(unified_diff(old, new, n=0, lineterm=""))[2:] for each, (old, new) in pairs.items() if old != new
        }


def open_texts(room: Room, *, workshop: Workshop) -> Blueprint:
    """Make the doors."""
    pages = Blueprint("texts", __name__)

    @pages.get("/beheer/teksten")
    @allows(Permission.ADMINISTER)
    def index() -> ResponseReturnValue:
        with room.pool.reading() as connection:
            store = WordingStore(connection)
            drafts, newest = store.drafts(), {each.name: each for each in reversed(store.publications())}
        return render_template("desk/texts.html", drafts=drafts, newest=newest)

    @pages.get("/beheer/teksten/<name>")
    @allows(Permission.ADMINISTER)
    def show(name: str) -> ResponseReturnValue:
        return _page(_sheet(name, room=room, workshop=workshop), workshop=workshop)

    @pages.post("/beheer/teksten/<name>")
    @allows(Permission.ADMINISTER)
    def keep(name: str) -> ResponseReturnValue:
        typed = typed_fields(named(name))
        try:
            with room.pool.connection() as connection:
                keep_draft(connection, name=name, content=content_of(typed), read=_read(), by=me(), at=utc_now())
        except ChangedByColleagueError as error:
            return _page(
                _sheet(name, room=room, workshop=workshop, typed=typed),
                workshop=workshop,
                refused=_REFUSED[type(error)],
            ), 409
        flash("text_kept")
        return redirect(url_for("texts.show", name=name), 303)

    _open_ending(pages, room=room, workshop=workshop)
    return pages


def _open_ending(pages: Blueprint, *, room: Room, workshop: Workshop) -> None:
    """The two ways in which a draft ends."""

    @pages.post("/beheer/teksten/<name>/weggooien")
    @allows(Permission.ADMINISTER)
    def throw(name: str) -> ResponseReturnValue:
        try:
            with room.pool.connection() as connection:
                throw_away(connection, name=named(name), read=_read())
        except ChangedByColleagueError as error:
            return _page(
                _sheet(name, room=room, workshop=workshop), workshop=workshop, refused=_REFUSED[type(error)]
            ), 409
        flash("text_thrown_away")
        return redirect(url_for("texts.show", name=name), 303)

    @pages.post("/beheer/teksten/<name>/publiceren")
    @allows(Permission.ADMINISTER)
    def publish(name: str) -> ResponseReturnValue:
        return _publish(_sheet(name, room=room, workshop=workshop), room=room, workshop=workshop)


def named(name: str) -> str:
    """Give the name of a text. Raises ProblemError (404) when there is none."""
    if name not in TEXT_NAMES:
        raise problem_of(404)
    return name


def typed_fields(name: str) -> dict[str, str]:
    """Give the fields as they were posted."""
    return {each: tidied(request.form.get(each, "")) for each in names_of_fields(name)}


def _publish(sheet: Sheet, *, room: Room, workshop: Workshop) -> ResponseReturnValue:
    because = " ".join(request.form.get("because", "").replace("\x00", " ").split())[:LONGEST_REASON]
    if sheet.draft is None or sheet.draft.mark != _read():
        return _refuse(sheet, error=ChangedByColleagueError(), workshop=workshop)
    if not because:
        return _page(sheet, workshop=workshop, because=_WHY), 422
    signed = Signature(by=me(), at=utc_now(), because=because)
    try:
        with room.pool.connection() as connection:
            publish_draft(connection, sheet.draft, workshop=workshop, signed=signed)
    except tuple(_REFUSED) as error:
        return _refuse(sheet, error=error, workshop=workshop)
    flash("text_published")
    return redirect(url_for("texts.show", name=sheet.name), 303)


def _sheet(name: str, *, room: Room, workshop: Workshop, typed: Mapping[str, str] | None = None) -> Sheet:
    with room.pool.reading() as connection:
        store = WordingStore(connection)
        draft, published = store.drafts().get(named(name)), store.publications(name)
        content = serving_contents(connection, folder=workshop.folder)[name]
    fields = typed or fields_of(draft.content if draft else content, name=name)
    remarks = {}
    if draft or typed:
        lacking = workshop.lacking(content_of(fields), name=name)
        remarks = remarks_on(fields, name=name, lacking=lacking)
    return Sheet(
        name=name,
        serving=fields_of(content, name=name),
        draft=draft,
        published=published,
        fields=fields,
        typed=typed is not None,
        remarks=remarks,
    )


def _refuse(sheet: Sheet, *, error: Exception, workshop: Workshop) -> ResponseReturnValue:
    return _page(sheet, workshop=workshop, refused=_REFUSED[type(error)]), 409


def _page(sheet: Sheet, *, workshop: Workshop, refused: Words | None = None, because: Words | None = None) -> str:
    return render_template(
        "desk/text.html",
        sheet=sheet,
        refused=refused,
        because=because,
        publishes=bool(sheet.draft and may_publish(sheet.draft, person=me())),
        paper=workshop.on_paper(sheet.name),
        no_draft=NO_DRAFT,
    )


def _read() -> str:
    """The mark of the draft that the reader had before them."""
    return request.form.get("read", "")
