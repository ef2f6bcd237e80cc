"""The files of an application: opened by who may see the case, shut while nobody knows that they are safe."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from services.workflow.ports import UnknownCaseError, UnknownFileError
from shared.access import Person
from shared.events import FileAdded, FileScan, FileScanned
from shared.vault import Vault
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import BRAM, NOW, REFERENCE, RUUD, SAMIR, submission
from tests.services.workflow.web.filed import sent

CASE = f"/zaken/{REFERENCE}"
PDF = UUID("019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e01")
PHOTO = UUID("019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e02")
SHEET = UUID("019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e03")


def receive(town: Town, vault: Vault, *, scan: FileScan = "clean") -> None:
    pdf = sent(vault, PDF, name="plattegrond.pdf", kind="application/pdf", scan=scan)
    photo = sent(vault, PHOTO, name="stoep.jpg", kind="image/jpeg")
    sheet = sent(vault, SHEET, name="maten.xlsx", kind="application/vnd.ms-excel", scan="unscanned")
    town.receive(replace(submission(), files=(pdf, photo, sheet, replace(photo, question="spot"))))


def test_the_page_lists_each_file_with_its_question_and_shows_pictures(town: Town, vault: Vault) -> None:
    receive(town, vault)
    page = town.client(SAMIR).get(CASE).text
    assert "plattegrond.pdf" in page
    assert f'<img class="balie-picture" src="{CASE}/bestanden/{PHOTO}?bekijk" alt="stoep.jpg"' in page
    assert f'href="{CASE}/bestanden/{SHEET}"' in page
    assert f"{SHEET}?bekijk" not in page
    assert "Niet gescand" in page
    assert page.count("stoep.jpg</a>") == 2


def test_who_may_see_the_case_is_led_to_an_address_without_cookies(town: Town, vault: Vault) -> None:
    receive(town, vault)
    led = town.client(SAMIR).get(f"{CASE}/bestanden/{PDF}")
    assert led.status_code == 303
    with town.app.test_client(use_cookies=False).get(led.location) as given:
        assert given.data == b"content of plattegrond.pdf"
        assert given.headers["Content-Disposition"] == "attachment; filename=plattegrond.pdf"
        assert given.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "Set-Cookie" not in given.headers


def test_a_pdf_is_looked_at_in_the_browser_and_a_sheet_never(town: Town, vault: Vault) -> None:
    receive(town, vault)
    client = town.client(SAMIR)
    for number, shown in ((PDF, "inline"), (PHOTO, "inline"), (SHEET, "attachment")):
        led = client.get(f"{CASE}/bestanden/{number}?bekijk")
        with client.get(led.location) as given:
            assert given.headers["Content-Disposition"].startswith(shown)
            assert given.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("person", [RUUD, BRAM], ids=lambda person: person.subject)
def test_who_may_not_see_cases_is_told_the_same_of_a_file_that_is_there_and_one_that_is_not(
    town: Town, vault: Vault, person: Person
) -> None:
    receive(town, vault)
    client = town.client(person)
    asked = [client.get(f"{CASE}/bestanden/{file}") for file in (PDF, UUID(int=1))]
    assert [answer.status_code for answer in asked] == [403, 403]


def test_a_guessed_address_is_not_there(town: Town, vault: Vault) -> None:
    receive(town, vault)
    client = town.client(SAMIR)
    place = client.get(f"{CASE}/bestanden/{PDF}").location.split("/")[-2]
    for path in (f"/bestanden/{place}/save.99999999999.{'0' * 32}", f"/bestanden/{'0' * 32}/x", f"{CASE}/bestanden/x"):
        assert client.get(path).status_code == 404
    assert client.get(f"{CASE}/bestanden/{UUID(int=1)}").status_code == 404


def test_a_file_that_waits_stays_shut_until_the_verdict(town: Town, vault: Vault) -> None:
    receive(town, vault, scan="waiting")
    client = town.client(SAMIR)
    page = client.get(CASE).text
    assert "Wordt gecontroleerd" in page
    assert f'href="{CASE}/bestanden/{PDF}' not in page
    assert client.get(f"{CASE}/bestanden/{PDF}").status_code == 404
    town.hear(FileScanned(reference=REFERENCE, file_id=PDF, scan="clean"))
    assert client.get(f"{CASE}/bestanden/{PDF}").status_code == 303


def test_a_virus_stands_on_the_page_and_once_on_the_timeline(town: Town, vault: Vault) -> None:
    receive(town, vault, scan="waiting")
    for _ in range(2):
        town.hear(FileScanned(reference=REFERENCE, file_id=PDF, scan="infected"))
    client = town.client(SAMIR)
    assert "Vraag de aanvrager om een ander bestand." in client.get(CASE).text
    assert client.get(f"{CASE}/bestanden/{PDF}").status_code == 404
    assert client.get(f"{CASE}/tijdlijn").text.count("Bestand met een virus: het blijft dicht") == 1


def test_a_verdict_that_overtakes_its_application_is_told_again_later(town: Town) -> None:
    with pytest.raises(UnknownCaseError):
        town.hear(FileScanned(reference=REFERENCE, file_id=PDF, scan="clean"))


def test_a_verdict_that_overtakes_a_later_file_is_told_again_later(town: Town) -> None:
    town.receive()
    with pytest.raises(UnknownFileError):
        town.hear(FileScanned(reference=REFERENCE, file_id=PDF, scan="clean"))


def test_a_file_that_comes_later_stands_with_the_case_and_once_on_the_timeline(town: Town, vault: Vault) -> None:
    town.receive()
    later = sent(vault, PDF, name="nieuw.pdf", kind="application/pdf", scan="waiting")
    for _ in range(2):
        town.hear(FileAdded(reference=REFERENCE, at=NOW, file=later, words="De stoep, <b>gemeten</b>"))
    client = town.client(SAMIR)
    page = client.get(CASE).text
    assert "Later toegevoegd op 24 november 2026" in page
    timeline = client.get(f"{CASE}/tijdlijn").text
    assert timeline.count("De aanvrager voegde een bestand toe") == 1
    assert "De stoep, &lt;b&gt;gemeten&lt;/b&gt;" in timeline
    town.hear(FileScanned(reference=REFERENCE, file_id=PDF, scan="clean"))
    assert client.get(f"{CASE}/bestanden/{PDF}").status_code == 303
    told = client.get(f"/api/v1/cases/{REFERENCE}", headers=town.bearer(SAMIR)).get_json()["files"]
    assert told[0]["added_at"] == NOW.isoformat()


def test_a_file_that_cannot_be_judged_stays_shut_and_says_so(town: Town, vault: Vault) -> None:
    receive(town, vault, scan="waiting")
    town.hear(FileScanned(reference=REFERENCE, file_id=PDF, scan="unjudged"))
    client = town.client(SAMIR)
    assert "De virusscanner kan dit bestand niet beoordelen." in client.get(CASE).text
    assert client.get(f"{CASE}/bestanden/{PDF}").status_code == 404
    assert "Bestand dat niet te controleren is" in client.get(f"{CASE}/tijdlijn").text


def test_the_api_tells_the_files_and_leads_to_each(town: Town, vault: Vault) -> None:
    receive(town, vault, scan="waiting")
    client, headers = town.client(), town.bearer(SAMIR)
    told = client.get(f"/api/v1/cases/{REFERENCE}", headers=headers).get_json()["files"]
    assert {(file["name"], file["scan"]) for file in told} == {
        ("plattegrond.pdf", "waiting"),
        ("stoep.jpg", "clean"),
        ("maten.xlsx", "unscanned"),
    }
    assert "place" not in told[0]
    assert client.get(f"/api/v1/cases/{REFERENCE}/files/{PHOTO}", headers=headers).status_code == 303
    assert client.get(f"/api/v1/cases/{REFERENCE}/files/{PDF}", headers=headers).status_code == 404
    assert client.get(f"/api/v1/cases/{REFERENCE}/files/{PHOTO}").status_code == 401


def test_a_case_without_files_has_no_list_of_them(town: Town) -> None:
    town.receive()
    assert 'id="bestanden"' not in town.client(SAMIR).get(CASE).text
