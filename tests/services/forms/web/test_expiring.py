"""A form that is not sent: its owner is warned some days before it is erased, and then nothing of it is left.

The day is told by the clock's own job and handled by the worker's own inbox; only the clock is shifted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient

from services.forms.domain.drafts import KEPT_DAYS, WARNED_DAYS
from shared.bus.day import tell_day
from shared.clock import utc_now
from shared.database import connect
from shared.law.calendar import local_date
from tests.services.forms import files
from tests.services.forms.shelf import LINKS
from tests.services.forms.web.filing import Desk, app, client, desk, post, scanner
from tests.services.forms.web.noors_browser import fill_in, send

__all__ = ["app", "client", "desk", "scanner"]

LAST_QUIET_DAY = KEPT_DAYS - WARNED_DAYS - 1


def begun(client: FlaskClient, *, email: str = "noor@example.org") -> str:
    """A form with a drawing, of which Noor had the link mailed."""
    form = fill_in(client)
    assert post(client, form, ("plan.pdf", files.pdf())).status_code == 303
    if email:
        assert client.post(f"{form}/later", data={"email": email}).status_code == 200
    return form


def pass_day(desk: Desk, scanner: str, *, days: int) -> datetime:
    """Let the day begin that is so many days from now."""
    at = utc_now() + timedelta(days=days)
    with connect(desk.database.dsn()) as connection:
        tell_day(connection, now=at)
    desk.work(scanner, at=at)
    return at


def warned(desk: Desk) -> list[dict[str, Any]]:
    return desk.told("DraftExpires")


def test_a_warning_comes_once_some_days_before_with_the_link_to_go_on(
    client: FlaskClient, desk: Desk, scanner: str
) -> None:
    form = begun(client)
    pass_day(desk, scanner, days=LAST_QUIET_DAY)
    assert warned(desk) == []
    for days in (LAST_QUIET_DAY + 1, LAST_QUIET_DAY + 2):
        pass_day(desk, scanner, days=days)
        (told,) = warned(desk)
    (draft,) = desk.rows("select id, keep_until from forms.draft")
    assert (told["email"], told["language"]) == ("noor@example.org", "nl")
    assert told["keep_until"] == draft["keep_until"].isoformat()
    assert draft["keep_until"] == local_date(utc_now()) + timedelta(days=KEPT_DAYS)
    assert told["link"] == LINKS.draft(LINKS.draft_token(draft["id"]))
    assert client.get(f"{form}/files").status_code == 200


def test_a_day_that_nobody_told_is_caught_up_with(client: FlaskClient, desk: Desk, scanner: str) -> None:
    begun(client)
    pass_day(desk, scanner, days=KEPT_DAYS)
    assert len(warned(desk)) == 1


def test_after_its_last_day_nothing_is_left_of_a_form(client: FlaskClient, desk: Desk, scanner: str) -> None:
    begun(client)
    pass_day(desk, scanner, days=KEPT_DAYS)
    assert len(desk.rows("select from forms.draft")) == 1
    pass_day(desk, scanner, days=KEPT_DAYS + 1)
    for table in ("draft", "reminder", "file"):
        assert desk.rows(f"select from forms.{table}") == []
    assert [each for each in desk.folder.rglob("*") if each.is_file()] == []


def test_a_file_with_a_virus_outlives_its_form_for_the_administrator(
    client: FlaskClient, desk: Desk, scanner: str
) -> None:
    form = fill_in(client)
    post(client, form, ("virus.pdf", files.EICAR))
    pass_day(desk, scanner, days=KEPT_DAYS + 1)
    assert desk.rows("select from forms.draft") == []
    assert desk.rows("select scan from forms.file") == [{"scan": "infected"}]


def test_who_left_no_address_or_sent_the_form_gets_no_warning(client: FlaskClient, desk: Desk, scanner: str) -> None:
    begun(client, email="")
    send(client, begun(client))
    pass_day(desk, scanner, days=LAST_QUIET_DAY + 1)
    assert warned(desk) == []
    assert desk.rows("select from forms.reminder") == []


def test_the_newest_address_is_warned(client: FlaskClient, desk: Desk, scanner: str) -> None:
    form = begun(client)
    client.post(f"{form}/later", data={"email": "thuis@example.org"})
    pass_day(desk, scanner, days=LAST_QUIET_DAY + 1)
    assert [told["email"] for told in warned(desk)] == ["thuis@example.org"]


def test_who_has_the_link_mailed_in_the_last_days_is_not_mailed_again(
    client: FlaskClient, desk: Desk, scanner: str
) -> None:
    form = begun(client, email="")
    with connect(desk.database.dsn()) as connection:
        connection.execute("update forms.draft set keep_until = %s", [local_date(utc_now()) + timedelta(days=2)])
    client.post(f"{form}/later", data={"email": "noor@example.org"})
    pass_day(desk, scanner, days=1)
    assert warned(desk) == []
