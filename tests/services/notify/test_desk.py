"""The pages of staff: who sees which messages, how they are found, and that nothing personal leaks on the way."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
import requests
from flask import Flask
from psycopg.errors import RaiseException

from dev.plan import client_secret
from services.notify.__main__ import main
from services.notify.desk_queries import PAGE
from services.notify.domain.breaker import RESTS_AFTER
from services.notify.domain.messages import Kind
from services.notify.domain.states import FAILED, OPEN, Status
from services.notify.domain.troubles import Trouble, trouble_of
from services.notify.health_store import KeptHealth
from services.notify.store import MessageStore
from services.notify.web.desk.words import BADGES, KINDS, STATES, TROUBLES, masked, said
from shared.access import Permission, may, permission_of
from shared.clock import utc_now
from shared.database import connect
from shared.events import CasePlaced, MessageComposed
from tests.conftest import Database
from tests.services.notify.conftest import open_door
from tests.services.notify.desk import BRAM, MILA, RUUD, SAMIR, YARA, browser_of, somebody
from tests.services.notify.noor import DECIDED, NOW, OPENED, message
from tests.services.notify.sink import Sink
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import REFERENCE
from tests.signin import open_provider

NOBODY = "019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f"
OF_STAFF = ("/beheer", "/berichten", "/inloggen", "/uit")
SIGNS_IN = {"sign_in.begin", "sign_in.finish"}


@pytest.fixture
def received(trip: Trip, sink: Sink) -> str:
    """Noor's case was opened, and the mail server does not know her address; where the page of that message is."""
    sink.to_recipient = "550 5.1.1 <noor@example.org> unknown"
    trip.tell(OPENED)
    trip.work("notify")
    return f"/berichten/{trip.rows('select id from notify.messages')[0]['id']}"


def test_every_door_of_staff_opens_for_who_may_and_for_nobody_else(app: Flask, received: str) -> None:
    for rule in app.url_map.iter_rules():
        permission = permission_of(app.view_functions[rule.endpoint])
        if permission is Permission.PUBLIC or not rule.rule.startswith(OF_STAFF):
            assert permission is Permission.PUBLIC
            continue
        path = re.sub(r"<uuid:\w+>", received.rpartition("/")[2], rule.rule).replace("<name>", "receipt")
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for person in (SAMIR, YARA, BRAM, RUUD):
                status = browser_of(app, person).open(path, method=method).status_code
                assert (status == 403) is not may(person, permission=permission), (method, path, person.subject)
                assert status < 500
            assert browser_of(app, None).open(path, method=method).status_code == (303 if method == "GET" else 401)


def test_a_handler_sees_the_messages_of_own_cases_and_no_sign_of_others(app: Flask, received: str) -> None:
    for path in ("/berichten", f"/berichten?zaak={REFERENCE}", "/berichten?lijst=mis"):
        assert REFERENCE in browser_of(app, SAMIR).get(path).text
        assert received not in browser_of(app, MILA).get(path).text
    assert browser_of(app, MILA).get(received).status_code == 404
    assert received not in browser_of(app, MILA).post("/berichten", data={"zoek": "noor@example.org"}).text


def test_a_case_that_is_brought_to_a_team_later_is_seen_by_that_team(app: Flask, trip: Trip) -> None:
    trip.tell(replace(OPENED, team=""))
    trip.work("notify")
    assert REFERENCE not in browser_of(app, SAMIR).get("/berichten").text
    trip.tell(CasePlaced(reference=REFERENCE, at=NOW, product="objecten", team="permits"))
    trip.work("notify")
    assert REFERENCE in browser_of(app, SAMIR).get("/berichten").text


def test_a_message_without_a_case_is_seen_by_who_sees_all(app: Flask, trip: Trip) -> None:
    draft = message(Kind.DRAFT, reference=None, nature=None)
    with connect(trip.url) as connection:
        MessageStore(connection).add(draft)
    assert str(draft.id) in browser_of(app, YARA).get("/berichten").text
    assert str(draft.id) not in browser_of(app, SAMIR).get("/berichten").text


