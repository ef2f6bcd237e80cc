"""The profile, the messages that could not be handled, and the friendly pages when something is not there."""

from __future__ import annotations

import re

from shared.bus import Courier
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import BRAM, MILA, NOW, SAMIR, notice

BURY = (
    "update bus.delivery set dead_at = now(), reason = 'PermanentError: this message belongs to no case', attempt = 3"
)


def test_a_token_is_shown_once_and_works_until_it_is_revoked(town: Town) -> None:
    client = town.client(SAMIR)
    page = client.post("/profiel/sleutels", data={"label": "Koppeling"}).text
    token = re.search(r"balie_[\w-]+", page)
    assert token
    headers = {"Authorization": f"Bearer {token.group()}"}
    assert client.get("/api/v1/cases", headers=headers).status_code == 200
    listed = client.get("/profiel").text
    assert "Koppeling" in listed
    assert token.group() not in listed
    revoke = re.findall(r'Koppeling.*?action="(/profiel/sleutels/[^"]+)"', listed)[0]
    assert town.client(MILA).post(revoke).status_code == 404
    client.post(revoke)
    assert client.get("/api/v1/cases", headers=headers).status_code == 401


def test_the_database_holds_no_token_only_its_hash(town: Town) -> None:
    stored = town.rows("select hash from workflow.tokens")
    assert all(len(row["hash"]) == 32 for row in stored)
    assert not any(token.encode() in bytes(row["hash"]) for row in stored for token in town.tokens.values())


def test_a_token_needs_a_name(town: Town) -> None:
    answer = town.client(SAMIR).post("/profiel/sleutels", data={"label": " "})
    assert answer.status_code == 422
    assert 'href="#label"' in answer.text


def test_shortcuts_and_language_are_remembered(town: Town) -> None:
    client = town.client(SAMIR)
    assert "data-no-keys" not in client.get("/profiel").text
    client.post("/profiel", data={"language": "en", "shortcuts": "off"})
    page = client.get("/profiel").text
    assert "data-no-keys" in page
    assert '<html lang="en">' in page
    kept = town.rows("select language, shortcuts from workflow.people where subject = 'samir'")
    assert kept == [{"language": "en", "shortcuts": False}]


def test_a_message_that_could_not_be_handled_is_listed_with_its_reason_and_can_be_tried_again(town: Town) -> None:
    with town.connection() as connection:
        Courier(connection, now=NOW).tell(notice("receipt", at=NOW, reference="Z-2026-XXXX-XXXX"))
        connection.execute(BURY)
    client = town.client(BRAM)
    page = client.get("/beheer/berichten").text
    assert "this message belongs to no case" in page
    message = re.findall(r'name="message" value="([^"]+)"', page)[0]
    page = client.post("/beheer/berichten", data={"message": message}, follow_redirects=True).text
    assert "Het bericht wordt opnieuw behandeld." in page
    dead = town.rows("select count(*) as n from bus.delivery where dead_at is not null")
    assert dead == [{"n": 1}]  # the other hearer's copy
    again = client.post("/beheer/berichten", data={"message": message}, follow_redirects=True).text
    assert "Dit bericht stond niet meer in de lijst." in again


def test_without_such_messages_the_page_says_that_all_is_well(town: Town) -> None:
    page = town.client(BRAM).get("/beheer/berichten").text
    assert "Er zijn geen storingen: alles is behandeld." in page
    assert '/berichten">Berichten</a>' in page


def test_nobody_is_led_to_a_room_that_is_shut_for_them(town: Town) -> None:
    assert '/beheer">Producten</a>' not in town.client(SAMIR).get("/").text


def test_nonsense_is_not_replayed(town: Town) -> None:
    assert town.client(BRAM).post("/beheer/berichten", data={"message": "x y"}).status_code == 400


def test_what_is_not_there_or_not_allowed_is_told_kindly(town: Town) -> None:
    missing = town.client(SAMIR).get("/zaken/Z-2026-XXXX-XXXX")
    assert (missing.status_code, "Dit bestaat niet." in missing.text) == (404, True)
    assert "Naar de werkvoorraad" in missing.text
    forbidden = town.client(SAMIR).get("/beheer/berichten")
    assert (forbidden.status_code, "U mag dit niet doen." in forbidden.text) == (403, True)


def test_health_names_its_parts(town: Town) -> None:
    answer = town.client().get("/health")
    parts = answer.get_json()["parts"]
    assert (answer.status_code, parts["database"], set(parts)) == (200, True, {"database", "timers"})
