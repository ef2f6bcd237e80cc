"""Changing in whose name the services speak, from the text in the browser to the foot of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import shared.catalogue
from services.forms.desk_store import open_desk_on
from shared.access import Person
from shared.catalogue import municipality as speaking
from shared.catalogue.municipality import publish_municipality, standing_municipality
from shared.catalogue.publications import Signature
from shared.catalogue.reader import Examined, examine
from shared.clock import utc_now
from shared.database import open_pool, transaction
from tests.conftest import Database
from tests.services.forms.conftest import open_web
from tests.services.forms.noor import CATALOGUE
from tests.services.forms.web.admin.bram import BRAM, CARLA, SAMIR, browser_of, text_on

FOLDER = Path(shared.catalogue.__file__).parent
AT = "/beheer/gemeente"


@pytest.fixture
def app(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """A web door that asks at every use who speaks; the folder is as it came."""
    monkeypatch.setattr(speaking, "FRESH_S", 0)
    _take_folder(database, FOLDER)
    house = standing_municipality(FOLDER, database_url=database.dsn("forms"))
    yield from open_web(database, catalogue=replace(CATALOGUE, municipality=house))


@pytest.fixture
def bram(app: Flask) -> FlaskClient:
    """A functional administrator."""
    return browser_of(app, person=BRAM)


def test_a_new_phone_number_is_read_by_residents_and_letters_at_once_and_can_be_put_back(
    bram: FlaskClient, database: Database
) -> None:
    letters = standing_municipality(FOLDER, database_url=database.dsn("notify"))
    page = bram.get(AT).text
    text, revision = text_on(page), _revision(page)
    assert text == (FOLDER / "municipality.yaml").read_text(encoding="utf-8")
    changed = text.replace("phone: 14 033", "phone: 033 469 99 99")
    checked = _post(bram, changed, revision=revision, action="check").text
    assert "+phone: 033 469 99 99" in checked
    assert "Geen fouten gevonden" in checked
    assert letters.phone == "14 033"

    assert "Schrijf op waarom u dit verandert" in _post(bram, changed, revision=revision, because="").text
    assert _post(bram, changed, revision=revision).status_code == 303

    assert letters.phone == "033 469 99 99"
    assert "033 469 99 99" in bram.get("/privacy").text
    page = bram.get(AT).text
    assert "De tekst is gepubliceerd" in page
    assert "Bram de Wit" in page
    assert "Nieuw nummer" in page
    older = f"{AT}/versie/{revision}"
    page = bram.get(older).text
    assert "-phone: 033 469 99 99" in page
    back = {"because": "Toch niet", "revision": _revision(page)}
    assert bram.post(older, data=back).status_code == 303
    assert letters.phone == "14 033"
    assert "Deze tekst geldt al" in bram.post(older, data=back, follow_redirects=True).text


def test_a_text_with_faults_or_without_a_team_that_a_product_needs_changes_nothing(bram: FlaskClient) -> None:
    page = bram.get(AT).text
    text, revision = text_on(page), _revision(page)
    for wrong, told in (
        (text.replace("court:", "courd:"), "Bedoelt u ‘court’?"),
        (text.replace("{id: parking,", "{id: parkeren,"), "bewonersparkeren/process.yaml"),
        (text.replace("id: traffic", "id: cars"), "bewonersparkeren/form.yaml"),
        ("\x00{{{", "in de tekst"),
        ("", "in de tekst"),
    ):
        answer = _post(bram, wrong, revision=revision)
        assert answer.status_code == 422
        assert told in answer.text
        assert told in bram.post(f"{AT}/controle", data={"tekst": wrong}).text
    assert _revision(bram.get(AT).text) == revision


def test_two_at_once_do_not_undo_each_other_and_others_do_not_come_in(app: Flask, bram: FlaskClient) -> None:
    carla, samir = browser_of(app, person=CARLA), browser_of(app, person=SAMIR)
    page = carla.get(AT).text
    text, revision = text_on(page), _revision(page)
    assert _post(bram, text.replace("14 033", "14 034"), revision=revision).status_code == 303
    late = _post(carla, text.replace("14 033", "14 035"), revision=revision)
    assert late.status_code == 409
    assert "Een collega heeft de tekst intussen veranderd" in late.text
    assert "phone: 14 035" in text_on(late.text)
    assert samir.get(AT).status_code == 403
    assert bram.get(f"{AT}/versie/999999").status_code == 404


def test_a_version_that_is_put_back_does_not_undo_what_a_colleague_published_meanwhile(
    app: Flask, bram: FlaskClient
) -> None:
    carla = browser_of(app, person=CARLA)
    page = bram.get(AT).text
    text, first = text_on(page), _revision(page)
    assert _post(bram, text.replace("14 033", "14 034"), revision=first).status_code == 303
    seen = _revision(bram.get(f"{AT}/versie/{first}").text)
    assert _post(carla, text.replace("14 033", "14 035"), revision=seen).status_code == 303
    told = bram.post(f"{AT}/versie/{first}", data={"revision": seen}, follow_redirects=True).text
    assert "Een collega heeft de tekst intussen veranderd" in told
    assert "-phone: 14 035" in told
    assert "phone: 14 035" in text_on(bram.get(AT).text)
    assert bram.post(f"{AT}/versie/{first}", data={"revision": _revision(told)}).status_code == 303
    assert "phone: 14 033" in text_on(bram.get(AT).text)


def test_products_are_looked_at_once_and_only_when_a_theme_or_a_team_changes(
    bram: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def look(files: Mapping[str, str], *, product_id: str) -> Examined:
        looked.append(product_id)
        return examine(files, product_id=product_id)

    monkeypatch.setattr("services.forms.actions.speaking.examine", look)
    page = bram.get(AT).text
    text, revision = text_on(page), _revision(page)
    bram.post(f"{AT}/controle", data={"tekst": text.replace("14 033", "14 034")})
    assert _post(bram, text.replace("14 033", "14 034"), revision=revision).status_code == 303
    assert looked == []
    assert _post(bram, text.replace("id: traffic", "id: cars"), revision=revision + 1).status_code == 422
    assert sorted(looked) == sorted(CATALOGUE.products)


def test_who_publishes_waits_for_who_publishes_already_and_readers_wait_for_nobody(
    bram: FlaskClient, database: Database
) -> None:
    page = bram.get(AT).text
    text, revision = text_on(page), _revision(page)
    by = Person(subject="carla", name="Carla Mol", email="", groups=frozenset())
    theirs = text.replace("14 033", "14 035")
    with open_pool(database.dsn("forms"), size=1) as pool, ThreadPoolExecutor(2) as others:
        with open_desk_on(pool)() as desk:
            desk.hold_speaker()
            assert others.submit(bram.get, AT).result(timeout=10).status_code == 200
            publishing = others.submit(_post, bram, text.replace("14 033", "14 034"), revision=revision)
            with pytest.raises(TimeoutError):
                publishing.result(timeout=0.3)
            desk.publish_speaker(theirs, signed=Signature(by=by, at=utc_now()))
        assert publishing.result(timeout=10).status_code == 409
    assert text_on(bram.get(AT).text) == theirs


def test_what_somebody_published_is_not_undone_by_an_update_of_the_folder(
    bram: FlaskClient, database: Database, tmp_path: Path
) -> None:
    page = bram.get(AT).text
    text, revision = text_on(page), _revision(page)
    _post(bram, text.replace("14 033", "14 034"), revision=revision)
    (tmp_path / "municipality.yaml").write_text(text.replace("14 033", "14 036"), encoding="utf-8")
    _take_folder(database, tmp_path)
    _take_folder(database, tmp_path)
    assert standing_municipality(tmp_path, database_url=database.dsn("notify")).phone == "14 034"
    assert bram.get(AT).text.count(">wacht<") == 1

    serving = _revision(bram.get(AT).text)
    assert bram.post(f"{AT}/versie/{serving + 1}", data={"revision": serving}).status_code == 303
    assert standing_municipality(tmp_path, database_url=database.dsn("notify")).phone == "14 036"
    (tmp_path / "municipality.yaml").write_text(text.replace("14 033", "14 037"), encoding="utf-8")
    _take_folder(database, tmp_path)
    assert standing_municipality(tmp_path, database_url=database.dsn("notify")).phone == "14 037"


def _take_folder(database: Database, folder: Path) -> None:
    with open_pool(database.dsn("forms"), size=1) as pool, transaction(pool) as connection:
        publish_municipality(connection, folder=folder)


def _revision(page: str) -> int:
    return int(page.partition('name="revision" value="')[2].partition('"')[0])


def _post(
    client: FlaskClient, text: str, *, revision: int, because: str = "Nieuw nummer", action: str = ""
) -> TestResponse:
    data = {"tekst": text.replace("\n", "\r\n"), "because": because, "revision": revision, "action": action}
    return client.post(AT, data=data)
