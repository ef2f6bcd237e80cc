"""What other systems sent stands among the messages of staff: found by address, number or reference, and followed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.services.notify.desk import BRAM, SAMIR, YARA, browser_of
from tests.services.notify.office import ADDRESS, EMAIL, LETTER, SMS, VALUES, Office


def send_mail(office: Office, to: str = "noor@example.org", **more: Any) -> str:
    sent = office.client().send_email_notification(to, str(EMAIL), personalisation=VALUES, **more)
    office.trip.work("notify")
    return f"/berichten/systemen/{sent['id']}"


def test_what_a_system_sent_is_found_by_address_number_and_reference_by_who_sees_all(office: Office) -> None:
    mail = send_mail(office, reference="afspraak 7")
    text = office.client().send_sms_notification("06 12345678", str(SMS), personalisation={"name": "Noor"})["id"]
    yara, bram, samir = (browser_of(office.app, person) for person in (YARA, BRAM, SAMIR))
    listed = yara.get("/berichten/systemen").text
    assert [each in listed for each in (mail, text, "Afspraken", "noor@example.org", "+31612345678")] == [True] * 5
    for typed, found in {"NOOR@example.org": mail, "afspraak 7": mail, "0612345678": text}.items():
        page = yara.post("/berichten/systemen", data={"zoek": typed})
        assert re.findall(r'href="(/berichten/systemen/[^"?]+)"', page.text) == [
            found if "/" in found else f"/berichten/systemen/{found}"
        ], typed
    assert mail in yara.post("/berichten", data={"zoek": "noor@example.org"}).text
    assert "n…@example.org" in bram.get(mail).text
    for page in (bram.get(mail), bram.get("/berichten/systemen")):
        assert "noor@" not in page.text
        assert "12345678" not in page.text
    assert mail not in samir.get("/berichten/systemen").text
    assert mail not in samir.post("/berichten", data={"zoek": "noor@example.org"}).text
    assert samir.get(mail).status_code == samir.get(f"{mail}/inhoud").status_code == 404
    assert yara.post("/berichten/systemen", data={"zoek": " "}).status_code == 422


def test_its_page_says_which_server_took_it_and_what_that_answered_in_our_words(office: Office) -> None:
    page = browser_of(office.app, YARA).get(send_mail(office)).text
    assert "De mailserver nam het bericht aan" in page
    assert re.search(r"Mailserver 127\.0\.0\.1:\d+", page)
    assert "Antwoord: “250 OK”" in page
    assert "Over de aankomst hoorden wij nog niets." in page
    assert (
        "Dit was om te proberen. Er ging niets weg."
        in browser_of(office.app, YARA).get(send_mail(office, "bounced@simulator.notify")).text
    )
    office.sink.to_recipient = "550 5.1.1 <noor@example.org> unknown"
    failed = send_mail(office)
    page = browser_of(office.app, BRAM).get(failed).text
    assert "Dit e-mailadres bestaat niet, of niet meer." in page
    assert "550 5.1.1 &lt;n…@example.org&gt; unknown" in page
    assert "1 bericht van een ander systeem kwam niet aan" in browser_of(office.app, BRAM).get("/berichten/stand").text
    assert [
        failed in browser_of(office.app, BRAM).get(f"/berichten/systemen?lijst={each}").text
        for each in ("mis", "onderweg")
    ] == [True, False]


def test_what_it_says_is_read_by_who_may_and_each_look_is_kept(office: Office) -> None:
    yara = browser_of(office.app, YARA)
    assert "Dag Noor &lt;de Vries&gt;" in yara.get(f"{send_mail(office)}/inhoud").text
    letter = office.client().send_letter_notification(str(LETTER), personalisation=ADDRESS)["id"]
    assert yara.get(f"/berichten/systemen/{letter}/brief.pdf").status_code == 404
    office.trip.work("press")
    assert yara.get(f"/berichten/systemen/{letter}/brief.pdf").data.startswith(b"%PDF-")
    assert browser_of(office.app, BRAM).get(f"/berichten/systemen/{letter}/brief.pdf").status_code == 403
    acts = [row["act"] for row in office.trip.rows("select act from notify.audit order by number")]
    assert acts == ["look.notification", "look.notification_letter"]


def test_a_letter_that_came_back_is_noted_once(office: Office, tmp_path: Path) -> None:
    office.trip.print_folder = tmp_path / "print"
    letter = office.client().send_letter_notification(str(LETTER), personalisation=ADDRESS, reference="brief 9")["id"]
    office.trip.work("press")
    path = f"/berichten/systemen/{letter}"
    yara = browser_of(office.app, YARA)
    assert "Deze brief kwam terug" in yara.get(path).text
    for _ in range(2):
        assert yara.post(f"{path}/retour").headers["Location"] == path
    page = yara.get(path).text
    assert [each in page for each in ("Kwam terug", "De brief staat als teruggekomen.", "Dit was al gedaan.")] == [
        True
    ] * 3
    assert "De brief ligt klaar voor de printkamer" in page
    assert office.client().get_notification_by_id(letter)["status"] == "returned-letter"
    assert office.trip.rows("select act from notify.audit") == [{"act": "letter.returned"}]
