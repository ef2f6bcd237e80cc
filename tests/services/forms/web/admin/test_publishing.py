"""Changing the text of a product in the browser, from the first letter to what a resident reads."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from dev.up import today
from services.forms.domain.packages import pack, unpack
from shared.database import connect
from tests.conftest import Database
from tests.services.forms.web.admin.bram import AT, begin, keep, publish, text_on, title_for_residents

OLD, NEW = "Klein evenement melden", "Klein feest melden"


def changed(text: str) -> str:
    """The form with another title."""
    assert OLD in text
    return text.replace(OLD, NEW, 1)


def versions_on(page: str) -> list[str]:
    """The versions that can be rolled back to, as their addresses name them."""
    return re.findall(r"naar=([0-9a-f]{64})", page)


def test_a_new_text_is_published_and_the_resident_reads_it_at_once(bram: FlaskClient) -> None:
    assert title_for_residents(bram) == OLD
    text = begin(bram)
    assert keep(bram, changed(text), revision=1).status_code == 303
    assert title_for_residents(bram) == OLD
    page = bram.get(f"{AT}/publiceren").text
    assert NEW in page
    assert "andere woorden" in page
    assert publish(bram, revision=2).headers["Location"] == AT
    assert title_for_residents(bram) == NEW
    page = bram.get(AT).text
    assert "Versie 2 geldt nu" in page
    assert "Bram de Wit" in page
    assert "Duidelijker" in page


def test_the_same_page_works_in_english(bram: FlaskClient) -> None:
    bram.get("/beheer?taal=en")
    begin(bram)
    assert "Save and check" in bram.get(f"{AT}/tekst").text
    assert "Version 1 counts now" in bram.get(AT).text


def test_a_fault_is_told_with_its_line_and_keeps_the_text_from_being_published(bram: FlaskClient) -> None:
    text = begin(bram)
    line = next(number for number, each in enumerate(text.split("\n"), 1) if "kind: yes_no" in each)
    keep(bram, text.replace("kind: yes_no", "kind: yes_noo", 1), revision=1)
    page = bram.get(f"{AT}/tekst").text
    assert "1 fout in de tekst" in page
    assert f"Regel {line}, teken" in page
    assert "Bedoelt u ‘yes_no’?" in page
    assert "In de tekst zitten nog fouten" in bram.get(f"{AT}/publiceren").text
    assert publish(bram, revision=2).headers["Location"] == f"{AT}/tekst"
    assert "Er is niets gepubliceerd" in bram.get(f"{AT}/tekst").text
    assert title_for_residents(bram) == OLD


@pytest.mark.parametrize(
    "text",
    ["{{{", "", "a: &x [1]\nb: *x", "[" * 90000, "- " * 90000, "-\t-\n\t:", "%YAML 9\n---\nx", "é: 'ü"],
)
def test_whatever_somebody_types_is_kept_and_its_faults_are_told(bram: FlaskClient, text: str) -> None:
    begin(bram)
    assert keep(bram, text, revision=1).status_code == 303
    page = bram.get(f"{AT}/tekst")
    assert page.status_code == 200
    assert "in de tekst" in page.text
    assert text_on(page.text) == text
    assert bram.get(f"{AT}/proberen").status_code == 200
    assert bram.get(f"{AT}/vergelijken").status_code == 200


def test_the_check_while_typing_keeps_nothing(bram: FlaskClient) -> None:
    text = begin(bram)
    data = {"bestand": "form.yaml", "tekst": text.replace("kind: yes_no", "kind: yes_noo", 1)}
    told = bram.post(f"{AT}/tekst/controle", data=data)
    assert "1 fout in de tekst" in told.text
    assert "<html" not in told.text
    assert text_on(bram.get(f"{AT}/tekst").text) == text


def test_who_changes_the_same_text_a_moment_later_sees_both_and_loses_nothing(
    bram: FlaskClient, carla: FlaskClient
) -> None:
    text = begin(bram)
    assert text_on(carla.get(f"{AT}/tekst").text) == text
    keep(carla, text.replace(OLD, "Feestje melden", 1), revision=1)
    clash = keep(bram, changed(text), revision=1)
    assert clash.status_code == 409
    assert "Carla Mol heeft de tekst intussen veranderd" in clash.text
    assert NEW in clash.text
    assert "-title: {nl: Feestje melden" in clash.text
    assert f"+title: {{nl: {NEW}" in clash.text
    assert keep(bram, changed(text), revision=2).status_code == 303
    assert NEW in bram.get(f"{AT}/tekst").text


def test_what_a_colleague_changed_after_the_look_is_not_published_by_accident(
    bram: FlaskClient, carla: FlaskClient
) -> None:
    text = begin(bram)
    keep(bram, changed(text), revision=1)
    bram.get(f"{AT}/publiceren")
    keep(carla, text.replace(OLD, "Feestje melden", 1), revision=2)
    assert publish(bram, revision=2).headers["Location"] == f"{AT}/publiceren"
    assert "Een collega heeft de tekst intussen veranderd" in bram.get(f"{AT}/publiceren").text
    assert title_for_residents(bram) == OLD


def test_publishing_twice_publishes_once(bram: FlaskClient) -> None:
    keep(bram, changed(begin(bram)), revision=1)
    publish(bram, revision=2)
    assert publish(bram, revision=2).headers["Location"] == AT
    assert len(re.findall(r"Versie 2 <span", bram.get(AT).text)) == 1


def test_a_text_that_waits_serves_from_its_moment_and_can_be_called_off(bram: FlaskClient, database: Database) -> None:
    keep(bram, changed(begin(bram)), revision=1)
    day = today() + timedelta(days=10)
    parts = {"day.day": str(day.day), "day.month": str(day.month), "day.year": str(day.year)}
    publish(bram, revision=2, when="later", hour="9.30", **parts)
    page = bram.get(AT).text
    assert "Versie 2 wacht tot" in page
    assert "9.30 uur" in page
    assert title_for_residents(bram) == OLD
    assert "nieuwe vanaf" in bram.get("/beheer").text
    assert "Bekijk wat er verandert" in page
    told = bram.get(f"{AT}/vergelijken").text
    assert "Deze teksten zeggen hetzelfde" not in told
    assert "Versie 2 nu al laten gelden" in told
    assert "Wat in versie 2 verandert, staat er niet in." in bram.get(f"{AT}/tekst").text
    begin(bram)
    warned = "Vanaf dat moment geldt versie 2, ook als u nu iets anders publiceert."
    assert warned in bram.get(f"{AT}/publiceren").text
    number = re.search(r'name="publication" value="(\d+)"', page)
    assert number
    for words in ("De geplande versie is ingetrokken", "Deze versie geldt al, of was al ingetrokken"):
        bram.post(f"{AT}/intrekken", data={"publication": number.group(1)})
        assert words in bram.get(AT).text
    assert "Ingetrokken door Bram de Wit" in bram.get(AT).text
    assert warned not in bram.get(f"{AT}/publiceren").text


def test_the_moment_must_be_a_real_one_that_is_not_over(bram: FlaskClient) -> None:
    keep(bram, changed(begin(bram)), revision=1)
    past = {"day.day": "1", "day.month": "1", "day.year": "2020"}
    for more, words in (
        ({"when": "later", "hour": "9:00", **past}, "Dit moment is voorbij"),
        ({"when": "later", "hour": "25:00", **past}, "tijd"),
        ({"when": "later", "hour": "", **past}, "Vul de tijd in"),
        ({"when": "later", "hour": "9:00"}, "Vul de datum in"),
        ({"when": ""}, "Kies vanaf wanneer de tekst geldt"),
        ({"because": " "}, "Schrijf op waarom u dit verandert"),
    ):
        answer = publish(bram, revision=2, **more)
        assert answer.status_code == 422
        assert words in answer.text
        assert "Fout:" in answer.text
    assert title_for_residents(bram) == OLD


def test_rolling_back_leaves_a_text_that_is_being_worked_on_alone(bram: FlaskClient) -> None:
    keep(bram, changed(begin(bram)), revision=1)
    publish(bram, revision=2)
    keep(bram, begin(bram).replace(NEW, "Derde", 1), revision=1)
    (first,) = versions_on(bram.get(AT).text)
    for words in ("De eerdere versie is teruggezet", "Deze tekst geldt al"):
        bram.post(f"{AT}/terugzetten", data={"version": first, "because": "Te vroeg"})
        assert words in bram.get(AT).text
    assert title_for_residents(bram) == OLD
    assert "Derde" in bram.get(f"{AT}/tekst").text
    publish(bram, revision=2)
    assert title_for_residents(bram) == "Derde"


def test_a_version_that_nobody_kept_cannot_be_rolled_back_to(bram: FlaskClient) -> None:
    assert bram.post(f"{AT}/terugzetten", data={"version": "0" * 64}).status_code == 404
    assert bram.get(f"{AT}/vergelijken?naar=x").status_code == 404
    assert bram.get("/beheer/product/onbekend").status_code == 404
    assert bram.post("/beheer/product/onbekend/tekst").status_code == 303


def test_a_change_that_leaves_another_form_nowhere_to_go_is_told(bram: FlaskClient) -> None:
    """The small event hands its name over to a question of the permit, which must be there."""
    files = unpack(bram.get("/beheer/product/evenement/zip").data)
    other = {name: text.replace("on_site_name", "somebody_there") for name, text in files.items()}
    assert upload(bram, product="evenement", content=pack(other, folder="evenement"))[0] == 303
    page = bram.get("/beheer/product/evenement/tekst").text
    assert "klein-evenement/form.yaml" in page
    assert "De vraag ‘on_site_name’ bestaat niet in ‘evenement’." in page


def test_an_example_is_added_and_taken_away(bram: FlaskClient) -> None:
    begin(bram)
    keep(
        bram,
        "on: 2026-05-11\nanswers: {visitors: 60}\nexpect: {outcome: permit}\n",
        revision=1,
        name="cases/nog-een.yaml",
    )
    assert "cases/nog-een.yaml" in bram.get(f"{AT}/tekst").text
    data = {"bestand": "cases/nog-een.yaml", "revision": 2, "action": "remove"}
    bram.post(f"{AT}/tekst/bewaar", data=data)
    assert "cases/nog-een.yaml" not in bram.get(f"{AT}/tekst").text
    assert keep(bram, "x", revision=3, name="../kwaad.yaml").status_code == 422
    bram.post(f"{AT}/tekst/weggooien", data={"revision": 3})
    page = bram.get(AT).text
    for act in ("Werkversie begonnen", "Bestand toegevoegd", "Bestand weggehaald", "Werkversie weggegooid"):
        assert act in page


def test_a_product_goes_out_as_a_zip_and_comes_in_as_a_new_one(bram: FlaskClient) -> None:
    files = unpack(bram.get(f"{AT}/zip").data)
    assert {"form.yaml", "process.yaml", "cases/feest-in-het-park.yaml"} <= set(files)
    content = pack({**files, "form.yaml": files["form.yaml"].replace(OLD, "Buurtfeest", 1)}, folder="x")
    upload(bram, product="buurtfeest", content=content)
    assert "Geen fouten gevonden" in bram.get("/beheer/product/buurtfeest/tekst").text
    assert bram.get("/buurtfeest").status_code == 404
    assert "nog niet te vinden" in bram.get("/beheer").text
    data = {"revision": 1, "when": "now", "because": "Nieuw"}
    assert bram.post("/beheer/product/buurtfeest/publiceren", data=data).status_code == 303
    assert "Buurtfeest" in bram.get("/buurtfeest").text


def upload(client: FlaskClient, *, product: str, content: bytes, revision: str = "") -> tuple[int, str]:
    """Send a zip; status and page."""
    data = {"product": product, "zip": (io.BytesIO(content), "product.zip"), "revision": revision}
    answer = client.post("/beheer/zip", data=data, content_type="multipart/form-data")
    return answer.status_code, answer.text


def test_a_zip_that_cannot_be_a_product_is_refused_in_words(bram: FlaskClient) -> None:
    good = pack({"form.yaml": "x: 1\n"}, folder="x")
    assert upload(bram, product="Een Feest", content=good)[0] == 422
    status, page = upload(bram, product="feest", content=b"%PDF-1.7")
    assert (status, "Dit bestand is geen zip" in page) == (422, True)
    answer = bram.post("/beheer/zip", data={"product": "feest"}, content_type="multipart/form-data")
    assert "Kies eerst een zip" in answer.text
    status, page = upload(bram, product="feest", content=pack({"../../etc/x.yaml": "x"}, folder="x"))
    assert (status, "buiten de map" in page) == (422, True)
    assert "<script>" not in upload(bram, product="<script>alert(1)</script>", content=good)[1]


def test_a_zip_does_not_run_over_what_a_colleague_is_doing(bram: FlaskClient, carla: FlaskClient) -> None:
    begin(carla)
    content = bram.get(f"{AT}/zip").data
    status, page = upload(bram, product="klein-evenement", content=content)
    assert (status, "Een collega werkt aan dit product" in page) == (409, True)
    assert upload(bram, product="klein-evenement", content=content, revision="1")[0] == 303
    assert "Zip overgenomen" in bram.get(AT).text


def test_who_did_what_cannot_be_undone_by_the_service(bram: FlaskClient, database: Database) -> None:
    begin(bram)
    with connect(database.dsn()) as owner:
        row = owner.execute("select subject, act from catalogue.edit").fetchone()
        rights = owner.execute(
            "select privilege_type from information_schema.role_table_grants"
            " where table_name = 'edit' and grantee = 'forms'"
        ).fetchall()
    assert row == {"subject": "bram", "act": "begun"}
    assert {each["privilege_type"] for each in rights} == {"SELECT", "INSERT"}
