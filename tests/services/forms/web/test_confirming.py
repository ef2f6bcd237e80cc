"""A form without sign-in that counts only from a confirmed e-mail address: on this device, on another, or never."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared.catalogue.definitions import SignIn
from shared.database import connect
from shared.events import Words
from tests.conftest import Database
from tests.services.forms.conftest import open_web
from tests.services.forms.noor import CATALOGUE
from tests.services.forms.web.noors_browser import fill_in, post_step, send

WHY = Words(nl="Zo weten wij dat onze post u bereikt.", en="This way we know that our mail reaches you.")
ASKS = replace(CATALOGUE.product("objecten"), sign_in=SignIn(confirm_email=WHY))


@pytest.fixture
def app(database: Database) -> Iterator[Flask]:
    """The web door with a product that asks for a confirmed address."""
    yield from open_web(database, catalogue=replace(CATALOGUE, products={"objecten": ASKS}))


def mailed(database: Database) -> list[tuple[str, str]]:
    """The address and the path of each link that was mailed to confirm one."""
    with connect(database.dsn()) as connection:
        rows = connection.execute("select payload from bus.event where name = 'AddressTyped' order by id").fetchall()
    return [(row["payload"]["email"], row["payload"]["link"].removeprefix("http://localhost")) for row in rows]


def sent(database: Database) -> int:
    with connect(database.dsn()) as connection:
        return len(connection.execute("select from bus.event where name = 'SubmissionReceived'").fetchall())


def press(client: FlaskClient, page: str) -> str:
    """Press the button that sends, on the page on which one waits; where it leads."""
    revision = re.search(r'name="revision" value="(\d+)"', client.get(page).text)
    assert revision
    form = page.partition("/bevestigen")[0]
    return client.post(f"{form}/controleren", data={"revision": revision[1], "nog": "1"}).location


def test_nothing_is_sent_before_the_address_is_confirmed_and_nothing_is_lost(
    client: FlaskClient, database: Database
) -> None:
    assert "Wel bevestigt u aan het eind uw e-mailadres" in client.get("/objecten").text
    form = fill_in(client)
    assert "Wij mailen u eerst een link om uw e-mailadres te bevestigen" in client.get(f"{form}/controleren").text
    waiting = send(client, form).location
    assert waiting.startswith(f"{form}/bevestigen")
    page = client.get(waiting).text
    assert WHY.nl in page
    assert "noor@example.org" in page
    assert "Uw antwoorden zijn bewaard tot en met" in page
    again = press(client, waiting)
    assert "U hebt uw e-mailadres nog niet bevestigd" in client.get(again).text
    assert len(mailed(database)) == 1  # pressing again mails nothing
    assert sent(database) == 0
    assert "Verbouwing van de keuken" in client.get(f"{form}/controleren").text


def test_whoever_follows_the_link_on_another_device_sees_nothing_of_the_form_and_confirms_by_a_button(
    client: FlaskClient, app: Flask, database: Database
) -> None:
    form = fill_in(client)
    waiting = send(client, form).location
    ((email, link),) = mailed(database)
    phone = app.test_client()
    first = phone.get(link).text
    assert email == "noor@example.org"
    assert "Verbouwing" not in first
    assert form not in first
    assert "Bevestig mijn e-mailadres" in first
    assert press(client, waiting).startswith(f"{form}/bevestigen")  # a program that only opened the link did nothing
    assert phone.post(link).location == link
    assert "Ga terug naar het scherm waarop u het formulier invulde" in phone.get(link).text
    here = client.get(link).text
    assert f'href="{form}/bevestigen"' in here
    receipt = press(client, waiting)
    assert receipt.endswith("/ontvangen")
    assert sent(database) == 1
    assert "Wij hebben het formulier ontvangen" in phone.get(link).text


def test_another_address_must_be_confirmed_anew_and_the_former_link_works_no_more(
    client: FlaskClient, database: Database
) -> None:
    form = fill_in(client)
    send(client, form)
    former = mailed(database)[0][1]
    client.post(former)
    assert post_step(client, form, step="who", back="controleren", email="els@example.org").status_code == 303
    waiting = send(client, form).location
    assert waiting.startswith(f"{form}/bevestigen")
    assert [email for email, _ in mailed(database)] == ["noor@example.org", "els@example.org"]
    assert client.get(former).status_code == client.post(former).status_code == 404
    client.post(mailed(database)[1][1])
    assert press(client, waiting).endswith("/ontvangen")


def test_the_link_is_mailed_again_on_request_but_not_without_end(client: FlaskClient, database: Database) -> None:
    form = fill_in(client)
    send(client, form)
    for _ in range(4):
        assert "gedaan=weer" in client.post(f"{form}/bevestigen", data={"revision": "4"}).location
    last = client.post(f"{form}/bevestigen", data={"revision": "4"}).location
    assert "Wij mailden al 5 keer over dit formulier" in client.get(last).text
    assert len({link for _, link in mailed(database)}) == 1  # each mail has the same link: an older one works too
    assert len(mailed(database)) == 5


def test_a_link_that_was_guessed_is_no_page(client: FlaskClient) -> None:
    page = client.get(f"/bevestigen/{'a' * 32}")
    assert page.status_code == 404
    assert "Deze link werkt niet" in page.text


def test_a_change_of_what_was_sent_asks_again_only_for_another_address(client: FlaskClient, database: Database) -> None:
    waiting = send(client, fill_in(client)).location
    client.post(mailed(database)[0][1])
    status = press(client, waiting).removesuffix("/ontvangen")
    form = client.post(f"{status}/wijzigen").location.removesuffix("/controleren")
    assert post_step(client, form, step="what", back="controleren", purpose="Verhuizing").status_code == 303
    assert "gedaan=gewijzigd" in send(client, form).location
    form = client.post(f"{status}/wijzigen").location.removesuffix("/controleren")
    post_step(client, form, step="who", back="controleren", email="els@example.org")
    assert send(client, form).location.startswith(f"{form}/bevestigen")
