"""Submits through both doors of the forms service, and holds what comes of it against what was promised."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import strategies as st
from jsonschema_rs import Validator, validator_for
from werkzeug.test import TestResponse

from services.forms.domain.describing import describe_answers
from shared.catalogue.definitions import Product
from shared.database import Connection
from shared.wire import from_wire
from tests.fuzz.answers import Answers, Draw, Typed
from tests.fuzz.visitor import browser_of

BSN = "999970100"
MARKUP = ("<script>alert", "<img src=x", "{{ 7*7 }}-")
KEPT = ("submission", "answered")
REFUSED = frozenset({400, 413, 415, 422})


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A request to the API: a body with answers, or bytes that are none."""

    raw: bytes | None = None
    answers: Any = None
    more: Mapping[str, Any] = field(default_factory=dict)
    media: str = "application/json"


@dataclass
class Doors:
    """The service under fire, what its tables hold, and how often each thing happened."""

    app: Flask
    connection: Connection
    met: Counter[str] = field(default_factory=Counter)
    _turn: int = 0

    def hand_in(self, product: Product, sent: Sent) -> None:
        """Send to the API: it is kept whole and once, or refused by name and not at all."""
        before, client = self._kept(), self.app.test_client()
        answer = self._post(client, product, sent)
        self.met[f"api {answer.status_code}"] += 1
        if answer.status_code == 201:
            assert self._kept() == before + 1
            self._check_kept(product, answer.get_json())
            self._check_once(product, sent, client=client, first=answer, kept=before + 1)
            _read_case(client, answer.get_json())
        else:
            assert answer.status_code in REFUSED, (answer.status_code, sent)
            assert self._kept() == before
            _check_refusal(answer, product=product, sent=sent)

    def fill_in(self, product: Product, typed: Typed) -> None:
        """Fill in every page and press every button: each page answers in words, and only the last one sends."""
        before, client = self._kept(), browser_of(self.app, bsn=BSN)
        form = client.post(f"/{product.id}").headers["Location"].rpartition("/")[0]
        for step in product.steps:
            asked = " ".join(question.id for question in step.questions)
            answer = client.post(f"{form}/{step.id}", data={**typed, "asked": asked, "action": "skip"})
            assert answer.status_code in (303, 422), (answer.status_code, step.id, typed)
            self.met[f"page {answer.status_code}"] += 1
            if answer.status_code == 422:
                _check_summary(answer)
            page = client.get(f"{form}/{step.id}")
            assert page.status_code in (200, 303)  # a step without questions leads on
            _check_text(page.text)
        assert self._kept() == before
        self._send(client, form, before=before)

    def _send(self, client: FlaskClient, form: str, *, before: int) -> None:
        page = client.get(f"{form}/controleren")
        revision = re.search(r'name="revision" value="(\d+)"', page.text)
        _check_text(page.text)
        data = {"revision": revision[1] if revision else "1"}
        sent = client.post(f"{form}/controleren", data=data)
        if "/bevestigen" in sent.headers.get("Location", ""):
            assert self._kept() == before
            self._confirm(client)
            sent = client.post(f"{form}/controleren", data=data)
        whole = sent.status_code == 303 and sent.headers["Location"].startswith("/status/")
        self.met["page sent" if whole else "page open"] += 1
        assert whole or sent.status_code in (303, 409)
        assert whole == bool(revision)
        assert self._kept() == before + whole
        if whole:
            _read_pages(client, sent.headers["Location"].removesuffix("/ontvangen"))

    def _confirm(self, client: FlaskClient) -> None:
        """Follow the link of the last mail that asked to confirm an address."""
        told = "select payload ->> 'link' as link from bus.event where name = 'AddressTyped' order by at desc limit 1"
        row = self.connection.execute(told).fetchone()
        assert row is not None
        assert client.post(urlsplit(row["link"]).path).status_code == 303
        self.met["address confirmed"] += 1

    def _post(self, client: FlaskClient, product: Product, sent: Sent) -> TestResponse:
        self._turn += 1
        body = sent.raw if sent.raw is not None else json.dumps({"answers": sent.answers, **sent.more})
        headers = {"Idempotency-Key": f"turn-{self._turn}", "Content-Type": sent.media}
        return client.post(f"/api/v1/forms/{product.id}/submissions", data=body, headers=headers)

    def _kept(self) -> int:
        """How many submissions there are; what belongs to one is there exactly as often."""
        counts = "(select count(*) from forms.submission) as kept, (select count(*) from forms.answered) as answered, "
        told = "(select count(*) from bus.event where name = 'SubmissionReceived') as told, "
        api = "(select count(*) from forms.submission where channel = 'api') as api"
        row = self.connection.execute(f"select {counts}{told}{api}").fetchone()
        assert row is not None
        assert (row["told"], row["answered"]) == (row["kept"], row["api"])
        return int(row["kept"])

    def _check_kept(self, product: Product, receipt: Mapping[str, Any]) -> None:
        """What was kept is what the description of the form asks for, and what is told can be read back."""
        told = self.connection.execute(
            "select version, payload from bus.event where name = 'SubmissionReceived' and payload ->> 'reference' = %s",
            [receipt["reference"]],
        ).fetchone()
        assert told is not None
        fact = from_wire("SubmissionReceived", version=told["version"], payload=told["payload"])
        wrong = [f"{error.instance_path} {error.message}" for error in _schema_of(product).iter_errors(fact.answers)]
        assert wrong == []

    def _check_once(self, product: Product, sent: Sent, *, client: FlaskClient, first: TestResponse, kept: int) -> None:
        self._turn -= 1
        again = self._post(client, product, sent)
        assert (again.status_code, again.data) == (first.status_code, first.data)
        assert self._kept() == kept


