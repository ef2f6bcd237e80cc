"""The matrix: every door with every person, so that a new door cannot escape it."""

from __future__ import annotations

from typing import Any, Final

import pytest
from werkzeug.routing import Rule

from shared.access import Permission, Person, may, permission_of
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import BRAM, ELS, EVERYONE, MILA, REFERENCE, RUUD, SAMIR

FRAMEWORK: Final = {"look_asset", "health", "metrics", "openapi"}
FILE: Final = {"file_id": "019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f", "place": "0" * 32, "seal": "x"}
ARGUMENTS: Final = {
    "reference": REFERENCE,
    "token_id": "019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f",
    "absence_id": "019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f",
    "run_id": "019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f",
    "name": "letter.css",
    "word": "verlengen",
    "hold_id": "019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f",
    "list_id": "019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f",
    "product": "objecten",
    "publication": 1,
    "answer_id": "019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f",
    "figure_id": "019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f",
    "year": 2025,
    "number": 1,
    "form": "json",
    "trial_id": "019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f",
    "token": "a-guess",
    **FILE,
}
SIGNS_IN: Final = {"sign_in.begin", "sign_in.finish"}
"""These speak with the provider; test_sign_in has them."""


def doors(town: Town) -> list[tuple[Rule, str]]:
    """Every address with every method that it takes."""
    return [
        (rule, method)
        for rule in town.app.url_map.iter_rules()
        if rule.endpoint not in FRAMEWORK | SIGNS_IN
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def knock(town: Town, person: Person | None, *, rule: Rule, method: str, reference: str = REFERENCE) -> int:
    """Try a door in a browser of its own; give the status."""
    with town.app.test_request_context():
        values: Any = {name: {**ARGUMENTS, "reference": reference}[name] for name in rule.arguments}
        path = town.app.url_for(rule.endpoint, **values)
    headers = town.bearer(person) if person and path.startswith("/api/") else {}
    body: Any = {} if path.startswith("/api/") and method == "POST" else None
    with town.client(person).open(path, method=method, headers=headers, json=body) as answer:
        return answer.status_code


def asked_of(town: Town, rule: Rule) -> Permission:
    permission = permission_of(town.app.view_functions[rule.endpoint])
    assert permission is not None
    return permission


@pytest.mark.parametrize("person", EVERYONE, ids=lambda person: person.subject)
def test_who_lacks_the_permission_is_refused_and_who_has_it_is_not(town: Town, person: Person) -> None:
    town.receive()
    for rule, method in doors(town):
        permission = asked_of(town, rule)
        status = knock(town, person, rule=rule, method=method)
        if not may(person, permission=permission):
            assert status == 403, (method, rule.rule)
        else:
            assert status < 500, (method, rule.rule)
            assert status not in (401, 403), (method, rule.rule)


def test_a_stranger_gets_no_further_than_the_sign_in(town: Town) -> None:
    town.receive()
    for rule, method in doors(town):
        if asked_of(town, rule) is Permission.PUBLIC:
            continue
        status = knock(town, None, rule=rule, method=method)
        if rule.rule.startswith("/api/") or method == "POST":
            assert status == 401, (method, rule.rule)
        else:
            assert status == 303, (method, rule.rule)


@pytest.mark.parametrize("person", [RUUD, BRAM], ids=lambda person: person.subject)
def test_who_may_see_nothing_finds_no_row_and_no_case_behind_any_door(town: Town, person: Person) -> None:
    town.claimed(SAMIR)
    client = town.client(person)
    for rule, method in doors(town):
        if "reference" in rule.arguments:
            status = knock(town, person, rule=rule, method=method)
            assert status in (403, 404), (method, rule.rule)
            if method == "GET" and asked_of(town, rule) is Permission.SIGNED_IN:
                assert status == 404, rule.rule
    for path in ("/", "/?lijst=decided", "/?q=Noor", "/profiel"):
        page = client.get(path, follow_redirects=True).text
        assert REFERENCE not in page
        assert "Noor" not in page
    listed = client.get("/api/v1/cases", headers=town.bearer(person)).get_json()
    assert (listed["cases"], listed["total"]) == ([], 0)


@pytest.mark.parametrize("person", [SAMIR, MILA, ELS], ids=lambda person: person.subject)
def test_who_works_on_cases_sees_them_behind_every_door(town: Town, person: Person) -> None:
    town.claimed(SAMIR)
    client = town.client(person)
    for path in ("", "/termijn", "/besluit", "/tijdlijn", "/besluit/brief"):
        answer = client.get(f"/zaken/{REFERENCE}{path}")
        assert answer.status_code == 200
        assert REFERENCE in answer.text
    assert REFERENCE in client.get("/").text


def test_a_session_does_not_open_the_api_and_a_token_does_not_open_the_pages(town: Town) -> None:
    town.receive()
    assert town.client(SAMIR).get("/api/v1/cases").status_code == 401
    assert town.client().get("/", headers=town.bearer(SAMIR)).status_code == 303


def test_ruud_reads_why_he_sees_nothing(town: Town) -> None:
    assert "U ziet nog geen zaken" in town.client(RUUD).get("/").text


def test_an_administrator_lands_on_the_messages(town: Town) -> None:
    answer = town.client(BRAM).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/beheer/berichten")
