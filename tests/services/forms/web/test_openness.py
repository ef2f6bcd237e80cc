"""The public page of a product: rules in plain words, and what was done with what residents said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient

from services.forms.open_figures import count_open_figures, open_figures_of
from services.forms.web.counter import Counter
from shared.database import connect
from shared.events import RemarkAnswered
from tests.conftest import Database
from tests.services.forms.domain.test_cases import DECIDED, OPENED, SENT
from tests.services.forms.noor import NOW
from tests.services.forms.shelf import inbox
from tests.services.forms.web.test_sending import hear as hear_case
from tests.services.forms.web.test_sending import sent_by

TOLD = RemarkAnswered(
    answer_id=UUID("019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f"),
    at=NOW,
    product="objecten",
    subject="purpose",
    outcome="done",
    said="De vraag is <b>onduidelijk</b>.",
    done="Er staat een voorbeeld bij.",
    standing=True,
)


def hear(app: Flask, *facts: RemarkAnswered) -> None:
    with app.extensions["balie_forms"].pool.connection() as connection:
        for fact in facts:
            inbox.handle(connection, fact, now=NOW)


def test_what_was_done_with_a_remark_stands_at_the_product_until_it_is_taken_down(
    client: FlaskClient, app: Flask
) -> None:
    assert "Wij hebben nog niets te melden" in client.get("/openbaar/objecten").text
    hear(app, TOLD)
    page = client.get("/openbaar/objecten").text
    assert "De vraag is &lt;b&gt;onduidelijk&lt;/b&gt;." in page
    assert "Er staat een voorbeeld bij." in page
    assert 'href="/openbaar/objecten"' in client.get("/objecten").text
    down = replace(TOLD, standing=False)
    hear(app, down, TOLD)  # told again after it was taken down, it stays down
    assert "Er staat een voorbeeld bij." not in client.get("/openbaar/objecten").text


def test_the_rules_stand_there_with_their_source_and_room_for_an_opinion(client: FlaskClient) -> None:
    page = client.get("/openbaar/objecten").text
    assert "Dit staat in:" in page
    assert 'href="/regel/objecten/late"' in page
    assert client.get("/openbaar/bestaat-niet").status_code == 404


COUNTED = """
insert into forms.open_figures (product, year, asked, decided, median_days, most_days, marks, mark, counted_on)
values ('objecten', 2025, 40, 5, 12, 103, 4, 8.5, '2026-11-27'),
       ('objecten', 2026, 4, 0, null, null, 0, null, '2026-11-27')
