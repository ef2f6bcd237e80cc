"""Taking over a form from Open Formulieren under /beheer."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from tests.browser import html_check
from tests.services.forms.openforms.exports import CONTACT, PLUGINS, zipped
from tests.services.forms.web.admin.bram import text_on

AT = "/beheer/open-formulieren"


def send(client: FlaskClient, content: bytes | None, *, product: str = "") -> TestResponse:
    """Send an export as a browser does, in memory."""
    sent: MultiDict[str, Any] = MultiDict({"product": product})
    if content is not None:
        sent.add("zip", FileStorage(io.BytesIO(content), filename="formulier.zip"))
    boundary, body = encode_multipart(sent)
    return client.post(AT, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


def take(client: FlaskClient, lists: Mapping[str, Any], **more: str) -> TestResponse:
    return send(client, zipped(lists), **more)


def test_an_export_becomes_a_working_copy_that_residents_do_not_see(bram: FlaskClient) -> None:
    page = take(bram, CONTACT).text
    assert "Het formulier is overgenomen" in page
    assert "/beheer/product/contact-opnemen/tekst" in page
    text = text_on(bram.get("/beheer/product/contact-opnemen/tekst").text)
    assert "when: onderwerp == 'iets_anders'" in text
    assert bram.get("/contact-opnemen").status_code == 404


def test_what_stays_behind_is_listed_with_its_place_and_the_reason(bram: FlaskClient) -> None:
    page = take(bram, PLUGINS, product="contact").text
    assert "<td>stap 1 ‘Stap van 1’, vraag ‘Kenteken’</td><td>validate.custom</td>" in page
    assert "<td>logicaregel 1</td><td>evaluate-dmn: naam == &#39;x&#39;</td>" in page
    assert "evaluate-dmn" in bram.get("/beheer/product/contact/tekst").text


def test_an_export_never_takes_the_place_of_what_somebody_works_on(bram: FlaskClient) -> None:
    take(bram, CONTACT)
    again = take(bram, PLUGINS)
    assert again.status_code == 409
    assert "Van dit product is er al een werkversie" in again.text
    assert "evaluate-dmn" not in bram.get("/beheer/product/contact-opnemen/tekst").text


def test_what_is_no_export_is_told_and_keeps_nothing(bram: FlaskClient, app: Flask) -> None:
    for content, told in ((b"PK nothing", "geen zip"), (zipped({"forms": []}), "geen export"), (None, "Kies eerst")):
        answer = send(bram, content)
        assert answer.status_code == 422
        assert told in answer.text
    assert take(bram, CONTACT, product="Beheer").status_code == 422
    assert "contact-opnemen" not in bram.get("/beheer").text


def test_the_pages_of_taking_over_are_good_html(bram: FlaskClient) -> None:
    pages = [bram.get(AT).text, take(bram, PLUGINS).text, send(bram, None).text]
    assert html_check(pages) == []
