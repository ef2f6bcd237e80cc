"""The accessibility statement: only what was measured, for the site and each form, for people and as data."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from services.forms.statement import NoStatement, Statement, read_statement
from shared import catalogue
from tests.services.forms.noor import CATALOGUE
from tests.services.forms.web.noors_browser import start

FOLDER = Path(catalogue.__file__).parent


def test_the_statement_says_status_tests_shortcomings_and_contact(client: FlaskClient) -> None:
    page = client.get("/toegankelijkheid").text
    for said in (
        "<strong>C</strong>: wij hebben de eerste stappen gezet",
        "axe",
        "onderzoek door een bureau van buiten",
    ):
        assert said in page
    assert "mailto:vergunningen@amersfoort.example" in page
    for product in CATALOGUE.products:
        assert f'href="/toegankelijkheid/{product}"' in page


def test_a_form_claims_only_what_is_tested_of_it(client: FlaskClient) -> None:
    assert "Wij testen elke bladzijde van dit formulier." in client.get("/toegankelijkheid/objecten").text
    assert "maar niet elke bladzijde apart" in client.get("/toegankelijkheid/terras").text
    assert client.get("/toegankelijkheid/nergens").status_code == 404


@pytest.mark.parametrize(("path", "whole"), [("", False), ("/objecten", True), ("/terras", False)])
def test_the_same_stands_there_as_data(client: FlaskClient, path: str, whole: bool) -> None:
    told = client.get(f"/toegankelijkheid{path}/gegevens.json").get_json()
    assert (told["status"], told["auditedOn"], told["everyPageChecked"]) == ("C", None, whole)
    assert told["drawnUpOn"] == "2026-11-26"
    assert len(told["shortcomings"]) == 4


def test_the_foot_of_a_form_leads_to_its_own_statement(client: FlaskClient) -> None:
    assert 'href="/toegankelijkheid/objecten"' in client.get("/objecten").text
    assert 'href="/toegankelijkheid/objecten"' in client.get(f"{start(client)}/what").text
    assert 'href="/toegankelijkheid">' in client.get("/privacy").text


def test_without_a_file_there_is_no_statement(tmp_path: Path) -> None:
    assert isinstance(read_statement(FOLDER), Statement)
    assert read_statement(tmp_path) == NoStatement()
