"""Files all the way: a program sends them, Noor gets her own back, Samir looks at them, and a virus gets nowhere."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests
from playwright.sync_api import Page, expect

from dev.example_files import example_file
from dev.scanner import EICAR
from dev.up import today
from tests.browser import faults_on, html_check, page
from tests.journeys import walk
from tests.journeys.conftest import Town

__all__ = ["page"]

pytestmark = pytest.mark.journey

ANSWERS: dict[str, Any] = {
    "change": "new",
    "place": {"postcode": "3813 XA", "number": "7", "street": "Monsterlaan", "town": "Amersfoort"},
    "property_use": "home",
    "width": "3.00",
    "reason": "Ik wil mijn auto op eigen terrein opladen",
    "existing_driveway": False,
    "nearby": ["none"],
    "owner": True,
    "applicant_kind": "person",
    "name": "Noor de Vries",
    "contact_address": {"postcode": "3813 XA", "number": "7", "street": "Monsterlaan", "town": "Amersfoort"},
    "email": "noor@example.org",
    "phone": "+31612345678",
    "ready_by": (today() + timedelta(weeks=12)).isoformat(),
    "truth": True,
}


def send_file(town: Town, *, key: str, question: str, name: str, content: bytes) -> requests.Response:
    return requests.post(
        f"{town.url('forms')}/api/v1/forms/uitrit/files",
        data={"question": question},
        files={"file": (name, content)},
        headers={"Idempotency-Key": key},
        timeout=60,
    )


def hand_in(town: Town) -> tuple[str, str]:
    """Hand in a driveway with a photo and a sketch; the reference and the status page."""
    key = f"journey-{uuid4()}"
    photo = send_file(town, key=key, question="photos", name="plek.jpg", content=_sheet("image/jpeg"))
    sketch = send_file(town, key=key, question="sketch", name="schets.pdf", content=_sheet("application/pdf"))
    assert (photo.status_code, sketch.status_code) == (201, 201), photo.text + sketch.text
    assert photo.json()["scan"] == "clean"
    answers = {**ANSWERS, "photos": [{"id": photo.json()["id"]}], "sketch": [{"id": sketch.json()["id"]}]}
    answer = requests.post(
        f"{town.url('forms')}/api/v1/forms/uitrit/submissions",
        json={"answers": answers, "language": "nl"},
        headers={"Idempotency-Key": key},
        timeout=30,
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["reference"], answer.json()["status_url"]


def test_a_virus_is_refused_with_words_at_the_api(town: Town) -> None:
    refused = send_file(town, key=f"journey-{uuid4()}", question="sketch", name="virus.pdf", content=EICAR)
    assert refused.status_code == 422
    assert refused.json()["errors"] == [
        {"name": "file", "reason": "‘virus.pdf’ is niet veilig: er zit een virus in. Kies een ander bestand"}
    ]


def test_the_handler_sees_the_photo_opens_the_sketch_and_saves_it(page: Page, town: Town, tmp_path: Path) -> None:
    reference, _ = hand_in(town)
    walk.sign_in(page, workflow=town.url("workflow"), name="Samir Haddad")
    walk.open_when_there(page, address=f"{town.url('workflow')}/zaken/{reference}")
    photo = page.get_by_role("img", name="plek.jpg")
    photo.scroll_into_view_if_needed()
    expect(photo).to_have_js_property("complete", value=True)
    assert photo.evaluate("image => image.naturalWidth") == 1000
    assert faults_on(page) == []
    assert html_check([page.content()]) == []
    with page.expect_download() as begun:
        page.get_by_role("link", name="Bewaar schets.pdf").click()
    begun.value.save_as(tmp_path / "schets.pdf")
    assert begun.value.suggested_filename == "schets.pdf"
    assert (tmp_path / "schets.pdf").read_bytes().startswith(b"%PDF-")
    with page.expect_response(lambda answer: "/bestanden/" in answer.url and answer.status == 200) as opened:
        page.get_by_role("link", name="schets.pdf", exact=True).click()
    assert opened.value.headers["content-disposition"].startswith("inline")


def test_the_resident_gets_her_own_file_back(page: Page, town: Town) -> None:
    reference, status = hand_in(town)
    page.goto(status)
    page.get_by_label("Uw zaaknummer").fill(reference)
    page.get_by_role("button", name="Open mijn aanvraag").click()
    with page.expect_download() as begun:
        page.get_by_role("link", name="plek.jpg").click()
    assert begun.value.suggested_filename == "plek.jpg"
    assert re.search(r"/bestanden/[0-9a-f]{32}/save\.", begun.value.url)


def _sheet(media_type: str) -> bytes:
    return example_file(f"een uitrit {uuid4()}", media_type=media_type)
