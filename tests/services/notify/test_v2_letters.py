"""Letters of other systems: made, printed, scanned, cancelled and expected."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from notifications_python_client.errors import HTTPError

from dev.mailbox import Mailbox
from services.notify.domain.arrivals import expected_arrival
from services.notify.domain.notifications import POSTAGE, KeyType, moment
from services.notify.vault import LetterVault
from shared.clock import utc_now
from tests.services.forms.filed import open_scanner
from tests.services.forms.files import EICAR
from tests.services.notify.desk import SAMIR, YARA, browser_of
from tests.services.notify.office import ADDRESS, EMAIL, LETTER, SMS, VALUES, Office


def blank_pdf() -> io.BytesIO:
    """A letter of one empty page."""
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(made)
    made.seek(0)
    return made


def test_a_letter_becomes_a_pdf_that_the_print_room_takes(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, office.trip.print_folder = office.client(), tmp_path / "print"
    sent = client.send_letter_notification(str(LETTER), ADDRESS, reference="brief")
    assert sent["content"] == {"subject": "Bericht voor N. de Vries", "body": "Wij schrijven u over uw aanvraag."}
    with pytest.raises(HTTPError) as early:
        client.get_pdf_for_letter(sent["id"])
    assert (early.value.status_code, early.value.message[0]["error"]) == (400, "PDFNotReadyError")

    with monkeypatch.context() as shut:
        shut.delattr(LetterVault, "get")  # what was just made is not read back
        office.trip.work("press")

    content = client.get_pdf_for_letter(sent["id"]).read()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.docinfo["/Title"] == "Bericht voor N. de Vries"
    found = client.get_notification_by_id(sent["id"])
    assert (found["status"], found["line_1"], found["postcode"]) == ("received", "N. de Vries", "3811 LX Amersfoort")
    assert (found["postage"], found["line_6"]) == ("netherlands", None)
    assert (tmp_path / "print" / f"{sent['id']}.pdf").read_bytes() == content
    told = json.loads((tmp_path / "print" / f"{sent['id']}.json").read_text())
    assert (told["postage"], told["reference"], told["addressee"]) == ("netherlands", "brief", [*ADDRESS.values()])


def test_without_a_print_room_a_letter_is_a_technical_failure_and_that_of_a_test_key_only_seems_to_go(
    office: Office,
) -> None:
    sent = {
        kind: office.client(kind).send_letter_notification(str(LETTER), ADDRESS)["id"]
        for kind in (KeyType.LIVE, KeyType.TEST)
    }
    office.trip.work("press")
    ends = {kind: office.client(kind).get_notification_by_id(sent[kind])["status"] for kind in sent}
    assert ends == {KeyType.LIVE: "technical-failure", KeyType.TEST: "received"}
    assert office.client().get_pdf_for_letter(sent[KeyType.LIVE]).read().startswith(b"%PDF-")


def test_a_letter_that_is_a_pdf_already_goes_as_it_is(office: Office, tmp_path: Path) -> None:
    client, office.trip.print_folder = office.client(), tmp_path / "print"
    made = blank_pdf()
    sent = client.send_precompiled_letter_notification("brief 2", made, postage="first")
    assert set(sent) == {"id", "reference", "postage"}
    assert (sent["reference"], sent["postage"]) == ("brief 2", "first")
    office.trip.work("press")
    found = client.get_notification_by_id(sent["id"])
    assert found["status"] == "received"
    assert client.get_pdf_for_letter(sent["id"]).read() == made.getvalue()
    assert found["template"]["version"] == 1  # clients in other languages cannot read a letter without a template
    broken = client.send_precompiled_letter_notification("brief 3", io.BytesIO(b"%PDF-1.7 is all there is"))["id"]
    office.trip.work("press")
    assert client.get_notification_by_id(broken)["status"] == "validation-failed"
    assert not (tmp_path / "print" / f"{broken}.pdf").exists()
    made.seek(0)
    with pytest.raises(HTTPError, match="Cannot send letters with a team api key") as refused:
        office.client(KeyType.TEAM).send_precompiled_letter_notification("brief 3", made)
    assert refused.value.status_code == 403


def test_a_pdf_of_a_client_is_scanned_before_anybody_can_open_it(office: Office, tmp_path: Path) -> None:
    client, office.trip.print_folder = office.client(), tmp_path / "print"
    clean, infected = blank_pdf(), io.BytesIO(b"%PDF-1.7 " + EICAR)
    sent = {
        name: client.send_precompiled_letter_notification(name, pdf) for name, pdf in (("a", clean), ("b", infected))
    }

    def statuses() -> dict[str, str]:
        return {name: client.get_notification_by_id(each["id"])["status"] for name, each in sent.items()}

    assert statuses() == dict.fromkeys(sent, "pending-virus-check")
    with pytest.raises(HTTPError) as early:
        client.get_pdf_for_letter(sent["a"]["id"])
    assert early.value.message[0]["error"] == "PDFNotReadyError"
    office.trip.clamd_url = "tcp://127.0.0.1:9"
    office.trip.work("press")
    assert statuses() == dict.fromkeys(sent, "pending-virus-check"), "a scanner that is away is asked again"
    with open_scanner() as office.trip.clamd_url:
        office.trip.work("press")
    assert statuses() == {"a": "received", "b": "virus-scan-failed"}
    assert [path.name for path in (tmp_path / "print").glob("*.pdf")] == [f"{sent['a']['id']}.pdf"]
    assert client.get_pdf_for_letter(sent["a"]["id"]).read() == clean.getvalue()
    with pytest.raises(HTTPError) as shut:
        client.get_pdf_for_letter(sent["b"]["id"])
    assert shut.value.message == [{"error": "BadRequestError", "message": "File did not pass the virus scan"}]
    assert client.get_notification_by_id(sent["b"]["id"])["sent_at"] is None
    path, yara = f"/berichten/systemen/{sent['b']['id']}", browser_of(office.app, YARA)
    page = yara.get(path).text
    assert [each in page for each in ("Virusscanner", "Eicar-Test-Signature", "zit een virus")] == [True] * 3
    assert "Deze brief blijft dicht" in yara.get(f"{path}/inhoud").text
    assert yara.get(f"{path}/brief.pdf").status_code == 404


def test_what_is_still_here_can_be_cancelled_and_then_never_leaves(
    office: Office, tmp_path: Path, texts: Mailbox
) -> None:
    client, office.trip.print_folder = office.client(), tmp_path / "print"
    yara = browser_of(office.app, YARA)
    later = {"scheduled_for": (utc_now() + timedelta(minutes=5)).isoformat()}
    body = {"phone_number": "0612345678", "template_id": str(SMS), "personalisation": {"name": "x"}}
    here = {
        "scheduled": office.ask("POST", "/v2/notifications/sms", json={**body, **later}).json()["id"],
        "letter": client.send_letter_notification(str(LETTER), ADDRESS)["id"],
        "pdf": client.send_precompiled_letter_notification("brief 4", blank_pdf())["id"],
    }
    gone = client.send_sms_notification("0612345678", str(SMS), personalisation={"name": "now"})["id"]
    assert "Niet versturen" not in yara.get(f"/berichten/systemen/{gone}").text, "what is due at once leaves at once"
    assert browser_of(office.app, SAMIR).post(f"/berichten/systemen/{gone}/intrekken").status_code == 404
    for each in (*here.values(), gone):
        yara.post(f"/berichten/systemen/{each}/intrekken")
    for lane in ("notify", "press"):
        office.trip.work(lane)
    assert [each.text.strip() for each in texts.messages()] == ["Dag now, uw afspraak is morgen."]
    assert not (tmp_path / "print").exists()
    for each in here.values():
        found = client.get_notification_by_id(each)
        assert (found["status"], found["sent_at"], bool(found["completed_at"])) == ("cancelled", None, True)
    assert len(client.get_all_notifications(status="cancelled")["notifications"]) == 3
    told = [row["notification_id"] for row in office.trip.told("NotificationSettled")]
    assert sorted(told) == sorted(here.values()), "its client hears of it once"
    acts = office.trip.rows("select act from notify.audit")
    assert [row["act"] for row in acts] == ["notification.cancelled"] * 3
    page = yara.get(f"/berichten/systemen/{gone}").text
    assert "Dit kan niet meer: het bericht is al weg." in page
    assert "Ingetrokken, het gaat niet weg" in yara.get(f"/berichten/systemen/{here['pdf']}").text


def test_a_letter_on_its_way_tells_when_it_will_be_there_at_the_latest(office: Office) -> None:
    client = office.client(KeyType.TEST)
    sent = client.send_letter_notification(str(LETTER), ADDRESS)["id"]
    found = client.get_notification_by_id(sent)
    due = expected_arrival(datetime.fromisoformat(found["created_at"]), postage="netherlands")
    assert found["estimated_delivery"] == moment(due)
    mail = client.send_email_notification("noor@example.org", str(EMAIL), personalisation=VALUES)["id"]
    assert "estimated_delivery" not in client.get_notification_by_id(mail)
    friday = datetime.fromisoformat("2026-04-24T23:30:00+02:00")  # then Monday is King's Day
    arrivals = {postage: expected_arrival(friday, postage=postage).isoformat() for postage in POSTAGE}
    assert arrivals == {
        "first": "2026-04-29T16:00:00+02:00",
        "second": "2026-05-01T16:00:00+02:00",
        "economy": "2026-05-11T16:00:00+02:00",
        "netherlands": "2026-04-30T16:00:00+02:00",
        "europe": "2026-05-06T16:00:00+02:00",
        "rest-of-world": "2026-05-08T16:00:00+02:00",
    }
