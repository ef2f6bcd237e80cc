"""The page behind a link: asks the reference, gives the letter, and tells nobody else anything."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services import notify
from services.notify.coding import CodePost
from services.notify.domain.letters import MOST_WRONG_TRIES, Letter
from services.notify.domain.messages import Kind
from services.notify.ports import DownError, RefusedError
from services.notify.store import MessageStore
from services.notify.web.keys import COOKIE
from shared.clock import utc_now
from shared.crypto import sign
from shared.database import connect
from shared.events import CasePlaced
from shared.look.look import TRANSLATIONS
from shared.look.texts import untranslated
from tests.services.notify.desk import YARA, browser_of
from tests.services.notify.noor import DECIDED, KEY, NOW, FakeSender, letter, message
from tests.services.notify.sink import Sink
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import GRANTED, MUNICIPALITY, REFERENCE

NOTHING_WAITS = {"well": True, "waiting": 0, "oldest": None}


@pytest.fixture
def path(trip: Trip) -> str:
    """The path of the link to Noor's letter."""
    trip.tell(DECIDED)
    for consumer in ("notify", "press", "notify"):
        trip.work(consumer)
    link: str = trip.told("NoticeSent")[0]["letter_link"]
    return link.removeprefix("http://notify.example")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser."""
    return app.test_client()


def test_a_link_asks_for_the_reference_and_says_nothing_of_the_letter(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "Wat is uw zaaknummer?" in page.text
    for secret in (REFERENCE, "Noor", "container", "vergunning."):
        assert secret not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_the_right_reference_opens_the_letter_to_read_and_to_keep(client: FlaskClient, path: str) -> None:
    opened = client.post(path, data={"reference": REFERENCE.lower().replace("-", " ")})
    assert (opened.status_code, opened.headers["Location"]) == (303, path)
    cookie = opened.headers["Set-Cookie"]
    assert f"Path={path}" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    page = client.get(path)
    assert "Wij stuurden u op 24 november 2026 een brief." in page.text
    assert "tot en met 5 januari 2027" in page.text
    pdf = client.get(f"{path}/besluit.pdf")
    assert pdf.data.startswith(b"%PDF-1.7")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.headers["Content-Disposition"] == "inline; filename=besluit.pdf"
    assert pdf.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in pdf.headers["Cache-Control"]
    kept = client.get(f"{path}/besluit.pdf?download=1")
    assert kept.headers["Content-Disposition"] == "attachment; filename=besluit.pdf"


def test_the_card_for_on_site_is_there_for_who_knew_the_reference(client: FlaskClient, path: str, trip: Trip) -> None:
    card = f"{path}/kaart.pdf"
    assert client.get(card).status_code == 303
    client.post(path, data={"reference": REFERENCE})
    assert f'href="{card}"' in client.get(path).text
    given = client.get(card)
    assert given.headers["Content-Disposition"] == "inline; filename=kaart.pdf"
    known = client.post("/controleren", data={"letter": (io.BytesIO(given.data), "kaart.pdf")}).text
    assert "Deze brief is van ons" in known
    trip.rows("update notify.pressings set card_sha256 = null returning true")
    assert client.get(card).status_code == 404
    assert "kaart.pdf" not in client.get(path).text


def test_a_link_ends_and_who_had_it_can_have_another_one_sent(
    client: FlaskClient, path: str, trip: Trip, sink: Sink
) -> None:
    client.post(path, data={"reference": REFERENCE})
    trip.rows("update notify.letter_links set valid_until = now() - interval '1 second' returning true")
    told, page = trip.told("NoticeSent"), client.get(path)
    assert page.status_code == 410
    assert "Deze link is verlopen" in page.text
    assert client.post(path, data={"reference": REFERENCE}).status_code == 410
    assert client.get(f"{path}/besluit.pdf").headers["Location"] == path
    answers = {client.post(f"{each}/nieuwe-link").text for each in (path, path, "/brieven/" + "a" * 64)}
    assert len({each.partition("<main")[2] for each in answers}) == 1
    trip.work("notify")
    first, second = sink.taken
    assert first["To"] == second["To"]
    link = re.search(r"/brieven/[0-9a-f]{64}", second.get_body(("plain",)).get_content())[0]
    assert link != path
    assert client.post(link, data={"reference": REFERENCE}).status_code == 303
    assert trip.told("NoticeSent") == told
    states = trip.rows("select state, link_number from notify.messages order by link_number")
    assert [tuple(each.values()) for each in states] == [("sent", 0), ("sent", 1)]


def test_a_letter_that_may_say_something_sensitive_asks_a_code_that_was_sent(
    client: FlaskClient, path: str, trip: Trip, sink: Sink
) -> None:
    trip.tell(CasePlaced(reference=REFERENCE, at=NOW, product="gehandicaptenparkeerkaart", team=""))
    trip.work("notify")
    asks = client.post(path, data={"reference": REFERENCE})
    assert asks.status_code == 200
    assert "Wat is de code?" in asks.text
    assert client.get(f"{path}/besluit.pdf").status_code == 303
    assert client.post(path, data={"reference": REFERENCE}).status_code == 200  # within a minute: no second mail
    (_, mail) = sink.taken
    (code,) = re.findall(r"\b\d{6}\b", mail.get_body(("plain",)).get_content())
    for wrong in ({"reference": REFERENCE, "code": "12"}, {"reference": "Z-1", "code": code}):
        page = client.post(path, data=wrong)
        assert page.status_code == 422
        assert "Deze code klopt niet" in page.text
    assert trip.rows("select from notify.openings") == []
    assert client.post(path, data={"reference": REFERENCE, "code": code}).status_code == 303
    assert client.get(f"{path}/besluit.pdf").data.startswith(b"%PDF")
    assert client.post(path, data={"reference": REFERENCE, "code": code}).status_code == 422


def test_while_a_code_is_sent_nobody_waits_for_the_letter_and_one_that_did_not_leave_is_sent_anew_at_once(
    client: FlaskClient, path: str, trip: Trip, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    trip.tell(CasePlaced(reference=REFERENCE, at=NOW, product="bezwaar", team=""))
    trip.work("notify")
    free = []

    def look(_post: CodePost, _letter: Letter, **_: object) -> bool:
        free.extend(trip.rows("select from notify.letters for update nowait"))
        return False

    with monkeypatch.context() as away:
        away.setattr(CodePost, "send", look)
        assert client.post(path, data={"reference": REFERENCE}).status_code == 503
    assert len(free) == 1
    before = len(sink.taken)
    assert client.post(path, data={"reference": REFERENCE}).status_code == 200
    assert len(sink.taken) == before + 1


def test_a_code_cannot_be_guessed_by_typing_the_reference_in_between(
    client: FlaskClient, path: str, trip: Trip
) -> None:
    trip.tell(CasePlaced(reference=REFERENCE, at=NOW, product="bewonersparkeren", team=""))
    trip.work("notify")
    client.post(path, data={"reference": REFERENCE})
    answers = []
    for _ in range(MOST_WRONG_TRIES):
        answers.append(client.post(path, data={"reference": REFERENCE, "code": "x"}).status_code)
        client.post(path, data={"reference": REFERENCE})
    assert answers == [422] * (MOST_WRONG_TRIES - 1) + [429]
    assert client.post(path, data={"reference": REFERENCE}).status_code == 429


def test_a_code_goes_to_the_phone_first_and_by_mail_when_that_does_not_take_it() -> None:
    phone, mailbox = FakeSender(), FakeSender()
    post = CodePost(texts=[phone], mails=[mailbox], municipality=MUNICIPALITY)  # type: ignore[list-item]
    applicant = replace(GRANTED.applicant, phone="06 12345678")
    kept = letter(content=replace(GRANTED, applicant=applicant))
    assert post.send(kept, code="012345", now=NOW)
    assert [(each.recipient, "012345" in each.text) for each in phone.sent] == [("+31612345678", True)]
    phone.trouble = RefusedError("no")
    assert post.send(kept, code="012345", now=NOW)
    assert [each.recipient for each in mailbox.sent] == [kept.recipient]
    mailbox.trouble = DownError("away")
    assert not post.send(kept, code="012345", now=NOW)
    assert not post.send(replace(kept, recipient=""), code="012345", now=NOW)


def test_a_wrong_reference_says_so_above_the_field_and_keeps_what_was_typed(client: FlaskClient, path: str) -> None:
    page = client.post(path, data={"reference": "<b>Z-1</b>"})
    assert page.status_code == 422
    assert "<title>Fout:" in page.text
    assert "Dit zaaknummer hoort niet bij deze brief." in page.text
    assert "&lt;b&gt;Z-1&lt;/b&gt;" in page.text
    assert client.get(f"{path}/besluit.pdf").status_code == 303


def test_after_five_wrong_tries_it_pauses_for_everyone(app: Flask, path: str) -> None:
    answers = [app.test_client().post(path, data={"reference": "Z-1"}).status_code for _ in range(MOST_WRONG_TRIES)]
    assert answers == [422] * (MOST_WRONG_TRIES - 1) + [429]
    late = app.test_client().post(path, data={"reference": REFERENCE})
    assert late.status_code == 429
    assert late.headers["Retry-After"] == "900"
    assert "Probeer het over 15 minuten opnieuw." in late.text


@pytest.mark.parametrize("path_of_nothing", ["/brieven/x", "/brieven/" + "0" * 64, "/brieven/%00", "/brieven/%F0%9F"])
def test_another_link_leads_nowhere_in_every_way(client: FlaskClient, path_of_nothing: str) -> None:
    for answer in (
        client.get(path_of_nothing),
        client.post(path_of_nothing, data={"reference": REFERENCE}),
        client.get(f"{path_of_nothing}/besluit.pdf"),
    ):
        assert answer.status_code == 404
        assert "Deze link klopt niet." in answer.text


@pytest.mark.parametrize("cookie", ["", ".", "9999999999.", "9999999999.0", "x.y", "٣.y", "9" * 3000 + ".x", "1.{old}"])
def test_a_made_up_cookie_opens_nothing(client: FlaskClient, path: str, cookie: str) -> None:
    token = path.rpartition("/")[2]
    old = sign(f"opened {token} 1", key=KEY)
    client.set_cookie(COOKIE, cookie.replace("{old}", old), path=path)
    assert "Wat is uw zaaknummer?" in client.get(path).text
    assert client.get(f"{path}/besluit.pdf").status_code == 303


def test_the_key_to_one_letter_does_not_open_another(client: FlaskClient, path: str) -> None:
    client.post(path, data={"reference": REFERENCE})
    cookie = client.get_cookie(COOKIE, path=path)
    assert cookie
    client.set_cookie(COOKIE, cookie.value.replace(".", ".0", 1), path=path)
    assert client.get(f"{path}/besluit.pdf").status_code == 303


def test_another_site_cannot_type_for_you(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data={"reference": REFERENCE}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_the_pages_speak_english_when_asked(client: FlaskClient, path: str) -> None:
    assert "What is your reference?" in client.get(f"{path}?taal=en").text
    assert "What is your reference?" in client.get(path, headers={"Accept-Language": "en"}).text
    assert client.post(f"{path}?taal=en", data={"reference": REFERENCE}).headers["Location"] == f"{path}?taal=en"
    assert '<html lang="en">' in client.get("/?taal=en").text


def test_a_letter_that_was_pressed_again_is_the_one_that_is_given(client: FlaskClient, trip: Trip, path: str) -> None:
    trip.now = NOW + timedelta(days=1)
    letter_id = trip.rows("select id from notify.letters")[0]["id"]
    trip.rows(
        "insert into notify.pressings (letter_id, pressed_at, sent_on, objection_until, sha256) "
        "values (%s, %s, '2026-11-25', '2027-01-06', %s) returning true",
        [letter_id, trip.now, trip.vault.put(b"%PDF-1.7 newer")],
    )
    client.post(path, data={"reference": REFERENCE})
    assert "25 november 2026" in client.get(path).text
    assert client.get(f"{path}/besluit.pdf").data == b"%PDF-1.7 newer"


def test_the_first_page_says_what_this_is(client: FlaskClient) -> None:
    page = client.get("/")
    assert "Hier liggen de brieven van Gemeente Amersfoort klaar." in page.text
    assert 'href="http://forms.example/"' in page.text


def test_health_names_every_part(client: FlaskClient) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.json) == (
        200,
        {"healthy": True, "parts": {"database": True, "vault": True, "smtp": True, "messages": NOTHING_WAITS}},
    )


def test_a_message_about_a_case_that_waits_for_a_day_and_a_half_rings(
    client: FlaskClient, app: Flask, trip: Trip
) -> None:
    since = utc_now() - timedelta(hours=37)
    ids = [UUID(int=(int(since.timestamp() * 1000) << 80) + number) for number in range(2)]
    with connect(trip.url) as connection:
        MessageStore(connection).add(message())
        MessageStore(connection).add(message(Kind.DRAFT, id=ids[0], reference=None))  # of a draft no law says when
    assert client.get("/health").json["parts"]["messages"] == NOTHING_WAITS  # type: ignore[index]
    with connect(trip.url) as connection:
        MessageStore(connection).add(message(id=ids[1]))
    answer = client.get("/health")
    assert (answer.status_code, answer.json["healthy"]) == (200, False)  # type: ignore[index]
    rings = answer.json["parts"]["messages"]  # type: ignore[index]
    assert (rings["well"], rings["waiting"]) == (False, 1)
    assert rings["oldest"].startswith(f"{since:%Y-%m-%dT%H:%M:%S}")
    assert "1 bericht wacht langer dan 36 uur" in browser_of(app, YARA).get("/berichten/stand").text


def test_without_a_mail_server_notify_is_unwell_and_its_letters_can_still_be_read(
    app_without_mail: Flask, path: str
) -> None:
    client = app_without_mail.test_client()
    answer = client.get("/health")
    assert (answer.status_code, answer.json) == (
        503,
        {"healthy": False, "parts": {"database": True, "vault": True, "smtp": False, "messages": NOTHING_WAITS}},
    )
    client.post(path, data={"reference": REFERENCE})
    assert client.get(f"{path}/besluit.pdf").data.startswith(b"%PDF-1.7")


def test_the_description_and_the_figures_are_there(client: FlaskClient) -> None:
    description = client.get("/api/openapi.json").json
    assert description
    assert description["openapi"] == "3.1.0"


def test_every_text_of_the_pages_has_its_english() -> None:
    here = Path(notify.__file__).parent
    assert untranslated([here], [here / "translations" / "en.po", TRANSLATIONS / "en.po"]) == []