def bodies_of(answers: st.SearchStrategy[Answers]) -> st.SearchStrategy[Sent]:
    """Requests with these answers, well and badly made; one in eight is no body of answers at all."""

    @st.composite
    def bodies(draw: Draw) -> Sent:
        way = draw(st.integers(0, 7))
        if way == 7:
            return Sent(raw=draw(_RAW), media=draw(_MEDIA))
        if way == 6:
            return Sent(answers=draw(answers | st.sampled_from((None, [], "x", 1, [{}]))), more=draw(_MORE))
        return Sent(answers=draw(answers), more={"incomplete": way > 0})

    return bodies()


def _check_refusal(answer: TestResponse, *, product: Product, sent: Sent) -> None:
    """Every refusal says what to do; one of answers names each of them by where it stands."""
    problem = answer.get_json()
    assert answer.content_type == "application/problem+json"
    assert problem["title"]
    if answer.status_code != 422:
        return
    assert problem["errors"]
    given = sent.answers if isinstance(sent.answers, dict) else {}
    known = {question.id for question in product.questions} | {name[:200] for name in given} | {""}
    members = {"answers", "language", "incomplete", "extra", "", *_members(sent.raw)}
    for error in problem["errors"]:
        member, dot, rest = error["name"].partition(".")
        assert error["reason"].strip()
        assert member in members, error
        if dot and given:
            assert rest in known or rest.partition(".")[0] in known, error


def _members(raw: bytes | None) -> list[str]:
    try:
        found = json.loads(raw or b"{}")
    except (ValueError, RecursionError):
        return []
    return list(found) if isinstance(found, dict) else []


def _check_summary(answer: TestResponse) -> None:
    """What is wrong stands above the page, each line with the field to go to."""
    summary = re.search(r"data-error-summary>(.*?)</div>", answer.text, re.DOTALL)
    assert summary
    anchors = re.findall(r'<a href="#([^"]*)">\s*\S', summary[1])
    assert anchors
    missing = [anchor for anchor in anchors if f'id="{anchor}"' not in answer.text]
    assert missing == []


def _check_text(page: str) -> None:
    found = [markup for markup in MARKUP if markup in page]
    assert found == []


def _read_case(client: FlaskClient, receipt: Mapping[str, Any]) -> None:
    path = "/status/" + receipt["status_url"].rpartition("/")[2]
    assert client.post(path, data={"reference": receipt["reference"]}).status_code == 303
    _read_pages(client, path)


def _read_pages(client: FlaskClient, status: str) -> None:
    for path in (status, f"{status}/ontvangen"):
        page = client.get(path)
        assert page.status_code == 200
        _check_text(page.text)
    copy = client.get(f"{status}/antwoorden.json")
    assert (copy.status_code, copy.content_type) == (200, "application/json")
    assert copy.get_json()["reference"]


_LANGUAGE = st.sampled_from(("nl", "en", "de", "", None, 1, ["nl"]))
_INCOMPLETE = st.booleans() | st.just("ja")
_MORE = st.fixed_dictionaries({}, optional={"language": _LANGUAGE, "incomplete": _INCOMPLETE, "extra": st.just({})})
_RAW = st.binary(max_size=200) | st.sampled_from(
    (b"", b"{", b"[" * 20_000, b"null", b"\xff\xfe", b'{"answers": {"a": NaN}}', b'{"answers": {}, "answers": []}')
)
_MEDIA = st.sampled_from(
    ("application/json", "application/json; charset=utf-16", "text/plain", "", "application/x-www-form-urlencoded")
)
_SCHEMAS: dict[str, Validator] = {}


def _schema_of(product: Product) -> Validator:
    """The description of the answers of a product, without what must be there: a hidden question is left out."""
    if product.id not in _SCHEMAS:
        _SCHEMAS[product.id] = validator_for({**describe_answers(product), "required": []}, validate_formats=True)
    return _SCHEMAS[product.id]
