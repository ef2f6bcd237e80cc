"""Who gave no e-mail address gets letters: printed with the address, laid ready once, and told as sent (Awb 2:8)."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from services.notify.outbox import TRIES_OF_A_DAY
from services.notify.ports import PaperLetter
from services.notify.tray import Folder, PrintRoom
from shared.bus.deliver import wait_after
from shared.events import AnswerSection, CosignAsked, ReachedByPost
from shared.ids import new_id
from shared.term_events import DelayTold
from tests.contracts.samples import SAMPLES
from tests.services.notify.noor import ASKED, CHANGED, CONTACT, DECIDED, KEPT, NOW, OF_CASE, OPENED, STARTED
from tests.services.notify.sink import Sink
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import GRANTED, REFERENCE, row, words
from tests.shared.letters.words import words_of

ADDRESSLESS = replace(CONTACT, email="")
REACHED = ReachedByPost(reference=REFERENCE, party=replace(GRANTED.applicant, email=""))


@pytest.fixture
def folder(trip: Trip, tmp_path: Path) -> Path:
    trip.print_folder = tmp_path / "print"
    return trip.print_folder


def tell(trip: Trip, *facts: Any) -> None:
    """Have the case told of somebody without an e-mail address, and do all that follows."""
    for fact in facts:
        trip.tell(replace(fact, contact=ADDRESSLESS) if hasattr(fact, "contact") else fact)
    for consumer in ("notify", "press", "notify", "press"):
        trip.work(consumer)


def printed(folder: Path) -> list[dict[str, Any]]:
    """The manifests, each with the text of its PDF, in the order in which they were made."""
    found = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    for one in found:
        pdf = (folder / one["file"]).read_bytes()
        assert hashlib.sha256(pdf).hexdigest() == one["sha256"]
        with pikepdf.open(folder / one["file"]) as opened:
            one["text"] = " ".join(map(words_of, opened.pages))
    return found


def test_who_gave_no_e_mail_address_gets_the_confirmation_as_a_letter(trip: Trip, sink: Sink, folder: Path) -> None:
    tell(trip, OPENED, REACHED)
    (letter,) = printed(folder)
    assert (letter["kind"], letter["reference"]) == ("receipt", REFERENCE)
    assert letter["addressee"][0] in letter["text"]
    assert "Wij beslissen uiterlijk op 19 januari 2027." in letter["text"]
    assert "Wij hebben uw aanvraag ontvangen" in letter["text"]
    assert "http" not in letter["text"]
    assert sink.taken == []
    (told,) = trip.told("NoticeSent")
    assert (told["channel"], told["kind"]) == ("post", "receipt")
    (table,) = folder.glob("*.csv")
    assert table.name == "letters-2026-11-24.csv"
    (row,) = csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    assert (row["id"], row["file"], row["sha256"]) == (letter["id"], letter["file"], letter["sha256"])
    assert [row[f"line_{at}"] for at in range(1, 8)] == [*letter["addressee"], *[""] * (7 - len(letter["addressee"]))]
    assert [row["state"] for row in trip.rows("select state from notify.messages")] == ["sent"]
    (attempt,) = trip.rows("select channel, provider, content, outcome from notify.attempts")
    assert attempt == {"channel": "post", "provider": "print room", "content": letter["sha256"], "outcome": "accepted"}


def test_a_letter_of_a_later_round_has_a_row_of_its_own_and_the_same_one_again_has_none(tmp_path: Path) -> None:
    letter = PaperLetter(id=new_id(), kind="receipt", reference="", addressee=("Noor",), made_at=NOW, pdf=b"%PDF 1")
    for each in (letter, letter, replace(letter, pdf=b"%PDF 2")):
        PrintRoom(Folder(tmp_path)).put(each)
    (table,) = tmp_path.glob("*.csv")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row["sha256"] for row in rows] == [hashlib.sha256(pdf).hexdigest() for pdf in (b"%PDF 1", b"%PDF 2")]
    assert (tmp_path / rows[1]["file"]).read_bytes() == b"%PDF 2"


def test_the_decision_itself_is_printed_and_the_term_to_object_runs(trip: Trip, sink: Sink, folder: Path) -> None:
    tell(trip, REACHED, DECIDED)
    card, letter = sorted(printed(folder), key=lambda each: str(each["kind"]))
    assert (card["kind"], card["reference"], card["addressee"]) == ("card", REFERENCE, letter["addressee"])
    assert "Noor" not in card["text"]
    (told,) = trip.told("NoticeSent")
    assert (told["kind"], told["letter_sha256"]) == ("decision", letter["sha256"])
    assert told["objection_until"] == "2027-01-05"
    assert "24 november 2026" in letter["text"]
    assert sink.taken == []


def test_a_question_says_in_the_letter_what_is_asked(trip: Trip, folder: Path) -> None:
    tell(trip, REACHED, replace(ASKED, question="Hoe breed blijft de stoep?"))
    assert "Hoe breed blijft de stoep?" in printed(folder)[0]["text"]


def test_a_receipt_holds_all_answers_and_a_delay_its_reason(trip: Trip, folder: Path) -> None:
    section = AnswerSection(title=words("Wat zet u neer?"), rows=(row("Voorwerp", "<b>Een container</b>"),))
    delay = DelayTold(
        **OF_CASE,
        sequence=2,
        status="in_progress",
        decide_by=date(2027, 1, 19),
        because=words("Het onderzoek naar de bomen duurt langer."),
        until=date(2027, 2, 2),
    )
    tell(trip, REACHED, replace(OPENED, shown=(section,)), delay)
    receipt, told = printed(folder)
    assert "Hieronder staat wat u hebt ingevuld." in receipt["text"]
    assert "Voorwerp<b>Een container</b>" in receipt["text"].replace("Voorwerp ", "Voorwerp")
    assert "Dit is de reden:Het onderzoek naar de bomen duurt langer." in told["text"].replace(": ", ":")
    assert "Wij verwachten te beslissen op 2 februari 2027." in told["text"]


def test_other_news_names_its_day_and_whom_to_call(trip: Trip, folder: Path) -> None:
    tell(trip, REACHED, CHANGED, STARTED)
    (letter,) = printed(folder)
    assert "Wij beslissen nu uiterlijk op 2 februari 2027." in letter["text"]


def test_a_letter_waits_until_it_is_known_where_it_goes(trip: Trip, folder: Path) -> None:
    tell(trip, OPENED)
    assert trip.told("NoticeSent") == []
    trip.now = NOW.replace(hour=10)
    tell(trip, REACHED)
    assert [letter["kind"] for letter in printed(folder)] == ["receipt"]


def test_without_a_print_room_the_letter_waits_among_the_failed_messages(trip: Trip) -> None:
    tell(trip, REACHED, OPENED)
    for _ in range(TRIES_OF_A_DAY):
        trip.work("press")
    assert [row["state"] for row in trip.rows("select state from notify.messages")] == ["technical-failure"]
    assert trip.told("NoticeSent") == []


def test_what_could_not_be_mailed_goes_by_post_once_it_is_known_where_and_that_sending_counts(
    trip: Trip, sink: Sink, folder: Path
) -> None:
    sink.to_recipient = "550 unknown"
    trip.tell(replace(ASKED, question="Hoe breed blijft de stoep?"))
    trip.work("notify")
    (failed,) = trip.told("NoticeFailed")
    told = {"reference": REFERENCE, "kind": "question", "channel": "email", "because": "refused", "by_post": True}
    assert told.items() <= failed.items()
    trip.now = NOW.replace(hour=12)
    tell(trip, REACHED)
    (letter,) = printed(folder)
    assert "Hoe breed blijft de stoep?" in letter["text"]
    (sent,) = trip.told("NoticeSent")
    assert (sent["channel"], sent["again"], sent["sent_at"][11:13]) == ("post", True, "12")
    (row_,) = trip.rows("select state, round, by_post from notify.messages")
    assert row_ == {"state": "sent", "round": 2, "by_post": True}
    ways = trip.rows("select channel, outcome from notify.attempts order by began_at")
    assert [tuple(each.values()) for each in ways] == [("email", "refused"), ("post", "accepted")]
    assert trip.rows("select from bus.delivery where dead_at is not null") == []
    tell(trip, REACHED)
    assert len(printed(folder)) == 1


def test_who_has_no_case_here_is_not_written_to_and_a_day_of_tries_is_a_day(
    trip: Trip, sink: Sink, folder: Path
) -> None:
    sink.to_recipient = "550 unknown"
    asked = next(each for each in SAMPLES if isinstance(each, CosignAsked))
    trip.tell(replace(asked, reference=REFERENCE, turn="again"))
    trip.tell(KEPT)
    trip.work("notify")
    (failed,) = trip.told("NoticeFailed")
    assert (failed["kind"], failed["by_post"]) == ("cosign", False)
    tell(trip, REACHED)
    assert printed(folder) == []
    waits = [sum(wait_after(number) for number in range(TRIES_OF_A_DAY - 1)) for _ in range(20)]
    assert 22 * 3600 < min(waits) < max(waits) < 26 * 3600
    assert len(set(waits)) == 20
