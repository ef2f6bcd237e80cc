"""The text of a product in the browser: change it with checks, publish it, throw it away, take it along as a zip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.forms.actions.editing import begin_editing, change_file, inspect_copy, throw_away
from services.forms.domain.lines import changed_lines
from services.forms.domain.packages import pack
from services.forms.domain.working import ChangedByColleagueError, NoWorkingCopyError, UnfitTextError, WorkingCopy
from services.forms.web.admin.choosing import choose, open_file
from services.forms.web.admin.refusals import unfit_words
from services.forms.web.admin.room import administered, desk_means, posted_revision, signed
from services.forms.web.counter import said
from shared.catalogue.faults import Fault

_AROUND = 2
"""Lines shown before and after the one that is wrong."""


def open_texts(app: Flask) -> None:
    """Add these pages."""
    at = "/beheer/product/<product_id>"
    app.add_url_rule(f"{at}/tekst", "admin_text", show_text)
    app.add_url_rule(f"{at}/tekst", "admin_begin", begin, methods=["POST"])
    app.add_url_rule(f"{at}/tekst/bewaar", "admin_keep", keep, methods=["POST"])
    app.add_url_rule(f"{at}/tekst/controle", "admin_check", check, methods=["POST"])
    app.add_url_rule(f"{at}/tekst/weggooien", "admin_throw_away", throw, methods=["POST"])
    app.add_url_rule(f"{at}/zip", "admin_export", export)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A fault with the lines around it, each with its number; `here` is whether its file is the one on the page."""

    fault: Fault
    file: str
    here: bool
    lines: list[tuple[int, str]]


@administered
def show_text(product_id: str) -> ResponseReturnValue:
    """The working copy, or the way to begin one."""
    file = open_file(product_id)
    if file.copy is None:
        return render_template("admin/text-begin.html", file=file)
    return _page(file.copy, name=request.args.get("bestand", ""))


@administered
def begin(product_id: str) -> ResponseReturnValue:
    """Begin a working copy with what serves."""
    begin_editing(product_id, means=desk_means(), signed=signed())
    return redirect(url_for("admin_text", product_id=product_id), code=303)


@administered
def keep(product_id: str) -> ResponseReturnValue:
    """Keep one file, whatever is wrong with what it says."""
    name, text = request.form.get("bestand", ""), request.form.get("tekst", "")
    removes = request.form.get("action") == "remove"
    try:
        change_file(
            product_id,
            change=(name, None if removes else text),
            revision=posted_revision(),
            means=desk_means(),
            signed=signed(),
        )
    except UnfitTextError as error:
        return _page(_copy(product_id), name=name, typed=text, wrong=said(unfit_words(error))), 422
    except ChangedByColleagueError:
        return _clash(product_id, name=name, typed=text), 409
    flash("removed" if removes else "kept", "ok")
    return redirect(url_for("admin_text", product_id=product_id, bestand="" if removes else name), code=303)


@administered
def check(product_id: str) -> ResponseReturnValue:
    """Say what is wrong with the text as it is typed; nothing is kept."""
    copy = _copy(product_id)
    name, text = request.form.get("bestand", ""), request.form.get("tekst", "").replace("\r\n", "\n")
    files = {**copy.files, name: text} if name in copy.files else copy.files
    return render_template("admin/text-report.html", **_report(product_id, files=files, name=name))


@administered
def throw(product_id: str) -> ResponseReturnValue:
    """Throw the working copy away."""
    try:
        throw_away(product_id, revision=posted_revision(), means=desk_means(), signed=signed())
        flash("thrown_away", "ok")
    except ChangedByColleagueError:
        flash("changed_meanwhile", "warning")
    return redirect(url_for("admin_product", product_id=product_id), code=303)


@administered
def export(product_id: str) -> ResponseReturnValue:
    """The text of one version, or of the working copy, with its examples, as a zip."""
    file = open_file(product_id)
    chosen = choose(file, key=request.args.get("versie") or file.usual)
    response = Response(pack(chosen.files, folder=product_id), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{product_id}-{chosen.key[:8]}.zip"'
    return response


def report_on(copy: WorkingCopy, *, name: str = "") -> dict[str, object]:
    """What the checker says of a working copy, for its template."""
    return _report(copy.product, files=copy.files, name=name)


def _page(copy: WorkingCopy, *, name: str, typed: str | None = None, wrong: str = "") -> str:
    name = name if name in copy.files or typed is not None else next(iter(sorted(copy.files, key=_place)), "")
    return render_template(
        "admin/text.html",
        file=open_file(copy.product),
        copy=copy,
        names=sorted(copy.files, key=_place),
        name=name,
        text=copy.files.get(name, "") if typed is None else typed,
        wrong=wrong,
        **report_on(copy, name=name),
    )


def _clash(product_id: str, *, name: str, typed: str) -> str:
    """Two people changed the text at once: show what the other one made of it, and keep what this one typed."""
    copy = _copy(product_id)
    theirs, mine = copy.files.get(name, ""), typed.replace("\r\n", "\n")
    return render_template(
        "admin/text-clash.html",
        file=open_file(product_id),
        copy=copy,
        name=name,
        typed=typed,
        changes=changed_lines(theirs, mine),
    )


def _report(product_id: str, *, files: Mapping[str, str], name: str) -> dict[str, object]:
    found = inspect_copy(product_id, files=files, means=desk_means())
    return {
        "product_id": product_id,
        "found": found,
        "told": [_told(fault, product_id=product_id, files=files, name=name) for fault in found.faults],
        "unknown": [_told(fault, product_id=product_id, files=files, name=name) for fault in found.unknown],
    }


def _told(fault: Fault, *, product_id: str, files: Mapping[str, str], name: str) -> Told:
    owner, _, file = fault.place.file.partition("/")
    own = owner == product_id
    lines = files.get(file, "").split("\n") if own else []
    first, last = max(fault.place.line - _AROUND, 1), min(fault.place.line + _AROUND, len(lines))
    around = [(number, lines[number - 1]) for number in range(first, last + 1)] if file in files else []
    return Told(fault=fault, file=file if own else fault.place.file, here=own and file == name, lines=around)


def _copy(product_id: str) -> WorkingCopy:
    with desk_means().open_desk() as desk:
        found = desk.find_copy(product_id)
    if found is None:
        raise NoWorkingCopyError
    return found


def _place(name: str) -> tuple[int, str]:
    """Form and process first, then letters, then examples."""
    order = ("form.yaml", "process.yaml", "letters", "cases")
    return order.index(name if name in order else name.partition("/")[0]), name
