"""The evidence of a message (Awb 2:25): every step stands in it, no line can be changed, and who makes it is kept."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any
from urllib.parse import urlsplit

import pikepdf
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.messages import Kind
from services.notify.domain.proof import Step, chained, is_whole
from services.notify.queries import find_unchanged
from services.notify.report_store import take_report
from services.notify.returning import Report
from services.notify.web.desk.words import KINDS
from shared.database import connect
from tests.services.notify.desk import MILA, SAMIR, browser_of
from tests.services.notify.noor import DECIDED, NOW, OPENED, TABLE
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
