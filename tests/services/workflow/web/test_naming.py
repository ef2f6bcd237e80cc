"""Lists with a name of one's own: found above the work list, by their owner alone."""

from __future__ import annotations

import re

from services.workflow.saved_lists import MOST
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import MILA, SAMIR


def named(page: str) -> dict[str, str]:
    return {name: href for href, name in re.findall(r'<a[^>]* href="([^"]+)"[^>]*>\s*([^<]+?)\s*<', page)}


def test_a_filter_gets_a_name_and_is_found_by_its_owner_alone(town: Town) -> None:
    samir = town.client(SAMIR)
    page = samir.post("/lijsten?lijst=mine&termijn=soon", data={"name": "Eerst doen"}, follow_redirects=True).text
    assert "De lijst staat nu boven de werkvoorraad." in page
    assert named(samir.get("/").text)["Eerst doen"] == "/?lijst=mine&amp;termijn=soon"
    assert "Eerst doen" not in town.client(MILA).get("/").text


def test_the_same_name_takes_the_new_filter_and_a_list_is_forgotten_by_its_owner(town: Town) -> None:
    samir = town.client(SAMIR)
    for path in ("/lijsten?lijst=mine", "/lijsten?lijst=free"):
        samir.post(path, data={"name": "Nu"})
    assert town.rows("select query from workflow.saved_lists") == [{"query": "?lijst=free"}]
    (drop,) = re.findall(r'action="(/lijsten/[^"]+/weg)"', samir.get("/?lijst=free").text)
    assert town.client(MILA).post(drop).status_code == 404
    assert "De lijst is weg." in samir.post(drop, follow_redirects=True).text
    assert town.rows("select 1 from workflow.saved_lists") == []


def test_a_list_needs_a_name_and_there_is_an_end_to_them(town: Town) -> None:
    samir = town.client(SAMIR)
    assert "Geef de lijst eerst een naam." in samir.post("/lijsten?q=x", data={"name": " "}, follow_redirects=True).text
    for number in range(MOST):
        samir.post("/lijsten?q=x", data={"name": f"Lijst {number}"})
    page = samir.post("/lijsten?q=x", data={"name": "Nog een"}, follow_redirects=True).text
    assert "U hebt al 20 eigen lijsten." in page
    assert len(town.rows("select 1 from workflow.saved_lists")) == MOST