def test_the_page_of_a_failed_message_says_in_plain_words_what_went_wrong(app: Flask, received: str) -> None:
    page = browser_of(app, SAMIR).get(received).text
    assert "Dit e-mailadres bestaat niet, of niet meer." in page
    assert "550 5.1.1 &lt;noor@example.org&gt; unknown" in page
    assert f"http://workflow.example/zaken/{REFERENCE}" in page
    assert "This e-mail address does not exist" in browser_of(app, SAMIR).get(f"{received}?taal=en").text


def test_who_may_not_read_messages_never_sees_an_address(app: Flask, received: str) -> None:
    client = browser_of(app, BRAM)
    for page in (client.get(received), client.get("/berichten"), client.post("/berichten", data={"zoek": REFERENCE})):
        assert "noor@example.org" not in page.text
    assert "n…@example.org" in client.get(received).text


def test_who_sees_all_messages_and_reads_those_of_own_cases_is_shown_no_other_address(
    app: Flask, received: str
) -> None:
    for team, reads in (("team:permits", True), ("team:care", False)):
        client = browser_of(app, somebody("noa", "handler", "functional-administrator", team))
        page = client.get(received).text
        shown = (page, client.get("/berichten").text, client.post("/berichten", data={"zoek": "noor@example.org"}).text)
        assert [">noor@example.org<" in each for each in shown] == [reads] * 3
        assert [f"{received}/{at}" in page for at in ("inhoud", "bewijs.pdf", "bewijs.json")] == [reads] * 3
        assert client.get(f"{received}/inhoud").status_code == (200 if reads else 404)


def test_no_address_that_another_system_names_is_shown_to_who_may_not_read(app: Flask, trip: Trip, sink: Sink) -> None:
    sink.to_recipient = "550 5.1.1 <NOOR@Example.org> goes to n.de.vries@elders.example, jan@elders.example"
    trip.tell(OPENED)
    trip.work("notify")
    path = f"/berichten/{trip.rows('select id from notify.messages')[0]['id']}"
    assert browser_of(app, SAMIR).get(path).text.count("n.de.vries@elders.example, jan@elders.example") == 2
    masking, listed = browser_of(app, BRAM).get(path).text, browser_of(app, BRAM).get("/berichten").text
    assert masking.count("550 5.1.1 &lt;N…@Example.org&gt; goes to n…@elders.example, j…@elders.example") == 2
    assert "550 5.1.1 &lt;N…@Example.org&gt;" in listed
    for page in (masking, listed):
        assert not re.search("noor@|vries@|jan@", page, re.I)
    assert said("to:noor@x.example,bea@y.example") == "t…@x…@y.example"


def test_a_page_is_named_once_and_says_first_that_something_is_wrong(app: Flask, received: str) -> None:
    client = browser_of(app, YARA)
    wrong = {"way": "address", "number": "1", "address": "noor"}
    pages = (
        (client.get("/berichten"), "Alle berichten – Berichten – Balie"),
        (client.post("/berichten", data={"zoek": "noor"}), "Fout: Alle berichten – Berichten – Balie"),
        (client.post(f"{received}/opnieuw", data=wrong), f"Fout: Ontvangstbevestiging {REFERENCE} – Berichten – Balie"),
    )
    assert [re.findall("<title>(.*?)</title>", page.text) for page, _ in pages] == [[title] for _, title in pages]


def test_the_other_language_is_a_page_that_opens_and_shows_the_same(app: Flask, received: str) -> None:
    client = browser_of(app, YARA)
    wrong = {"way": "address", "number": "1", "address": "noor"}
    for page, path in (
        (client.get("/berichten?lijst=mis&taal=nl"), "/berichten?taal=en&lijst=mis"),
        (client.post("/berichten", data={"zoek": "noor"}), "/berichten?taal=en"),
        (client.post(f"{received}/opnieuw", data=wrong), f"{received}?taal=en"),
        (client.get("/%2Felders.example/x"), "/elders.example/x?taal=en"),
    ):
        (href,) = re.findall(r'href="([^"]*)"[^>]* hreflang="en"', page.text)
        assert href.replace("&amp;", "&") == path
    assert '<html lang="en">' in client.get(f"{received}?taal=en").text


def test_what_is_no_case_or_address_is_told_and_never_searched_for(app: Flask) -> None:
    client = browser_of(app, YARA)
    for page in (client.get("/berichten?zaak=%00"), client.post("/berichten", data={"zoek": "noor\x00@example.org"})):
        assert page.status_code == 422
        assert "Vul een zaaknummer of een heel e-mailadres in" in page.text
        assert "\x00" not in page.text


