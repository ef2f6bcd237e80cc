"""A form that is not the right one: every reason is read, and whoever stays goes on with the page that comes next."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.services.forms.web.noors_browser import fill_in, post_step

PARTY = {
    "event_name": "Voorbeeldfeest",
    "visitors": "151",
    "music": "amplified",
    "alcohol_sold": "true",
    "places_objects": "false",
    "traffic": "none",
    "bbq": "false",
}


def test_every_reason_for_another_form_is_told(client: FlaskClient) -> None:
    form = client.post("/klein-evenement").location.rpartition("/")[0]
    answer = client.post(f"{form}/what", data={"asked": " ".join(PARTY), **PARTY})
    assert answer.location == f"{form}/ander-formulier?na=what"
    page = client.get(answer.location).text
    for reason in ("meer dan 150 mensen", "versterkers of luidsprekers", "U verkoopt alcohol"):
        assert reason in page
    assert "25 m²" not in page


def test_who_stays_with_a_form_goes_on_after_the_page_that_led_away(client: FlaskClient) -> None:
    form = client.post("/klein-evenement").location.rpartition("/")[0]
    client.post(f"{form}/what", data={"asked": " ".join(PARTY), **PARTY})
    stay = client.post(f"{form}/ander-formulier", data={"action": "stay", "na": "what"})
    assert stay.location == f"{form}/where"


def test_a_page_that_is_complete_already_is_not_passed_over(client: FlaskClient) -> None:
    form = fill_in(client)
    away = post_step(client, form, step="when", ends__day="14")
    assert away.location == f"{form}/niet-nodig?na=when"
    assert client.post(f"{form}/niet-nodig", data={"action": "on", "na": "when"}).location == f"{form}/who"
    assert client.post(f"{form}/niet-nodig", data={"action": "on", "na": "nergens"}).location == f"{form}/controleren"


@pytest.mark.parametrize(
    ("product", "said"),
    [
        ("bewonersparkeren", "U betaalt parkeerbelasting, en alleen als u de vergunning krijgt."),
        ("uitrit", "De melding kost niets. De aanleg betaalt u zelf. Wij sturen u eerst een offerte."),
        ("objecten", "U betaalt voor de behandeling, ook als wij nee zeggen."),
        ("klein-evenement", "Dit kost u niets."),
    ],
)
def test_what_is_said_of_paying_is_true_for_the_product(client: FlaskClient, product: str, said: str) -> None:
    page = " ".join(client.get(f"/{product}").text.split())
    assert said in page
    usual = ("U betaalt voor de behandeling, ook als wij nee zeggen.", "Dit kost u niets.")
    assert [each for each in usual if each in page] == [each for each in usual if each == said]


def test_the_check_page_says_of_paying_what_was_said_before(client: FlaskClient) -> None:
    form = client.post("/uitrit").location.rpartition("/")[0]
    page = " ".join(client.get(f"{form}/controleren").text.split())
    assert "De aanleg betaalt u zelf." in page
    assert "Dit kost u niets" not in page
