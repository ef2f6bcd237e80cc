"""Adding a file after sending: as safe as those of the form, while the case is open; and files nobody can judge."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dev.scanner import Conversation, Scanner
from shared.clock import utc_now
from shared.database import connect
from shared.events import AdviceAsked, AdviceGiven, Words
from tests.services.forms import files
from tests.services.forms.domain.test_cases import DECIDED
from tests.services.forms.noor import NOW
from tests.services.forms.shelf import inbox
from tests.services.forms.web.filing import (
    Desk,
    Named,
    alone,
    app,
    client,
    desk,
    listed,
    post,
    post_form,
    scanner,
    sent,
)
from tests.services.forms.web.noors_browser import fill_in, summary_of

__all__ = ["alone", "app", "client", "desk", "scanner"]


class Puzzled(Conversation):
    """A scanner that is there and cannot judge what it gets."""

    def _judge(self) -> bytes:
        super()._judge()
        return b"INSTREAM size limit exceeded. ERROR"


@pytest.fixture
def puzzled() -> Iterator[str]:
    with Scanner(("127.0.0.1", 0), Puzzled) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"tcp://127.0.0.1:{made.server_address[1]}"
        made.shutdown()


def add(client: FlaskClient, status: str, *chosen: Named, words: str = "") -> TestResponse:
    return post_form(client, f"{status}/bestand", {"words": words}, {"later": chosen or (("", b""),)})


def decide(desk: Desk) -> None:
    (told,) = desk.told("SubmissionReceived")
    with connect(desk.database.dsn("forms")) as connection:
        inbox.handle(connection, replace(DECIDED, reference=told["reference"]), now=NOW)


def test_an_adviser_outside_adds_a_file_by_the_link_of_the_advice_and_the_applicant_does_not_see_it(
    client: FlaskClient, desk: Desk
) -> None:
    status = sent(client)
    (told,) = desk.told("SubmissionReceived")
    asked = AdviceAsked(
        reference=told["reference"],
        advice_id=UUID(int=1),
        at=NOW,
        turn="first",
        title=Words(nl="Voorwerp", en="Object"),
        name="Brandweer",
        email="brandweer@example.org",
        link="http://workflow.example/advies/a-token-of-the-adviser",
        answer_by=NOW.date() + timedelta(days=3650),
    )
    with connect(desk.database.dsn("forms")) as connection:
        for _ in range(2):
            inbox.handle(connection, asked, now=NOW)
    page = "/advies/a-token-of-the-adviser"
    assert client.get("/advies/a-guess").status_code == 404
    assert "Bestanden bij uw advies" in client.get(page).text
    assert told["reference"] not in client.get(page).text
    nothing = post_form(client, page, {}, {"advice-file": (("", b""),)})
    assert nothing.status_code == 422
    assert "Kies eerst een bestand" in nothing.text
    answer = post_form(client, page, {"words": "De tekening"}, {"advice-file": (("route.jpg", files.picture()),)})
    assert answer.location == f"{page}?gedaan=bestand"
    assert "Uw bestand is bij ons." in client.get(answer.location).text
    (added,) = desk.told("FileAdded")
    assert (added["file"]["question"], added["words"]) == ("advice-file", "Brandweer: De tekening")
    assert "route.jpg" not in client.get(status).text
    other = replace(asked, name="GGD", advice_id=UUID(int=2), link="http://workflow.example/advies/another-token")
    second = replace(other, advice_id=UUID(int=3), link="http://workflow.example/advies/a-second-question")
    with connect(desk.database.dsn("forms")) as connection:
        inbox.handle(connection, other, now=NOW)
        inbox.handle(connection, second, now=NOW)
    for _ in range(2):  # the same drawing of another adviser is theirs, and once
        post_form(client, "/advies/another-token", {}, {"advice-file": (("route.jpg", files.picture()),)})
    assert [each["words"] for each in desk.told("FileAdded")] == ["Brandweer: De tekening", "GGD"]
    with connect(desk.database.dsn("forms")) as connection:
        given = AdviceGiven(reference=told["reference"], advice_id=UUID(int=2), name="GGD")
        inbox.handle(connection, given, now=NOW)
    assert client.get("/advies/another-token").status_code == 404
    assert client.get("/advies/a-second-question").status_code == 200
    with connect(desk.database.dsn("forms")) as connection:
        inbox.handle(connection, replace(given, advice_id=None), now=NOW)  # as it was told before
    assert client.get("/advies/a-second-question").status_code == 404
    decide(desk)
    late = post_form(client, page, {}, {"advice-file": (("later.jpg", files.picture()),)})
    assert late.location == f"{page}?gedaan=te-laat"


def test_a_file_added_later_is_listed_with_its_day_and_told_with_its_words(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    answer = add(client, status, ("nieuw.jpg", files.picture()), words=" De  stoep\x00, gemeten ")
    assert answer.location == f"{status}?gedaan=bestand#bestanden"
    page = client.get(answer.location).text
    assert "Dank u wel. Uw bestand is bij ons." in page
    assert "later toegevoegd op" in page
    assert "U hebt een bestand toegevoegd" in page
    (told,) = desk.told("FileAdded")
    assert (told["file"]["name"], told["file"]["question"], told["file"]["scan"]) == ("nieuw.jpg", "later", "clean")
    assert told["words"] == "De stoep\ufffd, gemeten"
    assert client.get(f"{status}/bestand/{told['file']['id']}").status_code == 303


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("", b"", "Kies eerst een bestand"),
        ("virus.pdf", files.EICAR, "‘virus.pdf’ is niet veilig: er zit een virus in. Kies een ander bestand"),
        ("groot.pdf", b"x" * 10_000_001, "‘groot.pdf’ is groter dan 10 MB. Maak het kleiner of kies een ander bestand"),
        ("plan.exe", b"MZ" + b"\0" * 99, "‘plan.exe’ is geen pdf, jpg, png, docx, xlsx of odt. Kies een ander bestand"),
    ],
)
def test_what_is_refused_is_told_at_the_field_and_nothing_is_told_on(
    client: FlaskClient, desk: Desk, name: str, content: bytes, said: str
) -> None:
    status = sent(client)
    answer = add(client, status, (name, content))
    assert (answer.status_code, summary_of(answer)) == (422, [("later", said)])
    assert desk.told("FileAdded") == []


def test_a_body_larger_than_any_file_leads_back_with_words(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    answer = add(client, status, ("groot.pdf", b"x" * 31_000_000))
    assert answer.location == f"{status}?gedaan=te-groot#later"
    assert "Dit bestand is te groot." in client.get(answer.location).text


def test_a_second_click_adds_nothing(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    content = files.pdf()
    for _ in range(2):
        assert add(client, status, ("nieuw.pdf", content)).status_code == 303
    assert len(desk.told("FileAdded")) == 1


def test_only_so_many_files_come_later(client: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.forms.actions.adding.MOST_LATER", 1)
    status = sent(client)
    add(client, status, ("een.pdf", files.pdf()))
    answer = add(client, status, ("twee.pdf", files.pdf(pages=2)))
    assert (answer.status_code, summary_of(answer)[0][0]) == (422, "later")
    assert len(desk.told("FileAdded")) == 1


def test_after_the_decision_no_file_can_be_added(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    assert "Voeg een bestand toe" in client.get(status).text
    decide(desk)
    assert "Voeg een bestand toe" not in client.get(status).text
    answer = add(client, status, ("nieuw.pdf", files.pdf()))
    assert answer.location == f"{status}?gedaan=bestand-te-laat"
    assert "U kunt geen bestand meer toevoegen" in client.get(answer.location).text
    assert desk.told("FileAdded") == []


def test_who_took_it_back_adds_no_file(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    client.post(f"{status}/intrekken")
    assert add(client, status, ("nieuw.pdf", files.pdf())).location == f"{status}?gedaan=bestand-te-laat"


def test_another_browser_adds_nothing(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    assert add(desk.app.test_client(), status, ("nieuw.pdf", files.pdf())).status_code == 404


def _last_try(desk: Desk) -> None:
    """Let every delivery that waits have failed so often that the next failure is the last."""
    with connect(desk.database.dsn()) as connection:
        connection.execute("update bus.delivery set failures = 19 where consumer = 'forms' and done_at is null")


def test_a_file_that_nobody_can_judge_becomes_visible_instead_of_waiting_for_ever(alone: Desk, puzzled: str) -> None:
    client = alone.app.test_client()
    status = sent(client)
    alone.work(puzzled)
    assert alone.rows("select scan from forms.file") == [{"scan": "waiting"}]
    _last_try(alone)
    alone.work(puzzled)
    assert alone.rows("select scan from forms.file") == [{"scan": "unjudged"}]
    assert "wij konden dit niet controleren en openen het niet" in client.get(status).text
    (told,) = alone.told("FileScanned")
    assert told["scan"] == "unjudged"
    assert client.get(f"{status}/bestand/{told['file_id']}").status_code == 404


def test_in_a_form_that_is_not_sent_yet_it_says_to_add_the_file_again(alone: Desk, puzzled: str) -> None:
    client = alone.app.test_client()
    form = fill_in(client)
    post(client, form, ("plan.pdf", files.pdf()))
    _last_try(alone)
    alone.work(puzzled)
    page = client.get(f"{form}/files").text
    assert "wij konden dit niet controleren: voeg het opnieuw toe, liefst als pdf" in page
    assert len(listed(page)) == 1
    assert "Wij konden 1 bestand niet controleren op virussen." in client.get(f"{form}/controleren").text


def test_while_the_scanner_is_away_a_file_waits_three_days(alone: Desk) -> None:
    sent(alone.app.test_client())
    _last_try(alone)
    alone.work("tcp://127.0.0.1:9")
    assert alone.rows("select scan from forms.file") == [{"scan": "waiting"}]
    with connect(alone.database.dsn()) as connection:
        connection.execute("update bus.delivery set done_at = null, dead_at = null where consumer = 'forms'")
        connection.execute("update forms.file set at = %s", [utc_now() - timedelta(days=4)])
    _last_try(alone)
    alone.work("tcp://127.0.0.1:9")
    assert alone.rows("select scan from forms.file") == [{"scan": "unjudged"}]
