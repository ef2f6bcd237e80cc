"""In whose name the services speak: the text of municipality.yaml in the browser, its versions, and the way back."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.forms.actions.publishing import FaultyTextError, NothingNewError
from services.forms.actions.speaking import publish_speaker, read_speaker, serving_text, speaker_texts
from services.forms.domain.lines import changed_lines
from services.forms.domain.working import ChangedByColleagueError
from services.forms.ports.desk import SpeakerText
from services.forms.web.admin.room import administered, desk_means, posted_reason, posted_revision, signed
from services.forms.web.counter import said
from shared.catalogue.faults import Fault
from shared.events import Words
from shared.problems import problem_of

LONGEST: Final = 100_000
"""Characters of a text."""

_WHY: Final = Words(nl="Schrijf op waarom u dit verandert", en="Write down why you change this")


def open_speaking(app: Flask) -> None:
    """Add these pages."""
    at = "/beheer/gemeente"
    app.add_url_rule(at, "admin_speaker", show)
    app.add_url_rule(at, "admin_speaker_published", publish, methods=["POST"])
    app.add_url_rule(f"{at}/controle", "admin_speaker_check", check, methods=["POST"])
    app.add_url_rule(f"{at}/versie/<int:text_id>", "admin_speaker_version", show_version)
    app.add_url_rule(f"{at}/versie/<int:text_id>", "admin_speaker_back", roll_back, methods=["POST"])


@administered
def show() -> ResponseReturnValue:
    """The text that serves, to be changed, and every text before it."""
    return _page()


@administered
def publish() -> ResponseReturnValue:
    """Look at a text, or have it serve from now on."""
    content, because = _typed(), posted_reason()
    if request.form.get("action") == "check":
        return _page(content)
    if not because:
        return _page(content, errors=[("because", said(_WHY))]), 422
    try:
        publish_speaker(content, revision=posted_revision(), means=desk_means(), signed=signed(because))
    except FaultyTextError as error:
        return _page(content, faults=error.faults), 422
    except ChangedByColleagueError:
        flash("changed_meanwhile", "warning")
        return _page(content), 409
    except NothingNewError:
        flash("serves_already", "info")
    else:
        flash("speaks", "ok")
    return redirect(url_for("admin_speaker"), code=303)


@administered
def check() -> ResponseReturnValue:
    """Say what is wrong with the text as it is typed; nothing is kept."""
    return render_template("admin/municipality-report.html", **_report(_typed(), serving=serving_text(_texts())))


@administered
def show_version(text_id: int) -> ResponseReturnValue:
    """One text of before, and in which lines it differs from what serves."""
    texts = _texts()
    return render_template("admin/municipality-version.html", **_compared(texts, chosen=_find(texts, text_id)))


@administered
def roll_back(text_id: int) -> ResponseReturnValue:
    """Have a text of before serve again, from now on."""
    texts = _texts()
    chosen = _find(texts, text_id)
    try:
        publish_speaker(chosen.content, revision=posted_revision(), means=desk_means(), signed=signed(posted_reason()))
    except FaultyTextError as error:
        found = _compared(texts, chosen=chosen)
        return render_template("admin/municipality-version.html", **found, faults=error.faults), 422
    except ChangedByColleagueError:
        flash("changed_meanwhile", "warning")
        return redirect(url_for("admin_speaker_version", text_id=text_id), code=303)
    except NothingNewError:
        flash("serves_already", "info")
    else:
        flash("speaks", "ok")
    return redirect(url_for("admin_speaker"), code=303)


def _page(
    content: str | None = None, *, errors: list[tuple[str, str]] | None = None, faults: tuple[Fault, ...] = ()
) -> str:
    texts = _texts()
    serving = serving_text(texts)
    text = (serving.content if serving else "") if content is None else content
    return render_template(
        "admin/municipality.html",
        texts=texts,
        serving=serving,
        text=text,
        because=posted_reason(),
        errors=errors or [],
        **_report(text, serving=serving, faults=faults),
    )


def _report(content: str, *, serving: SpeakerText | None, faults: tuple[Fault, ...] = ()) -> dict[str, Any]:
    """What the checker says of a text, unless it found `faults` before; who it names, and which lines it changes."""
    named = desk_means().municipality
    if not faults:
        try:
            named = read_speaker(content, means=desk_means())
        except FaultyTextError as error:
            faults = error.faults
    changes = changed_lines(serving.content if serving else "", content)
    return {"faults": faults, "changes": changes, "named": named}


def _compared(texts: list[SpeakerText], *, chosen: SpeakerText) -> dict[str, Any]:
    serving = serving_text(texts)
    now = serving.content if serving else ""
    return {"texts": texts, "chosen": chosen, "serving": serving, "changes": changed_lines(now, chosen.content)}


def _texts() -> list[SpeakerText]:
    return speaker_texts(desk_means())


def _find(texts: list[SpeakerText], text_id: int) -> SpeakerText:
    found = next((one for one in texts if one.id == text_id), None)
    if found is None:
        raise problem_of(404)
    return found


def _typed() -> str:
    return request.form.get("tekst", "").replace("\r\n", "\n")[:LONGEST]
