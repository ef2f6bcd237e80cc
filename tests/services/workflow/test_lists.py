"""Lists of cases and search: what is found, by what, and how little is asked of the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from services.workflow import list_pages, list_views, lists
from services.workflow.lists import Wanted
from services.workflow.timekeeping import go_off
from shared.access import Person
from shared.database import connect
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import ELS, NOW, REFERENCE, RUUD, SAMIR, TODAY, submission


def found(town: Town, q: str = "", *, person: Person = SAMIR, **wanted: str | int) -> list[str]:
    with town.connection() as connection:
        wish = Wanted(q=q, **{"view": "all", **wanted})  # type: ignore[arg-type]
        listed = lists.list_cases(connection, person=person, wanted=wish, today=TODAY)
    return [row["reference"] for row in listed.rows]


@pytest.fixture
def filled(town: Town) -> Town:
    """Noor's case, and one of somebody else."""
    town.receive()
    other = submission("Z-2026-BBBB-0001", name="Çelik Bouw", received_at=NOW - timedelta(days=3))
    builder = replace(other.applicant, address=None)
    town.receive(replace(other, applicant=builder, place="Stationsplein 1, 3818 LE Amersfoort", shown=()))
    return town


def test_a_case_is_found_by_number_name_address_and_answers_also_with_a_typing_error(filled: Town) -> None:
    for q in [
        REFERENCE,
        "k4t9",
        "noor",
        "De Vries",
        "Vries, Noor",
        "Voorbeeldstraat 14",
        "3811 lx",
        "verbouwing",
        "verbouwingen",
        "VERBOUWING keuken",
        "keukens",
        "verbouwign",
        "Voorbeeldstraaat",
        "Vreis",
    ]:
        assert found(filled, q) == [REFERENCE], q


def test_accents_and_capitals_make_no_difference(filled: Town) -> None:
    for q in ["celik", "Çelik", "stationsplein", "celikk"]:
        assert found(filled, q) == ["Z-2026-BBBB-0001"], q


def test_what_no_case_has_finds_nothing_and_breaks_nothing(filled: Town) -> None:
    for q in ["olifant", "noor olifant", "!!", "&|!", "'", "a:*b", "noor celik", "%", "_", "\\"]:
        assert found(filled, q) == [], q


def test_the_words_that_stood_in_for_a_typing_error_are_told(filled: Town) -> None:
    with filled.connection() as connection:
        wish = Wanted(view="all", q="verbouwign")
        listed = lists.list_cases(connection, person=SAMIR, wanted=wish, today=TODAY)
    assert "verbouw" in listed.instead
    page = filled.client(SAMIR).get("/?lijst=all&q=verbouwign").text
    assert "Dit woord staat in geen zaak. Wij zochten naar:" in page


def test_four_digits_are_whole_and_fewer_are_a_beginning(filled: Town) -> None:
    assert len(found(filled, "202")) == len(found(filled, "2026")) == 2  # the year in their numbers
    for q in ("3811", "381"):
        assert REFERENCE in found(filled, q), q
    assert found(filled, "2027") == []


def test_who_may_see_nothing_finds_nothing(filled: Town) -> None:
    assert found(filled, "noor", person=RUUD) == []


def test_the_same_words_are_learned_once_and_only_words(filled: Town) -> None:
    words = [row["word"] for row in filled.rows("select word from workflow.words order by word")]
    assert len(words) == len(set(words))
    assert "voorbeeldstraat" in words
    assert all(word.isalpha() and len(word) >= 4 for word in words)


def test_sealed_answers_cannot_be_found_since_they_are_not_in_the_index(town: Town) -> None:
    town.receive(replace(submission(), sealed="Z2VoZWlt", same_person=("mark",)))
    documents = town.rows("select document::text as document from workflow.search")
    assert "Z2Vo" not in documents[0]["document"]
    assert "mark" not in documents[0]["document"]


def test_every_list_has_every_order(filled: Town) -> None:
    both = {REFERENCE, "Z-2026-BBBB-0001"}
    for view, sort in product([*list_views.VIEWS, *list_views.MORE_VIEWS], list_views.SORTS):
        cases = found(filled, view=view, sort=sort)
        assert set(cases) == (both if view in ("open", "all", "free") else set()), (view, sort)
        opposite = sort[1:] if sort.startswith("-") else f"-{sort}"
        assert view in list_views.LONG or cases == found(filled, view=view, sort=opposite)[::-1], (view, sort)


