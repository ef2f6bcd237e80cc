"""The steps of a form: show one, keep what was filled in, and lead on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.filling import Way, keep_page, open_form
from services.forms.actions.renewing import catch_up, changes_since, is_behind
from services.forms.domain.faults import Fault
from services.forms.domain.pages import Form, Page, Shown, Turned, fields_to_show, marks_of, warnings_on
from services.forms.domain.submissions import decide_by
from services.forms.web.changing import CHANGES, Change
from services.forms.web.counter import language, means, now, public, said
from services.forms.web.fields import controls_of, summary_of, typed_fields
from services.forms.web.uploads import (
    FILE_VERBS,
    TOO_LARGE,
    TooLargeTogetherError,
    change_files,
    few_large,
    take_files,
    too_large,
    with_wrong_files,
)
from shared.catalogue.definitions import Step
from shared.events import Words

CHECK = "controleren"
NOT_NEEDED = "niet-nodig"
OTHER_PRODUCT = "ander-formulier"
AFTER = "na"
"""The step that led to one of these pages: whoever goes on all the same, goes on after it."""

SINCE, HELPED = "_since", "_helped"
"""Fields beside the questions, for what is counted: when the page was shown, and which explanations were opened."""
SHOWN, TOUCHED = "_shown", "_touched"
"""Fields that keep two tabs apart: how the page was shown, and in which questions somebody typed since."""
_NUMBER = re.compile(r"[0-9]{1,11}")
CHECK_TITLE = Words(nl="Controleren en versturen", en="Check and send")


def open_steps(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/verder/<token>", "resume", resume)
    app.add_url_rule("/aanvraag/<token>", "draft", resume)
    app.add_url_rule("/aanvraag/<token>/<step_id>", "step", show_step)
    app.add_url_rule("/aanvraag/<token>/<step_id>", "keep_step", keep_step, methods=["POST"])
    app.add_url_rule("/aanvraag/<token>/<step_id>/bewaar", "autosave", autosave, methods=["POST"])


@public
def resume(token: str) -> ResponseReturnValue:
    """Go on where the form is not complete yet."""
    form = _renewed(token)
    return redirect(next_address(token, form=form), code=303)


@public
def show_step(token: str, *, step_id: str) -> ResponseReturnValue:
    """A step, filled with what is known already."""
    form = _renewed(token)
    step = form.progress.step(step_id)
    faults = too_large(step) if TOO_LARGE in request.args else ()
    return _page(token, form=form, step=step, typed=fields_to_show(form, step=step), faults=faults)


@public
def autosave(token: str, *, step_id: str) -> ResponseReturnValue:
    """Keep what is typed so far, without a word."""
    keep_page(token, page=posted_page(step_id), means=means(), now=now(), way="later")
    return "", 204


@public
@few_large
def keep_step(token: str, *, step_id: str) -> ResponseReturnValue:
    """Keep a step with the files that came with it, and do what the chosen button says."""
    try:
        wrong = take_files(token, step_id=step_id)
    except TooLargeTogetherError:
        return redirect(f"/aanvraag/{token}/{step_id}?{TOO_LARGE}=1", code=303)
    verb, _, subject = request.form.get("action", "").partition(":")
    if verb in FILE_VERBS:
        return _change_files(token, step_id=step_id, verb=verb, subject=subject, wrong=wrong)
    if verb in CHANGES:
        return _change(token, step_id=step_id, verb=verb, subject=subject, wrong=wrong)
    page = posted_page(step_id)
    way: Way = "later" if verb == "later" else "skip" if verb == "skip" else "on"
    turned = keep_page(token, page=page, means=means(), now=now(), way=way)
    if verb == "later" and not wrong:
        return redirect(f"/aanvraag/{token}/later", code=303)
    if turned.new_questions and not wrong:
        return redirect(_address(token, turned.step, new=True), code=303)
    if faults := with_wrong_files(turned, wrong=wrong):
        return _page(
            token,
            form=turned.form,
            step=turned.step,
            typed=turned.typed,
            faults=faults,
            may_skip=turned.may_skip,
        ), 422
    return redirect(_onward(token, turned=turned), code=303)


def next_address(token: str, *, form: Form) -> str:
    """The first page with something open, else the check page."""
    step = form.progress.unfinished
    return _address(token, step) if step else f"/aanvraag/{token}/{CHECK}"


def address_after(token: str, *, form: Form, step_id: str) -> str:
    """The page after this step; without such a step the first page with something open."""
    step = next((step for step in form.progress.steps if step.id == step_id), None)
    following = form.progress.after(step) if step else None
    return f"/aanvraag/{token}/{following.id}" if following else next_address(token, form=form)


def aside_of(form: Form) -> str:
    """The page that says that this form is not the right one; empty when it is, or the resident went on with it."""
    told = form.progress.evaluation
    if form.draft.went_on:
        return ""
    return NOT_NEEDED if told.not_needed else OTHER_PRODUCT if told.other_product else ""


def _change_files(
    token: str, *, step_id: str, verb: str, subject: str, wrong: tuple[Fault, ...]
) -> ResponseReturnValue:
    """Keep the page as typed, and add or remove one file. Nothing is missed for it."""
    name, _, number = subject.partition(":")
    faults = wrong or change_files(token, step_id=step_id, verb=verb, question_id=name, number=number)
    page = posted_page(step_id)
    turned = keep_page(token, page=page, means=means(), now=now(), way="later")
    if faults:
        return _page(token, form=turned.form, step=turned.step, typed=turned.typed, faults=faults), 422
    return redirect(f"{_address(token, turned.step)}#{name}", code=303)


def _change(token: str, *, step_id: str, verb: str, subject: str, wrong: tuple[Fault, ...]) -> ResponseReturnValue:
    """Change the fields of the page itself: another row, another way to give an address. Nothing is missed for it."""
    form = open_form(token, means=means(), now=now())
    step = form.progress.step(step_id)
    page = posted_page(step_id)
    change = Change(verb=verb, subject=subject)
    changed = change.make(step.questions, answers=form.draft.answers, typed=page.typed)
    page = replace(page, typed=changed)
    turned = keep_page(token, page=page, means=means(), now=now(), way="later")
    own = tuple(fault for fault in turned.faults if f"{fault.name}.".startswith(f"{change.name}."))
    if wrong or (verb == "find" and own):
        return _page(token, form=turned.form, step=step, typed=turned.typed, faults=wrong or own), 422
    return redirect(f"{_address(token, step)}#{change.anchor(page.typed)}", code=303)


def _renewed(token: str) -> Form:
    form = open_form(token, means=means(), now=now())
    return catch_up(form, token=token, means=means(), now=now())


def posted_page(step_id: str) -> Page:
    """The step as it was sent."""
    asked = frozenset(request.form.get("asked", "").split())
    return Page(
        step=step_id,
        asked=asked,
        typed=typed_fields(request.form.lists()),
        language=language(),
        since=_moment(request.form.get(SINCE, "")),
        helped=frozenset(request.form.getlist(HELPED)),
        touched=frozenset(request.form.getlist(TOUCHED)),
        shown=_shown(request.form.get(SHOWN, "")),
    )


def _shown(text: str) -> Shown | None:
    """How the page was shown, as it said itself; None when it says nothing of use."""
    revision, *marks = text.split() or [""]
    if not _NUMBER.fullmatch(revision):
        return None
    return Shown(
        revision=int(revision), marks={name: mark for name, _, mark in (each.partition(":") for each in marks)}
    )


def _moment(text: str) -> int:
    """When the page was shown, as it said itself; 0 when it says nothing of use."""
    return int(text) if _NUMBER.fullmatch(text) else 0


def _onward(token: str, *, turned: Turned) -> str:
    """The page after a step that is complete; back at the check page, unless the page brought up new questions."""
    form, check = turned.form, f"/aanvraag/{token}/{CHECK}"
    detour = request.form.get("back") == CHECK
    if aside := aside_of(form):
        return f"/aanvraag/{token}/{aside}" + ("" if detour else f"?{urlencode({AFTER: turned.step.id})}")
    if detour:
        return _address(token, turned.opened) if turned.opened else check
    following = form.progress.after(turned.step)
    return _address(token, following) if following else next_address(token, form=form)


def _address(token: str, step: Step, *, new: bool = False) -> str:
    """The address of a step; a detour from the check page stays one."""
    query = {"terug": CHECK} if CHECK in (request.form.get("back"), request.args.get("terug")) else {}
    query |= {"nieuw": "1"} if new else {}
    return f"/aanvraag/{token}/{step.id}" + (f"?{urlencode(query)}" if query else "")


def _page(
    token: str,
    *,
    form: Form,
    step: Step,
    typed: Mapping[str, Sequence[str]],
    faults: Sequence[Fault] = (),
    may_skip: bool = False,
) -> str:
    progress = form.progress
    controls = controls_of(form, step=step, typed=typed, faults=faults)
    before, after = progress.before(step), progress.after(step)
    return render_template(
        "forms/step.html",
        token=token,
        form=form,
        step=step,
        controls=controls,
        asked=" ".join(control.name for control in controls),
        since=int(now().timestamp()),
        shown=" ".join([str(form.draft.revision), *(f"{name}:{mark}" for name, mark in marks_of(typed).items())]),
        errors=summary_of(faults),
        may_skip=may_skip,
        number=progress.number(step),
        titles=titles_of(form),
        before=before,
        after=after,
        back=CHECK if CHECK in (request.form.get("back"), request.args.get("terug")) else "",
        new_questions="nieuw" in request.args,
        warnings=warnings_on(step, form=form),
        changes=[said(each.text) for each in changes_since(form, means=means())],
        stays=is_behind(form, means=means()),
        due=decide_by(form.product, received=form.today).safe,
    )


def titles_of(form: Form) -> list[str]:
    """The names of the steps of this resident, with the check page as the last."""
    return [*(said(step.short) for step in form.progress.steps), said(CHECK_TITLE)]