def test_an_address_is_searched_whole_stays_out_of_the_url_and_leaves_a_row(
    app: Flask, trip: Trip, received: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client = browser_of(app, YARA)
    found = client.post("/berichten", data={"zoek": " Noor@Example.org "})
    assert found.status_code == 200
    assert received in found.text
    assert not re.search(r"(href|action)=\"[^\"]*oor@", found.text)
    assert received not in client.post("/berichten", data={"zoek": "or@example.org"}).text
    assert client.post("/berichten", data={"zoek": "Noor de Vries"}).status_code == 422
    by_case = client.post("/berichten", data={"zoek": REFERENCE.lower()})
    assert by_case.headers["Location"] == f"/berichten?zaak={REFERENCE}"
    kept = trip.rows("select who, act, reference, details from notify.audit order by number")
    assert kept == [{"who": "yara", "act": "look.address", "reference": None, "details": {}}] * 2
    with pytest.raises(RaiseException, match="only added"):
        trip.rows("update notify.audit set who = 'bram' returning true")
    monkeypatch.setenv("DATABASE_URL", trip.url)
    with pytest.raises(SystemExit) as ended:
        main(["audit"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("2 rows hold")


def test_what_a_message_says_is_read_without_its_secret_link_and_each_look_is_kept(
    app: Flask, trip: Trip, sink: Sink, received: str
) -> None:
    client = browser_of(app, SAMIR)
    assert "Dit bericht is nog niet aangenomen." in client.get(f"{received}/inhoud").text
    sink.to_recipient = "250 OK"
    trip.rows("delete from notify.stops returning true")
    trip.tell(MessageComposed(message_id=UUID(received.rpartition("/")[2])))
    trip.work("notify")
    page = client.get(f"{received}/inhoud").text
    assert "Wij hebben uw aanvraag" in page
    assert "‹persoonlijke link›" in page
    assert "nog niet aangenomen" not in page
    assert "status/secret" not in page
    assert "is sindsdien veranderd" not in page
    trip.rows("update notify.messages set title_nl = 'Iets anders' returning true")
    assert "is sindsdien veranderd" in client.get(f"{received}/inhoud").text
    assert client.get(f"{received}/brief.pdf").status_code == 404
    details = {"message": received.rpartition("/")[2]}
    kept = trip.rows("select act, reference, details from notify.audit")
    assert kept == [{"act": "look.message", "reference": REFERENCE, "details": details}] * 3


def test_the_letter_that_a_message_brings_is_given_and_the_look_is_kept(app: Flask, trip: Trip) -> None:
    trip.tell(OPENED)
    trip.tell(DECIDED)
    for consumer in ("notify", "press", "notify"):
        trip.work(consumer)
    decision = trip.rows("select id from notify.messages where letter_id is not null")[0]["id"]
    client = browser_of(app, SAMIR)
    assert f"/berichten/{decision}/brief.pdf" in client.get(f"/berichten/{decision}/inhoud").text
    assert client.get(f"/berichten/{decision}/brief.pdf").data.startswith(b"%PDF-1.7")
    assert browser_of(app, MILA).get(f"/berichten/{decision}/brief.pdf").status_code == 404
    acts = trip.rows("select act from notify.audit order by number")
    assert [row["act"] for row in acts] == ["look.message", "look.letter"]


def test_older_messages_stand_on_the_next_page_each_once(app: Flask, trip: Trip) -> None:
    made = [message() for _ in range(PAGE + 3)]
    with connect(trip.url) as connection:
        for each in made:
            MessageStore(connection).add(each)
    client, seen, path = browser_of(app, YARA), list[str](), "/berichten"
    while path:
        page = client.get(path).text
        seen += re.findall(r'href="/berichten/([0-9a-f-]{36})"', page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        path = following.group(1).replace("&amp;", "&") if following else ""
    assert sorted(seen) == sorted(str(each.id) for each in made)
    first = client.post("/berichten", data={"zoek": "noor@example.org"}).text
    last = re.findall(r'name="voor" value="([^"]+)"', first)
    assert len(last) == 1
    assert client.post("/berichten", data={"zoek": "noor@example.org", "voor": last[0]}).text.count("<tr><td>") == 3


def test_the_state_of_sending_tells_what_waits_what_failed_and_which_part_is_away(
    app: Flask, app_without_mail: Flask, trip: Trip, received: str
) -> None:
    trip.tell(replace(OPENED, reference="Z-2026-WAIT-0001"))
    page = browser_of(app, YARA).get("/berichten/stand").text
    assert "1 bericht kwam niet aan in de laatste 24 uur" in page
    assert cells(page, row="Versturen")[:2] == ["1", "0"]
    assert cells(page, row="Versturen")[-1] == "1"
    assert cells(page, row="Brieven maken") == ["0", "0", "–", "0"]
    assert cells(page, row="Grote zendingen") == ["0", "0", "–", "0"]
    assert re.search(r'>E-mail<span class="balie-sub">127.0.0.1:\d+</span></th><td><[^>]+>Bereikbaar<', page)
    assert "storing<" not in page
    assert cells(page, row="Opslag van brieven")[0] == "Bereikbaar"
    assert re.search(r'<th scope="row">Mailserver 127.0.0.1:\d+<', page)
    away = browser_of(app_without_mail, YARA)
    (server,) = re.findall(r">E-mail<span class=\"balie-sub\">([^<]+)<", away.get("/berichten/stand").text)
    with connect(trip.url) as connection:
        for _ in range(RESTS_AFTER):
            KeptHealth(lambda: connection, per_minute={}).note(server, up=False, now=utc_now())
    page = away.get("/berichten/stand").text
    assert "Niet bereikbaar" in page
    assert re.search(r"Rust even uit<.*?na 3 storingen", page)
    assert received not in page
    assert REFERENCE not in page


def cells(page: str, *, row: str) -> list[str]:
    found = re.search(rf'<th scope="row">{row}</th>(.*?)</tr>', page)
    assert found
    return re.findall(r"<td[^>]*>(?:<[^>]+>)?([^<]*)", found.group(1))


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("550 5.1.1 <x> unknown", Trouble.NO_SUCH_ADDRESS),
        ("550 no such user", Trouble.NO_SUCH_ADDRESS),
        ("552 5.2.2 over quota", Trouble.FULL),
        ("552 5.3.4 message too big for system", Trouble.REFUSED),
        ("452 4.2.2 mailbox full", Trouble.FULL),
        ("554 5.7.1 looks like spam", Trouble.REFUSED),
        ("451 try later", Trouble.BUSY),
        ("521 we take nothing", Trouble.REFUSED),
        ("ConnectionRefusedError", Trouble.UNREACHABLE),
        ("TimeoutError", Trouble.UNREACHABLE),
        ("this is not an e-mail address", Trouble.NO_ADDRESS),
        ("UnknownAddressError", Trouble.NO_HOME),
        ("RefusedError: PRINT_FOLDER is not set: nothing can go by post", Trouble.NO_PRINTER),
        (None, Trouble.UNSURE),
        ("", Trouble.OTHER),
    ],
)
def test_what_a_mail_server_said_is_read_as_one_trouble(said: str | None, trouble: Trouble) -> None:
    assert trouble_of(said) is trouble


def test_every_kind_state_and_trouble_has_words() -> None:
    assert set(KINDS) == set(Kind)
    assert set(STATES) == set(BADGES) == OPEN | FAILED | {Status.PENDING, Status.SENT, Status.DELIVERED}
    assert set(TROUBLES) == set(Trouble)
    assert masked("noor@example.org") == "n…@example.org"


def test_staff_sign_in_at_the_provider_and_come_back_where_they_were(
    database: Database, sink: Sink, tmp_path: Path, received: str
) -> None:
    with open_provider(tmp_path / "secrets") as provider:
        secret = client_secret("notify", folder=tmp_path / "secrets")
        more = {"oidc_issuer": provider, "oidc_client_secret": secret}
        with open_door(database, smtp_url=sink.url, vault=tmp_path / "vault", **more) as app:
            client = app.test_client()
            away = client.get(client.get(received).headers["Location"]).headers["Location"]
            back = requests.post(away, data={"person": "yara"}, allow_redirects=False, timeout=5).headers["Location"]
            assert client.get(back.removeprefix("http://notify.example")).headers["Location"] == received
            assert "Yara Bos" in client.get(received).text
            assert client.post("/uitloggen").headers["Location"] == "/uitgelogd"
            assert client.get(received).status_code == 303
