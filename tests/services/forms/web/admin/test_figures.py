"""How forms come in and where people stop, from the counts of days."""

from __future__ import annotations

import re
from datetime import timedelta

from flask.testing import FlaskClient

from shared.clock import utc_now
from shared.database import connect
from shared.law.calendar import local_date
from tests.conftest import Database
from tests.services.forms.web.admin.bram import AT

TODAY = local_date(utc_now())
COUNTS = {
    ("form", "", "sent.web"): 6,
    ("form", "", "sent.desk"): 2,
    ("form", "", "sent.phone"): 1,
    ("form", "", "left"): 4,
    ("step", "check", "reached"): 9,
    ("step", "check", "left"): 3,
    ("step", "check", "seconds.20"): 1,
    ("step", "check", "seconds.160"): 8,
    ("question", "email", "error.malformed"): 5,
    ("question", "email", "error.missing"): 2,
    ("question", "email", "helped"): 1,
}


def test_figures_tell_channels_where_people_stop_and_which_questions_go_wrong(
    bram: FlaskClient, database: Database
) -> None:
    assert "Er is nog niets geteld." in bram.get("/beheer/cijfers").text
    nothing = bram.get(f"{AT}/cijfers").text
    assert "In deze periode is niets ingestuurd of afgebroken." in nothing
    _count(database, days_ago=3, counts=COUNTS)
    _count(database, days_ago=60, counts={("form", "", "sent.post"): 1_000})

    row = _row(
        bram.get("/beheer/cijfers").text, name="Klein evenement melden klein-evenement Digitaal: 67%, afgebroken: 4"
    )
    assert row == ["6", "0", "2", "1", "0", "0", "9", "67%", "4"]
    assert _row(bram.get("/beheer/cijfers").text, name="Alles samen") == row
    page = bram.get("/beheer/cijfers?dagen=90").text
    assert 'aria-label="Periode"' in page
    assert re.findall(r'href="(\S+)" aria-current="page">(Laatste [^<]*)<', page) == [
        ("/beheer/cijfers?dagen=90", "Laatste 90 dagen")
    ]
    longer = _row(page, name="Klein evenement melden klein-evenement")
    assert longer == ["6", "0", "2", "1", "1.000", "0", "1.009", "1%", "4"]
    assert _row(bram.get("/beheer/cijfers?dagen=7'").text, name="Alles samen") == row

    rows = _rows(bram.get(f"{AT}/cijfers").text)
    assert rows["Controleren en versturen"] == ["9", "0", "3", "3 minuten"]
    assert rows["Uw e-mailadres email"] == ["7", "1", "0", "0", "–"]


def test_other_staff_and_residents_do_not_see_the_figures(client: FlaskClient) -> None:
    for path in ("/beheer/cijfers", f"{AT}/cijfers"):
        assert client.get(path).headers["Location"].startswith("/beheer/inloggen")


def _row(page: str, *, name: str) -> list[str]:
    """The row whose head begins so; on a telephone the head tells more."""
    return next(cells for head, cells in _rows(page).items() if head.startswith(name))


def _count(database: Database, *, days_ago: int, counts: dict[tuple[str, str, str], int]) -> None:
    with connect(database.dsn("forms")) as connection:
        for key, count in counts.items():
            connection.execute(
                "insert into forms.measure (day, product, version, subject, id, what, count)"
                " values (%s, 'klein-evenement', %s, %s, %s, %s, %s)",
                [TODAY - timedelta(days=days_ago), "v" * 64, *key, count],
            )


def _rows(page: str) -> dict[str, list[str]]:
    """The cells of each row that has a heading."""
    found = re.findall(r'<tr>(<th scope="row">.*?</th>|<td><a .*?</td>)(.*?)</tr>', page, re.DOTALL)
    return {_words(head): [_words(cell) for cell in re.findall(r"<td.*?</td>", cells)] for head, cells in found}


def _words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())
