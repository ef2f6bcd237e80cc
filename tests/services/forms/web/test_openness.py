"""The public page of a product: rules in plain words, and what was done with what residents said."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from shared.events import RemarkAnswered
from tests.services.forms.noor import NOW
from tests.services.forms.web.test_sending import inbox

TOLD = RemarkAnswered(
    answer_id=UUID("019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f"),
    at=NOW,
    product="objecten",
    subject="purpose",
    outcome="done",
    said="De vraag is <b>onduidelijk</b>.",
    done="Er staat een voorbeeld bij.",
    standing=True,
)


def hear(app: Flask, *facts: RemarkAnswered) -> None:
    with app.extensions["balie_forms"].pool.connection() as connection:
        for fact in facts:
            inbox.handle(connection, fact, now=NOW)


def test_what_was_done_with_a_remark_stands_at_the_product_until_it_is_taken_down(
    client: FlaskClient, app: Flask
) -> None:
    assert "Wij hebben nog niets te melden" in client.get("/openbaar/objecten").text
    hear(app, TOLD)
    page = client.get("/openbaar/objecten").text
    assert "De vraag is &lt;b&gt;onduidelijk&lt;/b&gt;." in page
    assert "Er staat een voorbeeld bij." in page
    assert 'href="/openbaar/objecten"' in client.get("/objecten").text
    down = replace(TOLD, standing=False)
    hear(app, down, TOLD)  # told again after it was taken down, it stays down
    assert "Er staat een voorbeeld bij." not in client.get("/openbaar/objecten").text


def test_the_rules_stand_there_with_their_source_and_room_for_an_opinion(client: FlaskClient) -> None:
    page = client.get("/openbaar/objecten").text
    assert "Dit staat in:" in page
    assert 'href="/regel/objecten/late"' in page
    assert client.get("/openbaar/bestaat-niet").status_code == 404
