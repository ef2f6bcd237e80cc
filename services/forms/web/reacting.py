"""Giving a view on a public notice: by anyone, or by staff at the desk for who comes by, calls or writes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from services.forms.actions.reacting import Reaction, give_view
from services.forms.domain.faults import Fault, WrongAnswerError
from services.forms.domain.notices import PublicNotice
from services.forms.domain.reacting import FILE, view_from
from services.forms.web.counter import at_most, counter, language, means, now, public, today
from services.forms.web.incoming import make_room
from services.forms.web.noticing import open_notice
from services.forms.web.reacting_intake import Intake, Sent, read_intake, read_sent
from services.forms.web.reacting_page import render_reaction, render_thanks
from services.forms.web.uploads import few_large, upload_of

_WAY = "/bekendmakingen/<number>/zienswijze"


def open_reacting(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule(_WAY, "react", show_form)
    app.add_url_rule(_WAY, "give_view", give, methods=["POST"])
    app.add_url_rule(f"{_WAY}/<uuid:view_id>", "view_given", show_thanks)


@public
def show_form(number: str) -> ResponseReturnValue:
    """The form; after a decision nothing is asked any more."""
    return render_reaction(_open(number), sent=read_sent({}), too_large="te-groot" in request.args)


@public
@few_large
@at_most("10/minute")
def give(number: str) -> ResponseReturnValue:
    """Take in the view; a second click changes nothing."""
    notice = _open(number)
    make_room((FILE,))
    try:
        sent = read_sent(dict(request.form.lists()))
        chosen = any(stored.filename for stored in request.files.values())
    except RequestEntityTooLarge:  # so large that nothing of it was read: no page can follow on this request
        return redirect(f"{request.path}?te-groot", code=303)
    if sent.looks_up:
        return render_reaction(notice, sent=sent.with_street(means().addresses))
    try:
        _give(notice, sent=sent)
    except WrongAnswerError as wrong:
        return render_reaction(notice, sent=sent, faults=wrong.faults, file_lost=chosen), 422
    return redirect(f"{request.path}/{sent.id}", code=303)


@public
def show_thanks(number: str, *, view_id: UUID) -> ResponseReturnValue:
    """The reference of the view, for whoever sent it."""
    return render_thanks(open_notice(number), view_id=view_id)


def _open(number: str) -> PublicNotice:
    notice = open_notice(number)
    if notice.state(today=today()) not in ("open", "over"):
        abort(404)
    return notice


def _give(notice: PublicNotice, *, sent: Sent) -> None:
    faults: list[Fault] = []
    intake: Intake | None = None
    try:
        intake = read_intake(sent)
    except WrongAnswerError as wrong:
        faults += wrong.faults
    try:
        given = view_from(sent.typed)
    except WrongAnswerError as wrong:
        raise WrongAnswerError(*faults, *wrong.faults) from None
    if faults:
        raise WrongAnswerError(*faults)
    reaction = Reaction(
        id=sent.id,
        at=now(),
        received_on=_day(intake),
        language=language(),
        intake=intake.told if intake else None,
        link=f"{counter().address}/bekendmakingen/{notice.told.number}",
    )
    stored = request.files.get(FILE.id)
    upload = upload_of(stored) if stored and stored.filename else None
    give_view(notice.told, given=given, reaction=reaction, upload=upload, means=means())


def _day(intake: Intake | None) -> date:
    return intake.received if intake else today()
