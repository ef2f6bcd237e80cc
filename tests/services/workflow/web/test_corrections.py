"""What an applicant changed before anybody took the case: both versions stay, and no date moves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.workflow.ports import CorrectionTooEarlyError, UnknownCaseError
from shared.catalogue.reader import reopen_product
from shared.catalogue.versions import remember
from shared.events import ApplicationCorrected, ApplicationWithdrawn, SubmissionReceived, Words
from shared.wire import name_of, to_wire
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import NOW, REFERENCE, SAMIR, objecten, submission

CASE = f"/zaken/{REFERENCE}"


def changed(text: str, **more: Any) -> SubmissionReceived:
    """The application with another text for its first answer."""
    before = submission()
    first, *rest = before.shown
    row, *rows = first.rows
    other = replace(row, text=Words(nl=text, en=text))
    return replace(before, shown=(replace(first, rows=(other, *rows)), *rest), **more)


def corrected(whole: SubmissionReceived, *, revision: int = 1) -> ApplicationCorrected:
    return ApplicationCorrected(
        reference=REFERENCE, revision=revision, at=NOW, told_as=name_of(whole)[1], application=to_wire(whole)
    )


def told(town: Town, name: str) -> list[dict[str, Any]]:
    with town.connection() as connection:
        return [row["payload"] for row in connection.execute("select payload from bus.event where name = %s", [name])]


def test_the_page_shows_what_it_was_and_is_and_the_term_stays(town: Town) -> None:
    town.receive()
    client = town.client(SAMIR)
    was = submission().shown[0].rows[0].text.nl
    before = client.get(f"/api/v1/cases/{REFERENCE}", headers=town.bearer(SAMIR)).get_json()["decide_by"]
    town.hear(corrected(changed("Iets <b>anders</b>")))
    page = client.get(CASE).text
    assert "Gewijzigd door de aanvrager" in page
    assert f"<span>Was: <del>{was}</del></span><span>Is nu: <ins>Iets &lt;b&gt;anders&lt;/b&gt;</ins></span>" in page
    assert "De aanvrager wijzigde antwoorden" in client.get(f"{CASE}/tijdlijn").text
    after = client.get(f"/api/v1/cases/{REFERENCE}", headers=town.bearer(SAMIR)).get_json()["decide_by"]
    assert after == before


def test_a_corrected_case_is_found_by_its_new_words(town: Town) -> None:
    town.receive()
    town.hear(corrected(changed("Springkussen")))
    assert REFERENCE in town.client(SAMIR).get("/?q=springkussen").text


def test_each_correction_shows_what_it_changed_itself(town: Town) -> None:
    town.receive()
    town.hear(corrected(changed("Een")), corrected(changed("Twee"), revision=2))
    page = town.client(SAMIR).get(CASE).text
    assert page.index("Is nu: <ins>Twee") < page.index("Is nu: <ins>Een")
    assert "<span>Was: <del>Een</del></span><span>Is nu: <ins>Twee</ins></span>" in page


def test_a_second_telling_changes_nothing_and_one_that_overtakes_is_told_again(town: Town) -> None:
    with pytest.raises(UnknownCaseError):
        town.hear(corrected(changed("Een")))
    town.receive()
    with pytest.raises(CorrectionTooEarlyError):
        town.hear(corrected(changed("Twee"), revision=2))
    town.hear(corrected(changed("Een")), corrected(changed("Een")))
    assert town.client(SAMIR).get(f"{CASE}/tijdlijn").text.count("De aanvrager wijzigde antwoorden") == 1
    assert len(told(town, "CorrectionNoted")) == 1


def test_who_changes_the_address_is_told_at_both(town: Town) -> None:
    town.receive()
    party = replace(submission().applicant, email="nieuw@example.org")
    town.hear(corrected(changed("Een", applicant=party)))
    assert {each["contact"]["email"] for each in told(town, "CorrectionNoted")} == {
        submission().applicant.email,
        "nieuw@example.org",
    }


def test_where_an_answer_came_from_stays_with_an_answer_that_stays(town: Town) -> None:
    whole = replace(submission(), sources={"name": "brp", "purpose": "typed"})
    town.receive(whole)
    answers = {**whole.answers, "purpose": "Iets anders"}
    town.hear(corrected(changed("Een", answers=answers, sources={})))
    with town.connection() as connection:
        row = connection.execute("select submission -> 'sources' as sources from workflow.cases").fetchone()
    assert row is not None
    assert row["sources"] == {"name": "brp"}


def test_a_correction_that_crosses_with_taking_the_case_is_shown_to_the_handler(town: Town) -> None:
    town.receive()
    client = town.client(SAMIR)
    client.post(f"{CASE}/pakken")
    town.hear(corrected(changed("Een")))
    assert "Is nu: <ins>Een" in client.get(CASE).text
    assert "net toen u begon" in client.get(f"{CASE}/tijdlijn").text


def test_after_the_end_a_correction_changes_nothing_and_stands_on_the_timeline(town: Town) -> None:
    town.receive()
    town.hear(ApplicationWithdrawn(reference=REFERENCE, at=NOW, because=""), corrected(changed("Een")))
    client = town.client(SAMIR)
    assert "Gewijzigd door de aanvrager" not in client.get(CASE).text
    assert "De aanvrager wilde antwoorden wijzigen, na het einde" in client.get(f"{CASE}/tijdlijn").text


def test_a_decision_speaks_by_the_version_that_its_case_began_with_whatever_is_corrected(town: Town) -> None:
    product = objecten()
    old = next(block.text for block in product.process.grant_reasons if block.id == "no-harm")
    files = {path: text.replace(old, "Dit is een nieuwe tekst.") for path, text in product.files.items()}
    newer = reopen_product(files, product_id=product.id)
    assert newer.version != product.version
    town.receive()
    with town.connection() as connection:
        remember(connection, newer)
    for revision, version in enumerate((product.version, newer.version), start=1):
        town.hear(corrected(changed(f"Iets {version}", version=version), revision=revision))
    samir, granted = town.client(SAMIR), {"result": "granted", "grant_reasons": ["no-harm"]}
    samir.post(f"{CASE}/pakken")
    assert old in samir.get(f"{CASE}/besluit").text
    letter = samir.post(f"{CASE}/besluit/brief", data=granted).text
    assert old in letter
    assert "Dit is een nieuwe tekst." not in letter
