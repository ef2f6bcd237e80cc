"""The evidence of a message (Awb 2:25): every step stands in it, no line can be changed, and who makes it is kept."""

from __future__ import annotations

import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from dev.mailbox import Mailbox
from services.notify import store
from services.notify.domain.messages import Kind
from services.notify.domain.proof import Step, chained, is_whole
from services.notify.queries import find_unchanged
from services.notify.report_store import take_report
from services.notify.returning import Report
from services.notify.web.desk.words import KINDS
from shared.database import connect
from tests.services.notify.desk import BRAM, MILA, SAMIR, YARA, browser_of
from tests.services.notify.noor import DECIDED, NOW, OPENED, TABLE
from tests.services.notify.office import ADDRESS, EMAIL, LETTER, SMS, VALUES, Office
from tests.services.notify.sink import Sink
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import REFERENCE
from tests.shared.letters.words import words_of

STEPS = st.builds(
    Step, at=st.datetimes().map(lambda at: at.replace(tzinfo=NOW.tzinfo)), what=st.just("reported"), answer=st.text()
)


@given(st.lists(STEPS, min_size=1, max_size=5), st.data())
def test_whatever_is_changed_in_a_file_it_is_not_whole_any_more(steps: list[Step], data: st.DataObject) -> None:
    file = json.loads(json.dumps(chained({"id": "1", "state": "sent"}, steps=steps)))
    assert is_whole(file)
    number = data.draw(st.integers(0, len(steps) - 1))

    def change(field: str) -> dict[str, Any]:
        changed = json.loads(json.dumps(file))
        changed["steps"][number][field] += "x"
        return dict(changed)

    assert not any(is_whole(change(field)) for field in ("at", "answer", "where", "hash"))
    assert not is_whole({**file, "message": {"id": "1", "state": "delivered"}})
    assert not is_whole({**file, "steps": file["steps"][:number] + file["steps"][number + 1 :]})


def test_the_evidence_of_a_decision_tells_each_step_and_is_a_paper_that_we_know_again(app: Flask, trip: Trip) -> None:
    trip.tell(OPENED)
    trip.tell(DECIDED)
    for consumer in ("notify", "press", "notify"):
        trip.work(consumer)
    (sent,) = (each for each in trip.told("NoticeSent") if each["kind"] == "decision")
    number = sent["message_id"]
    app.test_client().post(urlsplit(sent["letter_link"]).path, data={"reference": REFERENCE})
    report = Report(id=number, action="delivered", code="2.0.0", said="smtp; 250 ok", content="0" * 64)
    with connect(trip.url) as connection:
        take_report(connection, report=report, table=TABLE, now=NOW)
    client = browser_of(app, SAMIR)
    answer = client.get(f"/berichten/{number}/bewijs.json")
    file = answer.get_json()
    assert is_whole(file)
    assert (file["message"]["state"], file["message"]["letter_sha256"]) == ("delivered", sent["letter_sha256"])
    assert sorted(line["what"] for line in file["steps"]) == ["handed_over", "made", "opened", "reported"]
    (handed,) = (line for line in file["steps"] if line["what"] == "handed_over")
    assert (handed["outcome"], handed["answer"], "noor@example.org" in handed["where"]) == ("accepted", "250 OK", True)
    assert [line["where"] for line in file["steps"] if line["what"] == "opened"] == ["noor@example.org"]
    assert "/brieven/" not in answer.text
    pdf = client.get(f"/berichten/{number}/bewijs.pdf").data
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        said = words_of(opened.pages[0])
    assert all(word in said for word in (KINDS[Kind.DECISION].nl, "Aangekomen", "Nederlands"))
    with connect(trip.url) as connection:
        assert find_unchanged(connection, sha256=hashlib.sha256(pdf).hexdigest())
    kept = trip.rows("select act, details from notify.audit order by number")
    assert [row["act"] for row in kept] == ["look.evidence"] * 2
    assert {row["details"]["head"] for row in kept} == {file["head"]}
    for name in ("bewijs.json", "bewijs.pdf"):
        assert browser_of(app, MILA).get(f"/berichten/{number}/{name}").status_code == 404


