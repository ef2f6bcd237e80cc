"""The work list: the case that matters next, in the address, by keyboard and in bulk."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.counting import CountingCursor, counting_pool
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import BRAM, ELS, MILA, SAMIR, somebody, submission


def fill(town: Town, count: int, *, name: str = "Noor de Vries") -> list[str]:
    now = datetime.now(UTC)
    return [
        town.receive(submission(f"Z-2026-{number:04}", received_at=now - timedelta(days=number), name=name))
        for number in range(count)
    ]


def references(page: str) -> list[str]:
    return re.findall(r'class="balie-case" href="/zaken/([^"]+)"', page)


def test_the_case_with_the_least_time_stands_first(town: Town) -> None:
    fill(town, 3)
    assert references(town.client(SAMIR).get("/").text) == ["Z-2026-0002", "Z-2026-0001", "Z-2026-0000"]


def test_the_deadline_is_told_in_words_with_a_sign_and_a_date(town: Town) -> None:
    town.receive(submission(received_at=datetime.now(UTC) - timedelta(days=60)))
    page = town.client(SAMIR).get("/").text
    assert "te laat" in page
    assert "balie-due--late" in page
    assert '<time class="balie-due__date' in page


@pytest.mark.parametrize("path", ["/", "/?lijst=mine", "/?q=Noor&sorteer=-applicant"])
def test_one_row_and_three_rows_take_the_same_number_of_statements(town: Town, path: str) -> None:
    office = town.app.extensions["balie_workflow"]
    counted = []
    with counting_pool(town.url) as pool:
        town.app.extensions["balie_workflow"] = replace(office, pool=pool)
        for count in (1, 3):
            fill(town, count)
            for reference in [f"Z-2026-{number:04}" for number in range(count)]:
                town.client(SAMIR).post(f"/zaken/{reference}/pakken")
            town.client(SAMIR).get(path)
            before = CountingCursor.said
            assert len(references(town.client(SAMIR).get(path).text)) == count
            counted.append(CountingCursor.said - before)
    town.app.extensions["balie_workflow"] = office
    assert counted[0] == counted[1] > 0


def test_the_address_gives_the_same_list_in_a_new_session(town: Town) -> None:
    fill(town, 2)
    fill_other = submission("Z-2026-9999", name="F. Yılmaz")
    town.receive(fill_other)
    path = "/?q=y%C4%B1lmaz&sorteer=applicant&termijn=later"
    for person in (SAMIR, MILA):
        assert references(town.client(person).get(path).text) == ["Z-2026-9999"]


def test_each_chip_takes_just_its_own_filter_away(town: Town) -> None:
    fill(town, 1)
    page = town.client(SAMIR).get("/?q=Noor&status=received&sorteer=-received").text
    chips = re.findall(r'class="balie-chip" href="([^"]+)"', page)
    assert [chip.replace("&amp;", "&") for chip in chips] == [
        "/?status=received&sorteer=-received",
        "/?q=Noor&sorteer=-received",
    ]
    assert 'href="/?sorteer=-received">Alle filters wissen' in page


def test_the_kept_lists_are_links_with_their_counts(town: Town) -> None:
    fill(town, 2)
    client = town.client(SAMIR)
    client.post("/zaken/Z-2026-0001/pakken")
    page = client.get("/?lijst=mine").text
    assert re.search(r'href="/\?lijst=mine" aria-current="page">Mijn zaken <b>1</b>', page)
    assert re.search(r'href="/\?lijst=free">Niet toegewezen <b>1</b>', page)
    assert references(page) == ["Z-2026-0001"]


def test_a_long_list_has_pages_of_25(town: Town) -> None:
    fill(town, 27)
    client = town.client(SAMIR)
    first, second = client.get("/").text, client.get("/?blad=2").text
    assert (len(references(first)), len(references(second))) == (25, 2)
    assert not set(references(first)) & set(references(second))
    assert "26 tot en met 27 van 27 zaken" in second
    assert "Geen zaken in deze lijst" in client.get("/?blad=9").text


def test_an_address_with_nonsense_shows_a_list_all_the_same(town: Town) -> None:
    fill(town, 1)
    long = f"q={'x' * 5000}"
    for query in (
        "lijst=x",
        "blad=-1",
        "blad=99999999",
        "blad=²",
        "sorteer=x",
        "q=%00%F0",
        "status=';",
        "termijn=1",
        long,
    ):
        assert town.client(SAMIR).get(f"/?{query}").status_code == 200, query


def test_every_column_sorts_both_ways(town: Town) -> None:
    fill(town, 2)
    for column in ("deadline", "applicant", "status", "handler", "received"):
        up, down = (town.client(SAMIR).get(f"/?sorteer={way}{column}").text for way in ("", "-"))
        assert 'aria-sort="ascending"' in up
        assert 'aria-sort="descending"' in down
        assert sorted(references(up)) == sorted(references(down))


def test_the_next_case_is_one_button_away(town: Town) -> None:
    fill(town, 2)
    client = town.client(SAMIR)
    answer = client.post("/volgende")
    assert answer.headers["Location"] == "/zaken/Z-2026-0001"
    client.post("/volgende")
    assert "Er ligt geen zaak klaar" in client.post("/volgende", follow_redirects=True).text


def test_bulk_takes_the_free_cases_and_names_the_others(town: Town) -> None:
    fill(town, 3)
    town.client(MILA).post("/zaken/Z-2026-0002/pakken")
    client = town.client(SAMIR)
    chosen = ["Z-2026-0000", "Z-2026-0001", "Z-2026-0002", "Z-2026-0001", "Z-unknown"]
    page = client.post("/toewijzen?sorteer=-received", data={"case": chosen, "to": "samir"}, follow_redirects=True).text
    assert "2 zaken toegewezen aan Samir Haddad." in page
    assert "2 zaken zijn niet veranderd." in page
    assert re.search(r'value="Z-2026-0002"[^>]* checked', page)
    assert 'aria-sort="descending"' in page
    assert town.rows("select count(*) as n from workflow.cases where handler = 'samir'") == [{"n": 2}]


def test_bulk_twice_is_bulk_once(town: Town) -> None:
    fill(town, 2)
    for _ in range(2):
        town.client(ELS).post("/toewijzen", data={"case": ["Z-2026-0000", "Z-2026-0001"], "to": "mila"})
    assert town.rows("select count(*) as n from workflow.timeline where kind = 'assigned'") == [{"n": 2}]


def test_a_handler_cannot_give_a_case_to_a_colleague(town: Town) -> None:
    fill(town, 1)
    town.client(SAMIR).post("/toewijzen", data={"case": ["Z-2026-0000"], "to": "mila"})
    assert town.rows("select handler from workflow.cases") == [{"handler": "samir"}]


def test_a_lead_gives_takes_over_and_lays_back(town: Town) -> None:
    fill(town, 1)
    client = town.client(ELS)
    for to, handler in (("mila", "mila"), ("els", "els"), ("-", None)):
        client.post("/toewijzen", data={"case": ["Z-2026-0000"], "to": to})
        assert town.rows("select handler from workflow.cases") == [{"handler": handler}]
    assert client.post("/toewijzen", data={"case": ["Z-2026-0000"], "to": BRAM.subject}).status_code == 400


def test_a_lead_reads_how_much_lies_with_each_colleague_before_giving(town: Town) -> None:
    fill(town, 2)
    for person in (MILA, SAMIR):
        town.client(person)
    old = submission("Z-2026-0009", received_at=datetime.now(UTC) - timedelta(days=200))
    town.receive(old)
    town.client(MILA).post("/zaken/Z-2026-0000/pakken")
    town.client(MILA).post(f"/zaken/{old.reference}/pakken")
    page = town.client(ELS).get("/").text
    assert '<option value="mila">Mila Janssen: 2 zaken, 1 te laat</option>' in page
    assert '<option value="samir">Samir Haddad: 0 zaken</option>' in page
    assert 'value="mila"' not in town.client(SAMIR).get("/").text


def test_who_only_reads_cases_gets_no_button_that_would_refuse(town: Town) -> None:
    (reference,) = fill(town, 1)
    desk = somebody("yara", "Yara Bos", "front-desk")
    page = town.client(desk).get("/").text
    assert references(page) == [reference]
    for control in ("Pak de volgende zaak", "Wijs toe", "Doe hetzelfde", 'type="checkbox"'):
        assert control in town.client(SAMIR).get("/").text
        assert control not in page
    town.client(SAMIR).post(f"/zaken/{reference}/pakken")
    assert "U kunt meelezen.</" in town.client(desk).get(f"/zaken/{reference}").text


def test_bulk_without_a_choice_says_so(town: Town) -> None:
    assert "Kies eerst" in town.client(SAMIR).post("/toewijzen", follow_redirects=True).text


def test_what_a_resident_typed_is_never_markup(town: Town) -> None:
    fill(town, 1, name="<script>alert(1)</script>")
    for path in ("/", "/zaken/Z-2026-0000", "/zaken/Z-2026-0000/besluit/brief", "/?q=<script>"):
        assert "<script>alert" not in town.client(SAMIR).get(path).text
