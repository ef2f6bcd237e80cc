"""Staff send one template to everyone in a table: it is checked, looked at, sent once, followed and reported."""

from __future__ import annotations

import io
import re

from flask.testing import FlaskClient

from shared.database import connect
from tests.services.notify.desk import BRAM, SAMIR, YARA, browser_of, somebody
from tests.services.notify.office import EMAIL, Office
from tests.services.notify.test_bulk import EVIL, HEADS, line

TINE = somebody("tine", "administrator")
FERRY = somebody("ferry", "functional-administrator", "front-desk")
NEW = "/berichten/zendingen/nieuw"


def upload(client: FlaskClient, text: str, **more: str) -> str:
    """Upload a table; give the page after it, which is the form again when something is wrong."""
    told = {"name": "December", "template": str(EMAIL), "kind": "live", **more}
    answer = client.post(NEW, data={**told, "table": (io.BytesIO(text.encode()), "tabel.csv")})
    if answer.status_code == 422:
        return answer.text
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_table_is_looked_at_sent_once_and_followed_to_its_report_and_hostile_cells_stay_text(office: Office) -> None:
    ferry = browser_of(office.app, FERRY)
    rows = [line("noor@example.org", EVIL, "=2+5"), line("els@example.org"), line("NOOR@example.org")]
    path = upload(ferry, "\n".join([HEADS, *rows]))
    page = ferry.get(path).text
    assert "=1+1&lt;b&gt;((day))&lt;/b&gt;" in page
    assert "<b>((day))" not in page
    assert "Rij 4 is als rij 2." in page
    assert "Verstuur aan 3 ontvangers" in page
    assert office.sink.taken == []
    for _ in range(2):
        assert ferry.post(path).headers["Location"] == path
    page = ferry.get(path).text
    assert [each in page for each in ("De zending is begonnen.", "Dit was al gedaan.", "0 van 3")] == [True] * 3
    for _ in range(2):
        office.trip.work("bulk")
    assert len(office.sink.taken) == 3
    page = ferry.get(path).text
    assert [each in page for each in ("3 van 3", "Verstuurd", "Onderweg")] == [True] * 3
    report = ferry.get(f"{path}/verslag.csv").data.decode("utf-8-sig")
    assert ";'=2+5;sending;" in report
    assert "December" in ferry.get("/berichten/zendingen").text
    acts = [row["act"] for row in office.trip.rows("select act from notify.audit order by number")]
    assert acts == ["bulk.check", "look.bulk", "bulk.send", "look.bulk_report"]


def test_who_may_not_read_messages_sees_the_text_with_its_holes_and_addresses_that_nobody_can_use(
    office: Office,
) -> None:
    bram = browser_of(office.app, BRAM)
    path = upload(bram, f"{HEADS}\n{line('noor@example.org', 'Geheim')}")
    page = bram.get(path).text
    assert [each in page for each in ("noor@", "Geheim", "n…@example.org", "((name))")] == [False, False, True, True]
    bram.post(path)
    report = bram.get(f"{path}/verslag.csv").data.decode("utf-8-sig")
    assert ("noor@" in report, "n…@example.org" in report) == (False, True)
    looks = office.trip.rows("select act from notify.audit where act like 'look.%%' order by number")
    assert [row["act"] for row in looks] == ["look.bulk_report"]


def test_a_table_that_a_system_uploaded_is_not_for_staff_to_send(office: Office) -> None:
    ferry = browser_of(office.app, FERRY)
    path = upload(ferry, f"{HEADS}\n{line('noor@example.org')}")
    with connect(office.trip.url) as connection:
        connection.execute("update notify.bulks set by_staff = false")
    page = ferry.get(path).text
    assert ("Alleen dat systeem kan hem versturen." in page, "Verstuur aan" in page) == (True, False)
    assert ferry.post(path).status_code == 403
    assert office.trip.rows("select started_at from notify.bulks") == [{"started_at": None}]


def test_what_is_wrong_in_a_table_is_said_by_its_row_in_dutch_and_nothing_is_kept(office: Office) -> None:
    ferry = browser_of(office.app, FERRY)
    page = upload(ferry, f"{HEADS}\n{line('noor')}\n{line('els@example.org', '')}")
    assert re.search(r"<strong>Rij 2</strong>: Dit is geen e-mailadres", page)
    assert re.search(r"<strong>Rij 3</strong>: name is leeg", page)
    assert "De kolom link ontbreekt" in upload(ferry, "e-mailadres;name;day\na@example.org;b;c")
    assert "bedoelt u reference?" in upload(ferry, f"{HEADS[:-1]}\n{line('noor@example.org')}")
    assert "Het bestand heeft geen rijen" in upload(ferry, f"{HEADS}\n")
    for wrong, said in {
        "name": "Geef de zending een naam",
        "template": "Kies een sjabloon",
        "kind": "Kies of het echt is",
    }.items():
        assert said in upload(ferry, f"{HEADS}\n{line('noor@example.org')}", **{wrong: ""})
    for nothing in ("x", "0b1c6f2e-54a3-4d0e-9a2b-6d7c1f00affe"):
        assert "Kies een sjabloon" in upload(ferry, f"{HEADS}\n{line('noor@example.org')}", template=nothing)
    assert "Kies een bestand" in upload(ferry, "")
    assert office.trip.rows("select from notify.bulks") == []
    ferry.get(f"{NEW}?taal=en")
    assert "<strong>Row 2</strong>: Not a valid email address" in upload(ferry, f"{HEADS}\n{line('noor')}")


def test_a_trial_sends_nothing_and_an_empty_table_to_fill_in_has_the_columns(office: Office) -> None:
    ferry = browser_of(office.app, FERRY)
    example = ferry.get(f"/berichten/zendingen/voorbeeld/{EMAIL}.csv").data.decode("utf-8-sig")
    assert example == "email address;name;day;link\r\n"
    path = upload(ferry, f"{HEADS}\n{line('noor@example.org')}", kind="test")
    assert "Elke ontvanger staat er één keer in." in ferry.get(path).text
    ferry.post(path)
    for _ in range(2):
        office.trip.work("bulk")
    assert office.sink.taken == []
    assert "Aangekomen" in ferry.get(path).text
    for person in (SAMIR, TINE, BRAM, YARA):
        browser, refused = browser_of(office.app, person), person in (SAMIR, TINE)
        assert (browser.get(NEW).status_code == 403) is refused
        assert (browser.post(path).status_code == 403) is refused
        assert ("Zendingen" in browser.get("/berichten").text) is not refused


def test_the_newest_stands_first_and_a_client_that_is_gone_sends_nothing_more(office: Office) -> None:
    ferry = browser_of(office.app, FERRY)
    for name in ("Een", "Twee", "Drie"):
        upload(ferry, f"{HEADS}\n{line('noor@example.org')}", name=name)
    page = ferry.get("/berichten/zendingen").text
    assert [page.index(each) for each in ("Drie", "Twee", "Een")] == sorted(
        page.index(each) for each in ("Drie", "Twee", "Een")
    )
    with connect(office.trip.url) as connection:
        connection.execute("update notify.clients set archived_at = now()")
    assert "Er zijn nog geen sjablonen." in ferry.get(NEW).text
