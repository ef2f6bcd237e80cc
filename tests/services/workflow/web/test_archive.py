"""The pages of the archive: a list is made by one and approved by another; a destroyed case is nowhere any more."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from uuid import UUID
from xml.etree import ElementTree as Xml

import pytest

from services.workflow import audit
from shared.catalogue.definitions import Product
from shared.catalogue.versions import remember, version_of
from shared.events import SentFile
from shared.record_events import CaseDestructionOrdered
from shared.vault import Vault, new_name
from tests.services.workflow.archive import HANNEKE, JOOST, closed
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import NOW, REFERENCE, SAMIR, objecten, submission
from tests.services.workflow.web.test_who_may import doors, knock

PASSED = date(2026, 1, 31)
MONTH = "2026-01"


@pytest.fixture
def past(town: Town) -> Town:
    """A closed case whose term of keeping ended in January."""
    closed(town)
    with town.connection() as connection:
        connection.execute("update workflow.records set keep_until = %s, started_on = %s", [PASSED, date(2025, 1, 31)])
    return town


def listed(town: Town) -> str:
    """Have Hanneke make a list; give its address."""
    answer = town.client(HANNEKE).post("/archief/lijsten", data={"month": MONTH})
    assert answer.status_code == 303
    return str(answer.location)


def destroy(town: Town) -> None:
    town.hear(CaseDestructionOrdered(reference=REFERENCE, at=NOW))


def test_what_may_go_stands_by_month_with_the_reason(past: Town) -> None:
    page = past.client(HANNEKE).get(f"/archief?maand={MONTH}").text
    for words in ("januari 2026", REFERENCE, "1 jaar na de laatste dag van de activiteit (31 januari 2025)", "11.1.2"):
        assert words in page
    assert "Noor" not in page


def test_one_makes_the_list_and_another_approves_it(past: Town) -> None:
    address = listed(past)
    mine = past.client(HANNEKE).get(address).text
    assert "U maakte deze lijst" in mine
    assert "Keur goed en vernietig" not in mine
    assert past.client(HANNEKE).post(f"{address}/akkoord").status_code == 409
    joost = past.client(JOOST)
    assert "Keur goed en vernietig" in joost.get(address).text
    assert joost.post(f"{address}/akkoord").status_code == 303
    destroy(past)
    page = joost.get(address).text
    for words in ("Verklaring van vernietiging", "Voorgesteld door Hanneke Prins", "Goedgekeurd door Joost Vermeer"):
        assert words in page
    assert REFERENCE in joost.get("/archief/vernietigd").text
    acts = past.rows("select who, act, reference from workflow.audit where act like 'archive.%%' order by number")
    assert [tuple(act.values()) for act in acts] == [
        ("hanneke", "archive.draw_up", None),
        ("joost", "archive.approve", REFERENCE),
    ]


def test_a_refusal_has_a_reason_that_its_maker_reads(past: Town) -> None:
    address = listed(past)
    joost = past.client(JOOST)
    assert joost.post(f"{address}/afwijzen", data={"because": " "}).status_code == 422
    assert joost.post(f"{address}/afwijzen", data={"because": "Er loopt nog beroep"}).status_code == 303
    assert "Er loopt nog beroep" in past.client(HANNEKE).get(address).text


def test_a_held_case_is_shown_and_stays_until_it_is_let_go(past: Town) -> None:
    client = past.client(HANNEKE)
    door = f"/archief/zaken/{REFERENCE}"
    assert client.post(f"{door}/vasthouden", data={"because": ""}).status_code == 422
    assert client.post(f"{door}/vasthouden", data={"because": "Beroep loopt"}).status_code == 303
    assert "Beroep loopt" in client.get("/archief").text
    assert client.post("/archief/lijsten", data={"month": MONTH}).location == "/archief"
    (hold,) = past.rows("select id from workflow.holds")
    assert client.post(f"{door}/loslaten/{hold['id']}").status_code == 303
    assert "/archief/lijsten/" in listed(past)
    acts = past.rows("select act from workflow.audit where reference = %s order by number", [REFERENCE])
    assert [row["act"] for row in acts][-2:] == ["keeping.hold", "keeping.lift"]


def test_a_hold_with_a_day_that_passed_or_does_not_exist_keeps_what_was_typed(past: Town) -> None:
    client, door = past.client(HANNEKE), f"/archief/zaken/{REFERENCE}/vasthouden"
    for day in ({"until.day": "1", "until.month": "1", "until.year": "2020"}, {"until.day": "40"}):
        answer = client.post(door, data={"because": "Beroep loopt", **day})
        assert answer.status_code == 422
        assert "Beroep loopt" in answer.text
    assert past.rows("select id from workflow.holds") == []


def test_the_term_of_keeping_stands_at_the_case_with_its_steps(town: Town) -> None:
    town.receive()
    assert "De bewaartermijn begint als de zaak dicht is" in town.client(SAMIR).get(f"/zaken/{REFERENCE}/termijn").text
    closed(town, "Z-2026-2222-2222")
    page = town.client(SAMIR).get("/zaken/Z-2026-2222-2222/termijn").text
    for words in ("18 december 2027", "1 jaar na 18 december 2026 is 18 december 2027", "Selectielijst 11.1.2"):
        assert words in page


def test_a_destroyed_case_is_behind_no_door_in_no_list_and_in_no_search(past: Town) -> None:
    assert past.client(JOOST).post(f"{listed(past)}/akkoord").status_code == 303
    destroy(past)
    tried = 0
    for person in (SAMIR, HANNEKE):
        for rule, method in doors(past):
            if "reference" in rule.arguments:
                assert knock(past, person, rule=rule, method=method) in (403, 404), (method, rule.rule)
                tried += 1
        client = past.client(person)
        for path in ("/", "/?lijst=all", "/?lijst=decided", "/?lijst=all&q=noor", "/lijst.csv?lijst=all", "/archief"):
            answer = client.get(path)
            assert answer.status_code in (200, 403)
            assert REFERENCE not in answer.text, path
    assert tried > 60
    headers = past.bearer(SAMIR)
    assert past.client().get("/api/v1/cases", headers=headers).get_json()["cases"] == []
    with past.connection() as connection:
        assert audit.verify(connection).broken is None


def for_ever(town: Town, vault: Vault) -> None:
    """Close a case that is kept for ever, with a plan, and with a file that the scanner refused."""
    keeps = product_that_keeps()
    place = new_name()
    vault.put(io.BytesIO(b"plan"), name=place)
    plan = SentFile(
        id=UUID(int=1),
        question="drawing",
        name="Plan van Noor.PDF",
        type="application/pdf",
        bytes=4,
        sha256="a" * 64,
        place=place,
        scan="clean",
    )
    said = replace(
        submission(),
        version=keeps.version,
        files=(plan, replace(plan, id=UUID(int=2), place="0" * 32, scan="infected")),
    )
    with town.connection() as connection:
        remember(connection, keeps)
    closed(town, said=said)


def product_that_keeps() -> Product:
    """The permit for an object, in a version that keeps what was granted for ever."""
    listed, kept = "{number: 11.1.2, years: 1, starts: fixed_date}", "{number: 6.1.9, keep: true, starts: closed}"
    files = {name: text.replace(listed, kept) for name, text in objecten().files.items()}
    return replace(objecten(), files=files, version=version_of(files))


def test_only_what_is_closed_and_kept_for_ever_goes_to_the_archive(town: Town) -> None:
    closed(town)
    assert town.client(HANNEKE).get(f"/archief/zaken/{REFERENCE}/overdracht.zip").status_code == 409


def test_what_is_kept_for_ever_is_never_due_and_goes_as_files_with_metadata(town: Town, vault: Vault) -> None:
    for_ever(town, vault)
    client = town.client(HANNEKE)
    assert REFERENCE in client.get("/archief/blijvend").text
    answer = client.get(f"/archief/zaken/{REFERENCE}/overdracht.zip")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{REFERENCE}.zip"'
    packed = zipfile.ZipFile(io.BytesIO(answer.data))
    plan = f"bestanden/001-{UUID(int=1)}.pdf"
    letter = ["besluit.html", "besluit.html.mdto.xml"]
    assert packed.namelist() == ["metadata.json", "zaak.mdto.xml", *letter, plan, f"{plan}.mdto.xml"]
    assert packed.read(plan) == b"plan"
    told = json.loads(packed.read("metadata.json"))
    assert told["retention"]["result"] == "6.1.9"
    assert told["decision"]["result"] == "granted"
    assert [file["scan"] for file in told["files"]] == ["clean", "infected"]
    assert told["application"]["status_link"] == ""
    assert {line["kind"] for line in told["timeline"]} >= {"received", "decided", "sent"}
    mdto = "{https://www.nationaalarchief.nl/mdto}"
    case, file = (Xml.fromstring(packed.read(name)) for name in ("zaak.mdto.xml", f"{plan}.mdto.xml"))  # noqa: S314 our own
    assert case.findtext(f"{mdto}informatieobject/{mdto}identificatie/{mdto}identificatieKenmerk") == REFERENCE
    assert case.findtext(f"{mdto}informatieobject/{mdto}waardering/{mdto}begripLabel") == "Blijvend te bewaren"
    assert file.findtext(f"{mdto}bestand/{mdto}checksum/{mdto}checksumWaarde") == "a" * 64
    named = case.findall(f"{mdto}informatieobject/{mdto}heeftRepresentatie/{mdto}verwijzingNaam")
    assert named[0].text == "besluit.html"
    assert len(named) == 2
    written = Xml.fromstring(packed.read("besluit.html.mdto.xml"))  # noqa: S314 our own
    checksum = hashlib.sha256(packed.read("besluit.html")).hexdigest()
    assert written.findtext(f"{mdto}bestand/{mdto}checksum/{mdto}checksumWaarde") == checksum
    assert town.rows("select act from workflow.audit where who = 'hanneke'") == [{"act": "archive.transfer"}]