def test_kinds_of_cases_come_with_the_title_of_the_newest(filled: Town) -> None:
    with filled.connection() as connection:
        assert [row["product"] for row in lists.list_products(connection, person=SAMIR)] == ["objecten"]
        assert lists.list_products(connection, person=RUUD) == []


def test_who_was_warned_finds_the_case_and_nobody_else(town: Town) -> None:
    town.claimed(SAMIR)
    late = NOW + timedelta(days=50)  # the handler's steps went off, and the lead's for the norm
    with connect(town.url, autocommit=True) as connection:
        go_off(connection, now=late)
    since = late.date().isoformat()
    with town.connection() as connection:
        for person, view, cases in ((SAMIR, "escalated", 1), (ELS, "escalated", 1), (RUUD, "escalated", 0)):
            wish = Wanted(view=view, since=since)
            assert lists.count_cases(connection, person=person, wanted=wish, today=late.date()) == cases
        wish = Wanted(view="escalated", since=(late.date() + timedelta(days=1)).isoformat())
        assert lists.count_cases(connection, person=SAMIR, wanted=wish, today=late.date()) == 0


def test_the_list_of_everything_says_that_the_newest_stands_first(filled: Town) -> None:
    page = filled.client(SAMIR).get("/?lijst=all").text
    assert page.count('aria-sort="descending"') == 1
    assert 'aria-sort="ascending"' not in page
    assert found(filled) == [REFERENCE, "Z-2026-BBBB-0001"]


def test_what_is_searched_for_comes_in_the_order_of_the_list_page_by_page(
    filled: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        later = NOW - timedelta(days=10 + number)
        filled.receive(replace(submission(f"Z-2026-CCCC-000{number}"), received_at=later))
    every = [each for each in found(filled, sort="-received") if each != "Z-2026-BBBB-0001"]
    assert len(every) == 5
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    for walked in (1_000, 3, 1):  # met at the begin of the list, in part, and looked up among all cases
        monkeypatch.setattr(list_pages, "WALKED", walked)
        for sort, wanted in (("-received", every), ("received", every[::-1])):
            pages = [found(filled, "verbouwing", sort=sort, page=page) for page in (1, 2, 3, 4)]
            assert pages == [wanted[:2], wanted[2:4], wanted[4:], []], (walked, sort)
    monkeypatch.setattr(list_pages, "FURTHEST", 3)
    page = filled.client(SAMIR).get("/?lijst=all&q=verbouwing").text
    assert page.count("balie-case") == 2
    assert "U ziet een deel, niet altijd de nieuwste." in page
    for place in ("", "&blad=9"):  # a page after the last has no cases, and tells no more of them
        assert "U ziet een deel" not in filled.client(SAMIR).get(f"/?lijst=all&q=celik{place}").text
    with filled.connection() as connection:
        wish = Wanted(view="all", q="verbouwing", sort="received")
        each = lists.each_case(connection, person=SAMIR, wanted=wish, today=TODAY, most=1_000)
    assert [row["reference"] for row in each] == every[::-1]  # who takes the list along gets all of it


def test_a_search_is_among_the_cases_of_the_reader_wherever_they_went(filled: Town) -> None:
    [case] = filled.rows("select team, product from workflow.cases where reference = %s", [REFERENCE])

    def of(*groups: str) -> Person:
        return replace(SAMIR, groups=frozenset({"handler", *groups}))

    with filled.connection() as connection:
        connection.execute("update workflow.cases set team = 'o''neill\\' where reference = %s", [REFERENCE])
    every = found(filled, "voorbeeldstraat")
    assert found(filled, "voorbeeldstraat", person=of("team:o'neill\\")) == [REFERENCE]
    assert REFERENCE not in found(filled, "voorbeeldstraat", person=of(f"team:{case['team']}"))
    assert found(filled, "voorbeeldstraat", person=of("team:*")) == every
    assert found(filled, "voorbeeldstraat", person=of(f"product:{case['product']}")) == every
    assert found(filled, "voorbeeldstraat", product=case["product"]) == every
    assert found(filled, "voorbeeldstraat", product="evenement") == []
