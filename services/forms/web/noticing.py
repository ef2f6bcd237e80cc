"""Public notices: what the municipality is about to decide on, where, and until when one can react."""

from __future__ import annotations

from flask import Flask, abort, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.domain.notices import PublicNotice, about, current, outcome_for_all
from services.forms.notice_store import find_notice, running_notices
from services.forms.web.counter import counter, public, reading, today
from shared.api import answer
from shared.wire import to_wire

LONGEST_SEARCH = 100


def open_noticing(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/bekendmakingen", "notices", show_notices)
    app.add_url_rule("/bekendmakingen.json", "notices_data", tell_notices)
    app.add_url_rule("/bekendmakingen/<number>", "notice", show_notice)


@public
def show_notices() -> ResponseReturnValue:
    """What one can react to today, all of it or what is sought."""
    typed, theme = request.args.get("zoek", "")[:LONGEST_SEARCH], request.args.get("thema", "")
    running = _running()
    return render_template(
        "forms/notices.html",
        found=about(running, words=typed, theme=theme),
        themes=[each for each in counter().municipality.themes if any(each.id == one.told.theme for one in running)],
        typed=typed,
        theme=theme,
    )


@public
def tell_notices() -> ResponseReturnValue:
    """The same as open data."""
    return answer({"notices": [_data(notice) for notice in _running()]})


@public
def show_notice(number: str) -> ResponseReturnValue:
    """One notice: what, where, when, the plan, and how to react."""
    notice = open_notice(number)
    state = notice.state(today=today())
    decision = notice.decision if state == "decided" else None
    outcome = outcome_for_all(decision) if decision else None
    return render_template(
        "forms/notice.html", found=notice, notice=notice.told, state=state, decision=decision, outcome=outcome
    )


def open_notice(number: str) -> PublicNotice:
    """Give a notice that can be read today; any other is not there (404)."""
    with reading() as connection:
        notice = find_notice(connection, number=number)
    if notice is None or notice.state(today=today()) is None:
        abort(404)
    return notice


def _running() -> tuple[PublicNotice, ...]:
    with reading() as connection:
        return current(running_notices(connection, today=today()), today=today())


def _data(notice: PublicNotice) -> dict[str, object]:
    """A notice for programs: nothing in it leads to the case or its applicant."""
    told = to_wire(notice.told)
    shown = ("number", "product", "theme", "title", "heading", "place", "text", "draft", "audience", "first", "last")
    return {**{name: told[name] for name in shown}, "address": f"{counter().address}/bekendmakingen/{told['number']}"}
