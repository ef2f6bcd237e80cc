"""The API for other systems: what it gives, and that bad input is always told and never breaks it."""

from __future__ import annotations

from typing import Any, Final

from tests.services.workflow.conftest import Town
from tests.services.workflow.town import ELS, MILA, REFERENCE, SAMIR, submission

GRANT: dict[str, Any] = {"result": "granted", "blocks": ["no-harm", "dates"]}
DECISION = f"/api/v1/cases/{REFERENCE}/decision"


def test_the_list_gives_deadline_words_and_pages(town: Town) -> None:
    town.receive()
    answer = town.client().get("/api/v1/cases", headers=town.bearer(SAMIR))
    assert answer.status_code == 200
    body = answer.get_json()
    assert (body["total"], body["page"], body["pages"]) == (1, 1, 1)
    case = body["cases"][0]
    assert (case["reference"], case["status"], case["handler"]) == (REFERENCE, "received", None)
    assert set(case["time_left"]) == {"kind", "working_days", "text"}


FILTERS: Final = [
    ("view=open", 3),
    ("view=mine", 1),
    ("view=free", 2),
    ("q=NOOR", 2),
    ("q=%25", 0),
    ("product=objecten", 3),
    ("product=other", 0),
    ("status=received", 2),
    ("status=decided", 0),
    ("page=2", 0),
]


def test_each_filter_narrows_the_list(town: Town) -> None:
    town.claimed(SAMIR)
    town.receive(submission("Z-2026-0002"))
    town.receive(submission("Z-2026-0003", name="F. Yılmaz"))
    for query, total in FILTERS:
        body = town.client().get(f"/api/v1/cases?{query}", headers=town.bearer(SAMIR)).get_json()
        assert len(body["cases"]) == total, query


NO_FILTERS: Final = ["view=every", "page=0", "page=x", "sort=;drop", "colour=red", "q=%00", "page=99999999999"]


def test_a_filter_that_does_not_exist_is_told(town: Town) -> None:
    for query in NO_FILTERS:
        answer = town.client().get(f"/api/v1/cases?{query}", headers=town.bearer(SAMIR))
        assert answer.status_code == 422, query
        assert [error["name"] for error in answer.get_json()["errors"]] == [query.partition("=")[0]]


def test_a_case_is_told_whole(town: Town) -> None:
    town.receive()
    body = town.client().get(f"/api/v1/cases/{REFERENCE}", headers=town.bearer(SAMIR)).get_json()
    assert body["answers"]["purpose"] == "Verbouwing van de keuken"
    assert body["steps"][0]["article"] == "APV 1:2 lid 1"
    assert {rule["rule"] for rule in body["rules"]} >= {"fee-small"}
    assert (body["result"], body["objection_until"]) == (None, None)


def test_an_unknown_case_is_not_found(town: Town) -> None:
    for reference in ["Z-2026-XXXX-XXXX", "%00", "x" * 300, "'; select 1", "%F0%9F%98%80"]:
        answer = town.client().get(f"/api/v1/cases/{reference}", headers=town.bearer(SAMIR))
        assert answer.status_code == 404, reference


def test_the_next_case_is_taken_until_there_is_none(town: Town) -> None:
    town.receive()
    first = town.client().post("/api/v1/cases/next", headers=town.bearer(SAMIR))
    assert (first.status_code, first.get_json()["handler"]) == (200, "Samir Haddad")
    second = town.client().post("/api/v1/cases/next", headers=town.bearer(MILA))
    assert (second.status_code, second.data) == (204, b"")


def test_a_decision_is_taken_once_and_only_by_who_holds_the_case(town: Town) -> None:
    town.claimed(SAMIR)
    client = town.client()
    refused = client.post(DECISION, headers=town.bearer(ELS), json=GRANT)
    assert (refused.status_code, refused.content_type) == (409, "application/problem+json")
    taken = client.post(DECISION, headers=town.bearer(SAMIR), json=GRANT)
    assert (taken.status_code, taken.get_json()["status"], taken.get_json()["result"]) == (200, "decided", "granted")
    again = client.post(DECISION, headers=town.bearer(SAMIR), json=GRANT)
    assert (again.status_code, again.get_json()["title"]) == (409, "Over deze zaak is al besloten.")


