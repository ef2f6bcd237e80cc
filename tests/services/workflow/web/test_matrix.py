"""Every role at every door, with a case of its own team and one of another: exactly what the matrix says."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from werkzeug.routing import Rule

from services.workflow import list_views
from services.workflow.actions import hearing
from services.workflow.desk import open_desk
from services.workflow.people import make_token, remember_person
from services.workflow.web.office import Office
from services.workflow.web.rights import PERMISSIONS, ROLES
from shared.access import MATRIX, Permission, Person, Reach, Role, permission_of, scope_of
from shared.catalogue.versions import remember
from shared.events import SentFile
from shared.shelves import Folder
from shared.vault import Vault, new_name
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import NOW, objecten, somebody, submission
from tests.services.workflow.web.test_looks import CARD, application
from tests.services.workflow.web.test_who_may import doors, knock

OWN: Final = "Z-2026-2222-2222"
OTHER: Final = "Z-2026-3333-3333"
"""An object on the street lies with team permits, a disability parking card with team care."""

PAPER: Final = UUID("019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f")
PEOPLE: Final = [somebody(role.value, f"A {role.value}", role.value, "team:permits") for role in Role]


@pytest.fixture
def cases(town: Town, tmp_path: Path) -> Iterator[Town]:
    """A case of each team, with a file that can be opened; everybody has a token."""
    vault = Vault(Folder(tmp_path), key="a key for tests only", site="http://localhost")
    place = new_name()
    vault.put(io.BytesIO(b"plan"), name=place)
    plan = SentFile(
        id=PAPER,
        question="drawing",
        name="plan.pdf",
        type="application/pdf",
        bytes=4,
        sha256="0" * 64,
        place=place,
        scan="clean",
    )
    office: Office = town.app.extensions["balie_workflow"]
    town.app.extensions["balie_workflow"] = replace(office, vault=vault)
    with town.connection() as connection:
        remember(connection, objecten())
        remember(connection, CARD)
        desk = open_desk(connection, now=NOW)
        hearing.open_case(replace(submission(OWN), files=(plan,)), now=NOW, desk=desk)
        photo = replace(plan, question="photo", place="1" * 32)
        hearing.open_case(replace(application(OTHER), files=(photo,)), now=NOW, desk=desk)
        for person in PEOPLE:
            remember_person(connection, person=person, now=NOW)
            town.tokens[person.subject] = make_token(connection, person=person, label="test", now=NOW)
    yield town
    town.app.extensions["balie_workflow"] = office


def reach_of(person: Person, permission: Permission) -> Reach | None:
    """What the matrix says, read apart from the code that acts on it."""
    (role,) = person.roles
    if permission is Permission.SIGNED_IN:
        permission = Permission.SEE_CASES
    return MATRIX[permission].get(role)


def doors_to_a_case(town: Town) -> list[tuple[Rule, str, Permission]]:
    found = []
    for rule, method in doors(town):
        permission = permission_of(town.app.view_functions[rule.endpoint])
        assert permission is not None
        if "reference" in rule.arguments:
            found.append((rule, method, permission))
    return found


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.subject)
def test_a_door_to_a_case_opens_for_exactly_those_cases_that_the_matrix_says(cases: Town, person: Person) -> None:
    tried = 0
    for rule, method, permission in doors_to_a_case(cases):
        reach = reach_of(person, permission)
        for reference, reaches in ((OWN, reach is not None), (OTHER, reach is Reach.ALL)):
            status = knock(cases, person, rule=rule, method=method, reference=reference)
            if reach is None and permission is not Permission.SIGNED_IN:
                assert status == 403, (method, rule.rule, reference)
            elif reaches:
                assert status not in (401, 403, 404), (method, rule.rule, reference)
                assert status < 500, (method, rule.rule, reference)
            else:
                assert status == 404, (method, rule.rule, reference)
            tried += 1
    assert tried >= 30


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.subject)
def test_lists_searches_and_counts_hold_exactly_those_cases(cases: Town, person: Person) -> None:
    reach = reach_of(person, Permission.SEE_CASES)
    seen = {OWN} if reach is Reach.OWN else {OWN, OTHER} if reach is Reach.ALL else set()
    client = cases.client(person)
    chosen = (
        "q=noor",
        "soort=objecten",
        "soort=gehandicaptenparkeerkaart",
        *(f"termijn={each}" for each in list_views.TERMS),
    )
    for query in (*(f"lijst={view}" for view in {**list_views.VIEWS, **list_views.MORE_VIEWS}), *chosen):
        table = client.get(f"/lijst.csv?{query}", follow_redirects=True).text
        assert {reference for reference in (OWN, OTHER) if reference in table} <= seen, query
    for path in ("/lijst.csv", "/?q=noor", "/?lijst=all"):
        page = client.get(path, follow_redirects=True).text
        assert {reference for reference in (OWN, OTHER) if reference in page} == seen, path
    page = client.get("/", follow_redirects=True).text
    assert {reference for reference in (OWN, OTHER) if reference in page} == seen
    assert (CARD.title.nl in page) == (OTHER in seen)
    listed = client.get("/api/v1/cases", headers=cases.bearer(person)).get_json()
    assert {case["reference"] for case in listed["cases"]} == seen
    assert listed["total"] == len(seen)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.subject)
def test_the_next_case_and_an_act_on_many_take_no_case_of_another_team(cases: Town, person: Person) -> None:
    works = reach_of(person, Permission.WORK_CASES) is not None
    client = cases.client(person)
    taken = []
    for _ in range(3):
        answer = client.post("/api/v1/cases/next", headers=cases.bearer(person))
        taken += [answer.get_json()["reference"]] if answer.status_code == 200 else []
    assert taken == ([OWN] if works else [])
    client.post("/toewijzen", data={"case": [OWN, OTHER], "to": person.subject})
    held = cases.rows("select reference from workflow.cases where handler is not null order by reference")
    assert [row["reference"] for row in held] == ([OWN] if works else [])


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.subject)
def test_no_page_or_message_shows_what_is_sensitive_unasked(cases: Town, person: Person) -> None:
    own = replace(person, groups=person.groups | {"team:care"})
    with cases.connection() as connection:
        remember_person(connection, person=own, now=NOW)
    for rule, method, _ in doors_to_a_case(cases):
        if method == "GET":
            text = look(cases, own, rule=rule)
            for secret in ("999970100", "Bechterew", "U kunt meer dan 100 meter lopen", "over_100"):
                assert secret not in text, (rule.rule, secret)
    assert cases.rows("select 1 from workflow.audit where act like 'look.%%'") == []


def look(town: Town, person: Person, *, rule: Rule) -> str:
    with town.app.test_request_context():
        values: Any = {"reference": OTHER, "file_id": str(PAPER), "word": "verlengen"}
        path = town.app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
    headers = town.bearer(person) if path.startswith("/api/") else {}
    return town.client(person).get(path, headers=headers).text


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.subject)
@pytest.mark.parametrize(
    ("kind", "permission", "secret"),
    [("health", Permission.SEE_HEALTH, "Bechterew"), ("bsn", Permission.SEE_BSN, "999970100")],
)
def test_only_who_needs_it_sees_what_is_sensitive(
    cases: Town, person: Person, kind: str, permission: Permission, secret: str
) -> None:
    own = replace(person, groups=person.groups | {"team:care"})
    with cases.connection() as connection:
        remember_person(connection, person=own, now=NOW)
    headers = cases.bearer(own)
    answer = cases.client().post(f"/api/v1/cases/{OTHER}/{kind}", headers=headers, json={"reason": "asked"})
    allowed = reach_of(own, permission) is not None
    assert (answer.status_code, secret in answer.text) == ((200, True) if allowed else (403, False))
    rows = cases.rows("select who from workflow.audit where act like 'look.%%'")
    assert rows == ([{"who": own.subject}] if allowed else [])


def test_a_product_of_ones_own_counts_as_a_team_and_every_team_is_every_case(cases: Town) -> None:
    by_product = somebody("by-product", "By product", "handler", "product:gehandicaptenparkeerkaart")
    everywhere = somebody("everywhere", "Everywhere", "handler", "team:*")
    nowhere = somebody("nowhere", "Nowhere", "handler")
    for person, seen in ((by_product, {OTHER}), (everywhere, {OWN, OTHER}), (nowhere, set[str]())):
        page = cases.client(person).get("/").text
        assert {reference for reference in (OWN, OTHER) if reference in page} == seen


def test_a_case_is_given_only_to_who_works_in_its_team(cases: Town) -> None:
    lead = somebody("els", "Els", "lead", "team:*")
    client = cases.client(lead)
    client.post("/toewijzen", data={"case": [OWN, OTHER], "to": "handler"})
    assert cases.rows("select reference, handler from workflow.cases where handler is not null") == [
        {"reference": OWN, "handler": "handler"}
    ]
    assert "de zaak is van een ander team" in client.get("/").text


def test_groups_that_name_no_role_or_team_mean_nothing() -> None:
    stranger = somebody("x", "X", "Handler", "team:permits", "boss", "team:")
    assert all(scope_of(stranger, permission=permission).teams == [] for permission in MATRIX)


def test_every_permission_and_role_is_in_the_matrix_and_on_its_page(cases: Town) -> None:
    assert set(MATRIX) == set(Permission) - {Permission.PUBLIC, Permission.SIGNED_IN} == set(PERMISSIONS)
    assert set(ROLES) == set(Role)
    assert {role for row in MATRIX.values() for role in row} == set(Role)
    page = cases.client(PEOPLE[0]).get("/rechten").text.replace("<br>", " ")
    for words in (*ROLES.values(), *PERMISSIONS.values()):
        assert words.nl in page
    assert "Vergunningen" in page


def test_every_permission_of_cases_is_asked_by_some_door(cases: Town) -> None:
    asked = {permission_of(view) for view in cases.app.view_functions.values()}
    elsewhere = {Permission.ADMINISTER, Permission.SERVE_DESK}  # by forms, the others by notify
    elsewhere |= {Permission.SEE_MESSAGES, Permission.READ_MESSAGES, Permission.RESEND_MESSAGES, Permission.SEND_BULK}
    assert set(MATRIX) - asked == elsewhere


def test_the_auditor_reads_who_looked(cases: Town) -> None:
    handler = somebody("handler", "A handler", "handler", "team:care")
    cases.client(handler).post(f"/zaken/{OTHER}/inzien/gezondheid", data={"reason_health": "handling"})
    auditor = next(person for person in PEOPLE if person.subject == "auditor")
    page = cases.client(auditor).get("/inzage").text
    assert "A handler" in page
    assert OTHER in page
    assert "Ik behandel deze zaak" in page
