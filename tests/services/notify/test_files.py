"""A file goes as a link, with the official client: only who got the mail opens it, and after its time it is gone."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import timedelta
from typing import Any

import pytest
import requests
from notifications_python_client import prepare_upload
from notifications_python_client.errors import HTTPError

from services.notify.domain.proof import is_whole
from services.notify.domain.uploads import LARGEST, UnfitFileError, read_upload
from shared.clock import utc_now
from shared.events import DayBegan
from shared.law.calendar import local_date
from shared.vault import MissingFileError
from tests.browser import base_url, browser_type_launch_args, faults_on, html_check, open_browser
from tests.services.notify.desk import YARA, browser_of
from tests.services.notify.office import EMAIL, SMS, VALUES, Office

__all__ = ["base_url", "browser_type_launch_args"]

PDF = b"%PDF-1.7 een plattegrond"


def share(office: Office, content: bytes = PDF, **more: Any) -> str:
    """Send a file in the place of a link; give the address in the mail, on the door that listens."""
    upload = prepare_upload(io.BytesIO(content), filename="plattegrond ’s.pdf", **more)
    office.client().send_email_notification("noor@example.org", str(EMAIL), personalisation={**VALUES, "link": upload})
    office.trip.work("notify")
    body = office.sink.taken[-1].get_body(("plain",)).get_content()
    (token,) = re.findall(r"http://notify\.example/bestanden/(\S+?)[)\s]", body + " ")
    return f"{office.base}/bestanden/{token}"


def test_who_got_the_mail_opens_the_file_with_the_address_it_went_to(office: Office) -> None:
    link = share(office)
    page = requests.get(link, timeout=10)
    assert "plattegrond ’s.pdf" in page.text
    assert "noor" not in page.text
    wrong = requests.post(link, data={"email": "iemand@example.org"}, timeout=10)
    assert wrong.status_code == 422
    assert "niet het adres" in wrong.text
    opened = requests.post(link, data={"email": " Noor@Example.org "}, timeout=10)
    assert opened.content == PDF
    assert opened.headers["Content-Type"] == "application/pdf"
    assert opened.headers["Content-Disposition"] == "attachment; filename*=UTF-8''plattegrond%20%E2%80%99s.pdf"
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    (row,) = office.trip.rows("select opened_at from notify.shared_files")
    assert row["opened_at"] is not None


def test_that_a_file_was_opened_stays_in_the_evidence_of_its_mail_also_once_the_file_is_gone(office: Office) -> None:
    link = share(office)
    requests.post(link, data={"email": "iemand@example.org"}, timeout=10)
    for _ in range(2):
        assert requests.post(link, data={"email": "noor@example.org"}, timeout=10).ok
    office.trip.rows("delete from notify.shared_files returning true")
    (mail,) = office.trip.rows("select id from notify.notifications")
    yara = browser_of(office.app, YARA)
    file = yara.get(f"/berichten/systemen/{mail['id']}/bewijs.json").get_json()
    opened = [line["where"] for line in file["steps"] if line["what"] == "file_opened"]
    assert (opened, is_whole(file)) == (["noor@example.org"] * 2, True)
    assert yara.get(f"/berichten/systemen/{mail['id']}/bewijs.pdf").data.startswith(b"%PDF")


def test_without_that_question_the_button_is_enough_and_a_mail_scanner_opens_nothing(office: Office) -> None:
    link = share(office, confirm_email_before_download=False)
    assert "e-mailadres" not in requests.get(link, timeout=10).text
    assert office.trip.rows("select opened_at from notify.shared_files") == [{"opened_at": None}]
    assert requests.post(link, timeout=10).content == PDF


def test_a_file_is_gone_when_its_time_is_over_unless_another_still_has_it(office: Office) -> None:
    short, long = share(office, retention_period="1 week"), share(office, retention_period="4 weeks")
    today = local_date(utc_now())
    (row,) = office.trip.rows("select distinct sha256 from notify.shared_files")
    for days, gone in ((8, 1), (29, 2)):
        office.trip.tell(DayBegan(on=today + timedelta(days=days)))
        office.trip.work("press")
        kept = office.trip.rows("select sha256 from notify.shared_files")
        assert len(kept) == 2 - gone
        if kept:
            assert office.trip.vault.get(row["sha256"]) == PDF
    with pytest.raises(MissingFileError):
        office.trip.vault.get(row["sha256"])
    for link in (short, long):
        assert requests.get(link, timeout=10).status_code == 404


def test_what_cannot_be_sent_is_said_to_the_client(office: Office) -> None:
    upload = prepare_upload(io.BytesIO(b"MZ"), filename="kaart.exe")
    with pytest.raises(HTTPError, match="Unsupported file type"):
        office.client().send_email_notification(
            "noor@example.org", str(EMAIL), personalisation={**VALUES, "link": upload}
        )
    with pytest.raises(HTTPError, match="Can only send a file by email"):
        office.client().send_sms_notification("+31612345678", str(SMS), personalisation={"name": upload})
    fits = prepare_upload(io.BytesIO(PDF), filename="kaart.pdf")
    with pytest.raises(HTTPError, match="Missing personalisation"):
        office.client().send_email_notification("noor@example.org", str(EMAIL), personalisation={"link": fits})
    assert office.trip.rows("select * from notify.shared_files") == []
    with pytest.raises(MissingFileError):
        office.trip.vault.get(hashlib.sha256(PDF).hexdigest())


def test_the_same_request_again_keeps_no_second_file(office: Office) -> None:
    upload = prepare_upload(io.BytesIO(PDF), filename="kaart.pdf")
    body = {
        "email_address": "noor@example.org",
        "template_id": str(EMAIL),
        "personalisation": {**VALUES, "link": upload},
    }
    for _ in range(2):
        sent = office.ask("POST", "/v2/notifications/email", json=body, headers={"Idempotency-Key": "k"})
        assert sent.status_code == 201
    assert len(office.trip.rows("select * from notify.shared_files")) == 1


@pytest.mark.parametrize(
    ("content", "name", "retention"),
    [
        (b"", "a.txt", None),
        (b"a" * (LARGEST + 1), "a.txt", None),
        (b"<html>", "a.pdf", None),
        (PDF, "../a.pdf", None),
        (PDF, "a.pdf", "79 weeks"),
        (PDF, "a.pdf", "4 months"),
    ],
)
def test_an_unfit_file_is_refused(content: bytes, name: str, retention: str | None) -> None:
    with pytest.raises(UnfitFileError):
        read_upload(content, name=name, confirm=None, retention=retention)


def test_the_page_is_for_everyone(office: Office, browser: Any) -> None:
    link = share(office)
    with open_browser(browser) as context:
        page = context.new_page()
        page.goto(link)
        assert faults_on(page) == []
        assert html_check([page.content()]) == []