WRONG: Final[list[tuple[dict[str, Any], list[str]]]] = [
    ({}, ["result"]),
    ({"result": "maybe"}, ["result"]),
    ({"result": 1}, ["result"]),
    ({"result": "granted"}, ["blocks"]),
    ({"result": "refused", "blocks": ["no-harm"]}, ["blocks", "hearing"]),
    ({"result": "granted", "blocks": "no-harm"}, ["blocks"]),
    ({"result": "granted", "blocks": ["no-harm", "made-up"]}, ["blocks"]),
    ({"result": "granted", "blocks": ["no-harm"], "colour": "red"}, ["colour"]),
    ({"result": "granted", "own_reason": "x" * 5001}, ["own_reason"]),
    ({"result": "granted", "own_reason": "\ud800"}, ["own_reason"]),
    (
        {"result": "granted", "blocks": ["no-harm"], "own_conditions": [{"text": "Veeg."}]},
        ["own_conditions.0.because"],
    ),
    ({"result": "granted", "blocks": ["no-harm"], "own_conditions": [3]}, ["own_conditions.0"]),
]


def test_each_wrong_field_is_named_with_what_to_do(town: Town) -> None:
    town.claimed(SAMIR)
    for body, names in WRONG:
        answer = town.client().post(DECISION, headers=town.bearer(SAMIR), json=body)
        assert answer.status_code == 422, body
        assert [error["name"] for error in answer.get_json()["errors"]] == names
        assert all(error["reason"] for error in answer.get_json()["errors"])
    assert town.rows("select status from workflow.cases") == [{"status": "in_progress"}]


UNREADABLE: Final = [
    (b"{", "application/json", 400),
    (b"[" * 100_000, "application/json", 400),
    (b'{"result": "\x00"}', "application/json", 400),
    (b'{"result": "\\u0000"}', "application/json", 400),
    (b'{"result": "\xff"}', "application/json", 415),
    (b"result=granted", "application/x-www-form-urlencoded", 415),
    (b"{}", "application/json; charset=latin-1", 415),
    (b'"' + b"x" * 10_000_000 + b'"', "application/json", 413),
    (b"[]", "application/json", 422),
    (b"null", "application/json", 422),
]


def test_a_body_that_cannot_be_read_is_told_and_breaks_nothing(town: Town) -> None:
    town.claimed(SAMIR)
    for content, content_type, status in UNREADABLE:
        answer = town.client().post(DECISION, headers=town.bearer(SAMIR), data=content, content_type=content_type)
        assert answer.status_code == status, content[:30]
        assert answer.content_type == "application/problem+json"


def test_words_follow_accept_language(town: Town) -> None:
    town.receive()
    headers = {**town.bearer(SAMIR), "Accept-Language": "en"}
    assert "left" in town.client().get("/api/v1/cases", headers=headers).get_json()["cases"][0]["time_left"]["text"]
    problem = town.client().get("/api/v1/cases/Z-1", headers=headers).get_json()
    assert problem["title"] == "This does not exist."


def test_a_wrong_token_opens_nothing(town: Town) -> None:
    for header in ["Bearer wrong", "Bearer ", "Basic c2FtaXI6eA==", "Bearer \xff"]:
        answer = town.client().get("/api/v1/cases", headers={"Authorization": header})
        assert (answer.status_code, answer.content_type) == (401, "application/problem+json"), header


def test_the_description_names_every_door_of_the_api(town: Town) -> None:
    paths = town.client().get("/api/openapi.json").get_json()["paths"]
    assert set(paths) == {
        "/api/v1/cases",
        "/api/v1/cases/{reference}",
        "/api/v1/cases/{reference}/health",
        "/api/v1/cases/{reference}/bsn",
        "/api/v1/cases/next",
        "/api/v1/cases/{reference}/decision",
        "/api/v1/cases/{reference}/files/{file_id}",
        "/api/v1/figures/throughput",
    }
