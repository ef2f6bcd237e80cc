"""Files through the API: sent first, bound to the key of the form that they go with."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.services.forms import files
from tests.services.forms.noor import ANSWERS
from tests.services.forms.web.filing import Desk, alone, app, client, desk, scanner

__all__ = ["alone", "app", "client", "desk", "scanner"]

FORM = "/api/v1/forms/objecten"


def send(client: FlaskClient, content: bytes | None, *, key: str = "k", question: str = "drawing") -> TestResponse:
    data: dict[str, Any] = {"question": question}
    if content is not None:
        data["file"] = (io.BytesIO(content), "plan.pdf")
    headers = {"Idempotency-Key": key}
    return client.post(f"{FORM}/files", data=data, headers=headers, content_type="multipart/form-data")


def hand_in(client: FlaskClient, *drawings: Any, key: str = "k") -> TestResponse:
    answers = {**ANSWERS, "note": "Zie de tekening", "drawing": list(drawings)}
    return client.post(f"{FORM}/submissions", json={"answers": answers}, headers={"Idempotency-Key": key})


def wrong(answer: TestResponse) -> list[str]:
    return [error["name"] for error in answer.get_json()["errors"]]


def test_a_file_goes_with_the_form_of_the_same_key_and_only_its_number_counts(client: FlaskClient, desk: Desk) -> None:
    sent = send(client, files.pdf())
    assert (sent.status_code, sent.get_json()["scan"]) == (201, "clean")
    number = sent.get_json()["id"]
    taken = hand_in(client, {"id": number, "name": "iets anders.exe", "bytes": 1})
    assert taken.status_code == 201
    (told,) = desk.told("SubmissionReceived")
    assert [(file["id"], file["name"]) for file in told["files"]] == [(number, "plan.pdf")]
    assert told["answers"]["drawing"][0]["sha256"] == sent.get_json()["sha256"]
    assert hand_in(client, {"id": number, "name": "iets anders.exe", "bytes": 1}).get_json() == taken.get_json()


def test_sending_again_gives_the_same_file_and_so_the_same_receipt(client: FlaskClient, desk: Desk) -> None:
    plan = files.pdf()
    first, second = (send(client, plan).get_json()["id"] for _ in range(2))
    assert first == second
    assert send(client, files.pdf(pages=2)).get_json()["id"] != first
    receipts = [hand_in(client, {"id": first}).get_json() for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert desk.rows("select count(*) from forms.file where reference is not null") == [{"count": 1}]


def test_a_file_of_another_key_question_or_nobody_is_refused_and_nothing_is_kept(
    client: FlaskClient, desk: Desk
) -> None:
    mine = send(client, files.pdf(), key="mine").get_json()["id"]
    extra = send(client, files.pdf(), question="extra").get_json()["id"]
    for number in (mine, extra, str(uuid4())):
        refused = hand_in(client, {"id": number})
        assert (refused.status_code, wrong(refused)) == (422, ["answers.drawing"])
    assert desk.told("SubmissionReceived") == []


@pytest.mark.parametrize("drawings", [("x",), ({},), ({"id": "x"},), ({"id": None},), ({"id": 7},), ([],)])
def test_what_names_no_file_is_refused(client: FlaskClient, drawings: tuple[Any, ...]) -> None:
    refused = hand_in(client, *drawings)
    assert (refused.status_code, wrong(refused)) == (422, ["answers.drawing"])


def test_what_is_wrong_with_a_request_is_named(client: FlaskClient) -> None:
    assert wrong(send(client, None)) == ["file"]
    assert wrong(send(client, files.pdf(), question="onzin")) == ["question"]
    assert wrong(send(client, files.pdf(), question="purpose")) == ["question"]
    assert wrong(send(client, b"MZ")) == ["file"]
    assert wrong(send(client, files.EICAR)) == ["file"]
    headers = {"Idempotency-Key": "k"}
    assert client.post(f"{FORM}/files", json={}, headers=headers).status_code == 415
    assert send(client, files.pdf(), key=" ").status_code == 400
    assert client.post("/api/v1/forms/paspoort/files", headers=headers).status_code == 404
    bad = client.post(f"{FORM}/files", data=b"--x\r\nno", headers={**headers, "Content-Type": "multipart/form-data"})
    assert bad.status_code in (400, 422)


def test_a_file_that_waits_for_the_scanner_may_go_with_the_form(alone: Desk) -> None:
    client = alone.app.test_client()
    sent = send(client, files.pdf()).get_json()
    assert sent["scan"] == "waiting"
    assert hand_in(client, {"id": sent["id"]}).status_code == 201
    (told,) = alone.told("SubmissionReceived")
    assert told["files"][0]["scan"] == "waiting"
