"""Who gets in at /beheer, and what happens when a session ends."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.forms.domain.working import UnfitTextError, check_product_id
from shared.access import Permission, permission_of
from tests.services.forms.web.admin.bram import BRAM, SAMIR, browser_of

OPEN = {"/beheer/inloggen", "/beheer/inloggen/terug", "/beheer/uitgelogd", "/beheer/uitloggen"}


def admin_addresses(app: Flask) -> list[str]:
    """Every address under /beheer that needs no subject in it."""
    rules = (rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/beheer"))
    return sorted({rule.rule for rule in rules if not rule.arguments} - OPEN)


def test_no_product_can_lie_at_an_address_of_ours(app: Flask) -> None:
    ours = {rule.rule.strip("/") for rule in app.url_map.iter_rules() if not rule.arguments} - {""}
    for name in (name for name in ours if "/" not in name):
        with pytest.raises(UnfitTextError):
            check_product_id(name)
    assert {"balie", "mijn", "gestopt"} <= ours


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_and_back(client: FlaskClient) -> None:
    answer = client.get("/beheer?taal=x")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/beheer/inloggen?terug=/beheer?taal%3Dx"


@pytest.mark.parametrize("person", [SAMIR, {**BRAM, "groups": []}])
def test_only_a_functional_administrator_gets_in(app: Flask, person: dict[str, object]) -> None:
    client = browser_of(app, person=person)
    answers = {
        address: client.open(address, method=_method(app, address)).status_code for address in admin_addresses(app)
    }
    assert set(answers.values()) == {403}


def test_every_door_with_a_subject_asks_the_same(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/beheer") and rule.rule not in OPEN]
    assert {permission_of(app.view_functions[rule.endpoint]) for rule in rules} == {Permission.ADMINISTER}


def test_the_list_shows_each_product(app: Flask) -> None:
    page = browser_of(app, person=BRAM).get("/beheer").text
    assert "Bram de Wit" in page
    assert "Voorwerp op of aan de weg" in page


def test_signing_out_forgets_who_signed_in(app: Flask) -> None:
    client = browser_of(app, person=BRAM)
    client.post("/beheer/uitloggen")
    assert client.get("/beheer").status_code == 303


def _method(app: Flask, address: str) -> str:
    rule = next(rule for rule in app.url_map.iter_rules() if rule.rule == address)
    return "GET" if "GET" in (rule.methods or ()) else "POST"
