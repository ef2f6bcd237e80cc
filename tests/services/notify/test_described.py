"""The API says of itself what it is: each route stands in it, each example holds, and people can read it."""

from __future__ import annotations

from typing import Any

import schemathesis

from services.notify.domain.clients import Hears
from services.notify.domain.states import Status
from services.notify.web.v2.calls import CALLS
from services.notify.web.v2.describing import DOORS, doors_of
from services.notify.web.v2.shapes import example_of
from tests.browser import base_url, browser_type_launch_args, faults_on, html_check, open_browser, sideways_scroll
from tests.services.notify.office import Office

__all__ = ["base_url", "browser_type_launch_args"]


def test_each_route_is_described_and_each_example_holds(office: Office) -> None:
    routes = {
        rule.endpoint
        for rule in office.app.url_map.iter_rules()
        if rule.endpoint.startswith(("v2.", "v2_versions.")) and rule.endpoint != "v2.nothing"
    }
    assert routes == set(DOORS)
    said = office.ask("GET", "/v2/openapi.json", token="no key is asked for").json()
    schemathesis.openapi.from_dict(said).validate()
    described = office.described
    assert said["paths"] == described.says["paths"]
    for _, shape in CALLS.values():
        assert described.faults_in(example_of(shape()), schema=said["components"]["schemas"][shape.__name__]) == []
    assert set(said["webhooks"]) == set(Hears)
    for method, path, _, door in doors_of(office.app):
        operation = said["paths"][path][method.lower()]
        if door.returns:
            schema = operation["responses"][str(door.status)]["content"]["application/json"]["schema"]
            assert described.faults_in(example_of(door.returns()), schema=schema) == []
        for body in door.bodies:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            assert described.faults_in(example_of(body()), schema=schema) == []


def test_what_is_not_as_described_is_seen(office: Office) -> None:
    described = office.described
    schema = described.says["components"]["schemas"]["Notification"]
    faults = described.faults_in({"id": "x", "colour": "red"}, schema=schema)
    assert any("uuid" in fault for fault in faults)
    assert any("'colour' was unexpected" in fault for fault in faults)
    assert any('"reference" is a required property' in fault for fault in faults)


def test_people_read_how_it_works_in_two_languages(office: Office, browser: Any) -> None:
    with open_browser(browser) as context:
        page = context.new_page()
        for language, words in (("nl", "Verstuur een e-mail"), ("en", "Send an e-mail")):
            page.goto(f"{office.base}/v2/uitleg?taal={language}")
            assert page.get_by_role("heading", name=words).count() == 1
            assert page.get_by_text("later-bounced@simulator.notify").count() == 1
            assert html_check([page.content()]) == []
        told = page.get_by_role("table").filter(has_text="validation-failed").locator("td:first-child")
        assert {name for cell in told.all_inner_texts() for name in cell.split(", ")} == set(Status)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert (sideways_scroll(page), faults_on(page)) == (0, [])
