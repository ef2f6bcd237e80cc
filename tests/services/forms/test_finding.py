"""Finding a product by plain words, and how long it really takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from services.forms.finding import find_products, tidy_search
from services.forms.pace import FEWEST_CASES, count_pace, paces_of_all
from shared.database import Connection, connect
from tests.conftest import Database
from tests.services.forms.noor import CATALOGUE

TODAY = date(2026, 11, 24)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with connect(database.dsn("forms")) as opened:
        yield opened


def found(connection: Connection, words: str, language: str = "nl") -> list[str]:
    products = CATALOGUE.products.values()
    return list(find_products(connection, products=products, words=words, language="en" if language == "en" else "nl"))


@pytest.mark.parametrize(
    "words",
    ["container", "een container op de stoep", "steigers", "kontainer", "CONTAINER!", "verbouwing steiger huren"],
)
def test_plain_words_also_mistyped_find_the_object_on_the_street(connection: Connection, words: str) -> None:
    assert "objecten" in found(connection, tidy_search(words))


def test_english_words_are_found_in_english(connection: Connection) -> None:
    assert "objecten" in found(connection, "skip on the pavement", language="en")


@pytest.mark.parametrize("words", ["xyzzy", "qqq zzzz", "'); zzzz qqqq zzz.qqq; --", "& | ! ( :*"])
def test_words_that_mean_nothing_here_find_nothing_and_break_nothing(connection: Connection, words: str) -> None:
    assert found(connection, tidy_search(words)) == []


def test_words_that_look_like_a_command_to_the_database_are_only_words(connection: Connection) -> None:
    found(connection, tidy_search("'); drop table forms.draft; --"))
    found(connection, "'); drop table forms.draft; --")
    assert connection.execute("select count(*) as drafts from forms.draft").fetchone() == {"drafts": 0}


def test_the_front_page_shows_what_was_sought_and_keeps_the_words(client: FlaskClient) -> None:
    page = client.get("/?zoek=container").text
    assert 'value="container"' in page
    assert "1 formulier gevonden" in page
    assert 'href="/objecten"' in page
    nothing = client.get("/?zoek=%3Cscript%3Exyzzy").text
    assert "Niets gevonden" in nothing
    assert "<script>xyzzy" not in nothing


def decide(connection: Connection, *, number: int, days: int) -> None:
    """One case that was decided on after so many days, as the forms service knows it."""
    received = TODAY - timedelta(days=100)
    connection.execute(
        """
        insert into forms.submission (reference, status_hash, product, version, title, channel, language, received_at,
                                      decide_by, answers, shown, rules)
        values (%(reference)s, %(hash)s, 'objecten', 'v', '{}', 'web', 'nl', %(received)s, %(received)s, '{}', '[]',
                '[]')
        """,
        {"reference": f"Z-{number}", "hash": str(number).encode(), "received": received},
    )
    connection.execute(
        "insert into forms.notice (message_id, reference, payload) values (gen_random_uuid(), %s, jsonb_build_object("
        "'kind', 'decision', 'sent_at', %s::date))",
        [f"Z-{number}", received + timedelta(days=days)],
    )


def test_the_pace_is_counted_over_sent_decisions_and_told_only_when_there_are_enough(connection: Connection) -> None:
    for number in range(FEWEST_CASES - 1):
        decide(connection, number=number, days=number + 1)
    count_pace(connection, today=TODAY)
    assert paces_of_all(connection) == {}
    decide(connection, number=FEWEST_CASES, days=90)
    count_pace(connection, today=TODAY)
    pace = paces_of_all(connection)["objecten"]
    # 1, 2 ... 19 and 90 days: half have theirs at 10, 17 of the 20 at 17
    assert (pace.cases, pace.median_days, pace.most_days) == (20, 10, 17)


def test_what_it_costs_is_told_before_starting(client: FlaskClient) -> None:
    assert "€\xa0200,00 en €\xa01,71 per m²" in client.get("/evenement").text
    assert "Dit kost u niets." in client.get("/klein-evenement").text
    assert "€200.00 and €1.71 per m²" in client.get("/evenement?taal=en", follow_redirects=True).text
