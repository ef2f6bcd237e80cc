"""Files that the malware scanner refused: look at the list, have one judged anew, destroy one."""

from __future__ import annotations

from uuid import UUID

from flask import Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.forms.actions.quarantine import UnknownFileError, destroy, judge_anew
from services.forms.queries import list_quarantine
from services.forms.web.admin.room import administered, me
from services.forms.web.counter import means, now, reading
from shared.problems import problem_of


def open_quarantine(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/beheer/quarantaine", "admin_quarantine", show)
    app.add_url_rule("/beheer/quarantaine", "admin_judge", judge, methods=["POST"])
    app.add_url_rule("/beheer/quarantaine/<uuid:file_id>/vernietigen", "admin_destroy", ask)
    app.add_url_rule("/beheer/quarantaine/<uuid:file_id>/vernietigen", "admin_destroyed", do, methods=["POST"])


@administered
def show() -> ResponseReturnValue:
    """The list, the newest first."""
    with reading() as connection:
        files = list_quarantine(connection)
    return render_template("admin/quarantine.html", files=files)


@administered
def judge() -> ResponseReturnValue:
    """Have the scanner judge a file again."""
    try:
        judge_anew(UUID(request.form.get("file", "")), means=means(), now=now())
        flash("judged_anew", "ok")
    except ValueError:
        raise problem_of(400) from None
    except UnknownFileError:
        flash("file_gone", "info")
    return redirect(url_for("admin_quarantine"), code=303)


@administered
def ask(file_id: UUID) -> ResponseReturnValue:
    """Ask before it is done: it cannot be undone."""
    with reading() as connection:
        found = next((one for one in list_quarantine(connection) if one.file.id == file_id), None)
    if found is None or found.destroyed_at:
        raise problem_of(404)
    return render_template("admin/destroy.html", found=found)


@administered
def do(file_id: UUID) -> ResponseReturnValue:
    """Destroy the content; who did it and when stays on the list."""
    try:
        destroy(file_id, by=me().name, means=means(), now=now())
        flash("destroyed", "ok")
    except UnknownFileError:
        flash("file_gone", "info")
    return redirect(url_for("admin_quarantine"), code=303)