def test_an_opening_stands_with_the_message_whose_link_it_was_and_all_of_them_with_the_first(
    app: Flask, trip: Trip, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "HELD_S", 0)  # the page and the worker are two processes, which this test is not
    trip.tell(DECIDED)
    for consumer in ("notify", "press", "notify"):
        trip.work(consumer)
    (sent,) = trip.told("NoticeSent")
    reader, path = app.test_client(), urlsplit(sent["letter_link"]).path
    reader.post(path, data={"reference": REFERENCE})
    trip.rows("update notify.letter_links set valid_until = now() - interval '1 second' returning true")
    reader.post(f"{path}/nieuwe-link")
    again = "update notify.messages set recipient = 'n.devries@example.org' where link_number = 1 returning id"
    (second,) = trip.rows(again)
    trip.work("notify")
    link = re.search(r"/brieven/[0-9a-f]{64}", sink.taken[-1].get_body(("plain",)).get_content())
    assert link
    assert reader.post(link[0], data={"reference": REFERENCE}).status_code == 303
    for number, addresses in (
        (sent["message_id"], ["noor@example.org", "n.devries@example.org"]),
        (second["id"], ["n.devries@example.org"]),
    ):
        file = browser_of(app, YARA).get(f"/berichten/{number}/bewijs.json").get_json()
        assert [line["where"] for line in file["steps"] if line["what"] == "opened"] == addresses
    trip.rows("update notify.openings set link_number = null returning true")  # as those of before are
    for number, addresses in ((sent["message_id"], ["", ""]), (second["id"], [])):
        file = browser_of(app, YARA).get(f"/berichten/{number}/bewijs.json").get_json()
        assert [line["where"] for line in file["steps"] if line["what"] == "opened"] == addresses


def test_there_is_evidence_of_what_another_system_sent_by_each_channel_too(
    office: Office, texts: Mailbox, tmp_path: Path
) -> None:
    office.trip.print_folder = tmp_path / "print"
    office.trip.print_folder.mkdir()
    client = office.client()
    mail = client.send_email_notification("noor@example.org", str(EMAIL), personalisation=VALUES, reference="7")["id"]
    text = client.send_sms_notification("0612345678", str(SMS), personalisation={"name": "Noor"})["id"]
    letter = client.send_letter_notification(str(LETTER), personalisation=ADDRESS)["id"]
    for consumer in ("notify", "press"):
        office.trip.work(consumer)
    assert len(list(texts.messages())) == 1
    yara, told = browser_of(office.app, YARA), {}
    for number, to, where in (
        (mail, "noor@example.org", "127.0.0.1"),
        (text, "+31612345678", "127.0.0.1"),
        (letter, "N. de Vries, ", "print room"),
    ):
        page = yara.get(f"/berichten/systemen/{number}").text
        assert f"/berichten/systemen/{number}/bewijs.pdf" in page
        file = told[number] = yara.get(f"/berichten/systemen/{number}/bewijs.json").get_json()
        assert is_whole(file)
        assert file["message"]["to"].startswith(to)
        (handed,) = (line for line in file["steps"] if line["what"] == "handed_over")
        assert (handed["outcome"], where in handed["where"], len(handed["content"])) == ("accepted", True, 64)
    assert told[mail]["message"]["own_reference"] == "7"
    pdf = yara.get(f"/berichten/systemen/{letter}/bewijs.pdf").data
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        said = words_of(opened.pages[0])
    assert all(word in said for word in ("Klaar voor de post", "Brief", "Afspraken", "Printkamer"))
    assert browser_of(office.app, SAMIR).get(f"/berichten/systemen/{mail}/bewijs.json").status_code == 404
    assert browser_of(office.app, BRAM).get(f"/berichten/systemen/{mail}/bewijs.json").status_code == 403
    kept = office.trip.rows("select details ->> 'head' as head from notify.audit where act = 'look.evidence'")
    assert {row["head"] for row in kept} == {file["head"] for file in told.values()}