"""


def test_figures_of_fewer_than_five_people_stand_nowhere(client: FlaskClient, database: Database) -> None:
    assert "Er zijn nog geen cijfers" in client.get("/openbaar/objecten").text
    with connect(database.dsn("forms")) as connection:
        connection.execute(COUNTED)
    page = client.get("/openbaar/objecten").text
    assert "103 dagen" in page
    assert "8,5" not in page
    answer = client.get("/open-data/objecten.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.text.splitlines() == [
        "product,year,asked,decided,median_days,days_85_percent,mark,marks",
        "objecten,2026,,,,,,",
        "objecten,2025,40,5,12,103,,",
    ]
    assert client.get("/open-data/bestaat-niet.csv").status_code == 404


def test_what_is_counted_is_what_came_in_was_sent_and_was_marked(
    client: FlaskClient, app: Flask, database: Database
) -> None:
    references = []
    for _ in range(5):
        status, reference = sent_by(client)
        hear_case(app, reference, OPENED, DECIDED, replace(SENT, message_id=uuid4()))
        client.post(f"{status}/cijfer", data={"mark": "8"})
        references.append(reference)
    with connect(database.dsn("forms")) as connection:
        for days, reference in enumerate(references):
            connection.execute(
                "update forms.submission s set "
                "received_at = (n.payload ->> 'sent_at')::timestamptz - %s * interval '1 day' "
                "from forms.notice n where n.reference = s.reference and s.reference = %s",
                [days * 10, reference],
            )
        for _ in range(2):
            count_open_figures(connection, today=date(2027, 1, 1))
        rows = open_figures_of(connection, products=["objecten"])
    (year,) = (row for row in rows if row.decided)
    assert (year.asked, year.decided, year.median_days, year.most_days) == (5, 5, 20, 40)
    assert [row.mark for row in rows if row.marks] == [8]


def test_a_new_mark_cannot_be_worked_out_from_two_nights_figures(client: FlaskClient, database: Database) -> None:
    references = [sent_by(client)[1] for _ in range(10)]
    told = []
    with connect(database.dsn("forms")) as connection:
        for number, reference in enumerate(references):
            connection.execute(
                "insert into forms.mark (reference, mark, words, steps, at, first_on) "
                "values (%s, %s, '', '{}', %s, %s)",
                [reference, 10 if number < 5 else 5, NOW, NOW.date()],
            )
            count_open_figures(connection, today=NOW.date())
            told.append(open_figures_of(connection, products=["objecten"])[0].mark)
    assert told == [*(None,) * 4, *(10,) * 5, Decimal("7.5")]


def test_the_catalogue_describes_each_open_product_as_dcat_ap_asks(client: FlaskClient) -> None:
    answer = client.get("/open-data/catalogus.jsonld")
    assert answer.content_type == "application/ld+json"
    catalogue = json.loads(answer.text)
    assert catalogue["@type"] == "dcat:Catalog"
    asked = {"dct:title", "dct:description", "dct:publisher"}  # what DCAT-AP makes mandatory of a catalogue
    assert asked <= set(catalogue)
    assert catalogue["dcat:dataset"]
    for dataset in catalogue["dcat:dataset"]:
        assert {"dct:title", "dct:description"} <= set(dataset)
        assert {"dcat:accessURL", "dct:license"} <= set(dataset["dcat:distribution"])
        address = dataset["dcat:distribution"]["dcat:downloadURL"]["@id"]
        assert client.get(address[address.index("/open-data") :]).status_code == 200
    assert client.get("/open-data").status_code == 200


def test_a_product_that_is_not_open_has_no_page_and_no_data(client: FlaskClient, app: Flask) -> None:
    counter: Counter = app.extensions["balie_forms"]
    serving = dict(counter.means.products.current)
    serving["objecten"] = replace(serving["objecten"], about=replace(serving["objecten"].about, open=False))
    shut = replace(counter.means, products=SimpleNamespace(current=serving))  # type: ignore[arg-type]
    app.extensions["balie_forms"] = replace(counter, means=shut)
    try:
        for path in ("/openbaar/objecten", "/open-data/objecten.csv"):
            assert client.get(path).status_code == 404
        assert "/openbaar/objecten#dataset" not in client.get("/open-data/catalogus.jsonld").text
    finally:
        app.extensions["balie_forms"] = counter


def test_every_public_page_is_found_from_the_list_and_from_the_open_data(client: FlaskClient) -> None:
    for page in (client.get("/openbaar").text, client.get("/open-data").text):
        assert 'href="/openbaar/objecten"' in page
        assert 'href="/openbaar/woo-verzoek"' in page


def test_each_rule_says_what_follows_from_it(client: FlaskClient) -> None:
    page = client.get("/openbaar/objecten").text
    assert "Gevolg: u hebt geen vergunning nodig." in page
    assert "Gevolg: u betaalt €\xa050,00." in page
    assert "Gevolg: misschien zeggen wij nee." in page
    assert "Gevolg: wij vragen ook: Verkeersplan." in page
    assert page.count("Gevolg: ") == page.count('href="/regel/objecten/')
    fair = client.get("/openbaar/evenement").text
    assert "Gevolg: een ander formulier past beter: Klein evenement melden." in fair
    assert "Gevolg: u betaalt €\xa0200,00 en €\xa01,71 per m²." in fair
    assert "een ander." not in fair
