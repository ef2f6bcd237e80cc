"""One figure is the same wherever it stands: tiles, charts, tables, print, CSV, workbook, data and API."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from services.workflow.domain.times import Step
from services.workflow.throughput_figures import PER
from services.workflow.times_store import keep_up
from services.workflow.web import throughput_page
from services.workflow.web.throughput_page import STEPS
from tests.services.workflow.conftest import Town
from tests.services.workflow.test_throughput import town_at_work
from tests.services.workflow.town import ELS, NOW, PETER, TODAY, submission

__all__ = ["town_at_work"]  # the fixture of another file

Where = tuple[str, str, str]
DAYS = ("cases", "on_time_percent", "gross_days_50", "gross_days_85", "gross_days_95", "net_days_50", "net_days_85")
OF_A_STEP = ("cases", "days_50", "days_85", "days_95", "days")
HAPPENED = ("complete", "suspended", "extended", "defaulted", "withdrawn", "penalty_euros")
NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Tables(HTMLParser):
    """The texts of the cells of each table, row by row; a heading above columns is no row."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[list[list[str]]] = []
        self._in_body = self._in_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002 the parser gives it
        if tag == "table":
            self.found.append([])
        elif tag == "tbody":
            self._in_body = True
        elif tag == "tr" and self._in_body:
            self.found[-1].append([])
        elif tag in ("td", "th") and self._in_body:
            self.found[-1][-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._in_body = self._in_body and tag != "tbody"
        self._in_cell = self._in_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.found[-1][-1][-1] = " ".join((self.found[-1][-1][-1] + data).split())


def of_workbook(content: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 we wrote it
    return [["".join(cell.itertext()) for cell in row.iter(f"{SHEET}c")] for row in sheet.iter(f"{SHEET}row")]


def plain(text: str) -> float:
    found = NUMBER.search(text)
    assert found, text
    return float(found[0].replace(".", "").replace(",", "."))


def in_table(
    part: str, rows: Sequence[Sequence[str]], *, groups: Sequence[str], measures: Sequence[str]
) -> Iterator[tuple[Where, float]]:
    """The figures of a table that has a row for each group and a column for each measure."""
    assert len(rows) == len(groups)
    for group, (_, *cells) in zip(groups, rows, strict=True):
        if len(cells) == len(measures):
            yield from (((part, group, name), plain(cell)) for name, cell in zip(measures, cells, strict=True))


def on_page(tables: Sequence[Sequence[Sequence[str]]], *, facts: dict[Where, float], per: str) -> dict[Where, float]:
    flow, dots, steps, ages, came, happened, groups = tables
    assert len(dots) == facts["all", "", "cases"]

    def groups_of(part: str) -> list[str]:
        return list(dict.fromkeys(group for each, group, _ in facts if each == part))

    *single, whole = groups
    shown = [row for row in single if len(row) > 2]
    found = dict(in_table(per, shown, groups=groups_of(per), measures=DAYS))
    found |= in_table("all", [whole], groups=[""], measures=DAYS)
    found |= in_table("step", steps, groups=groups_of("step"), measures=OF_A_STEP)
    found |= in_table("open", ages, groups=list(Step), measures=[f"zone_{place}" for place in range(4)])
    found |= in_table("week", flow, groups=groups_of("week"), measures=("came", "ended", *Step))
    found |= in_table("week", came, groups=groups_of("week"), measures=("came", "ended"))
    for name, row in zip(HAPPENED, happened, strict=True):
        found["all", "", name] = plain(row[1])
    return found


def in_tiles(page: str) -> list[float]:
    """The numbers of the tiles: the value of each, and what stands below it on 85 and 95 of a hundred."""
    return [plain(text) for text in re.findall(r'balie-kpi__value">([^<]+)', page)]


def in_chart(page: str, name: str, /) -> list[str]:
    """What is written in a chart."""
    found = re.search(rf'aria-labelledby="chart-{name}-wide">(.*?)</svg>', page, re.DOTALL)
    assert found, name
    return re.findall(r"<text[^>]*>([^<]*)</text>", found[1])


def check_tiles_and_charts(page: str, *, facts: dict[Where, float]) -> None:
    whole = {name: value for (part, _, name), value in facts.items() if part == "all"}
    tiles = [whole[name] for name in ("on_time_percent", "gross_days_50", "net_days_50")]
    assert in_tiles(page) == [*tiles, facts["open", "", "cases"]]
    for days in ("gross", "net"):
        far = f"85 % binnen {whole[f'{days}_days_85']:.0f}, 95 % binnen {whole[f'{days}_days_95']:.0f} dagen"
        assert far in page
    last = max(group for part, group, _ in facts if part == "week")
    came, ended = facts["week", last, "came"], facts["week", last, "ended"]
    assert {f"Binnen {came:.0f}", f"Klaar {ended:.0f}"} <= set(in_chart(page, "came"))
    ended = sum(value for (part, _, name), value in facts.items() if (part, name) == ("week", "ended"))
    stand = {STEPS[step].nl: facts["week", last, step] for step in Step}
    bands = {f"{name} {n:.0f}" for name, n in [("Klaar", ended), *stand.items()] if n}
    assert bands <= set(in_chart(page, "flow"))
    dots = {f"Helft binnen {whole['gross_days_50']:.0f}", f"85% binnen {whole['gross_days_85']:.0f}"}
    assert dots <= set(in_chart(page, "dots"))
    steps = [group for part, group, name in facts if (part, name) == ("step", "days_50")]
    bars = [f"{facts['step', each, 'days_50']:.0f} / {facts['step', each, 'days_85']:.0f}" for each in steps]
    assert [text for text in in_chart(page, "steps") if " / " in text] == bars
    ages = [sum(facts["open", step, f"zone_{place}"] for place in range(4)) for step in Step]
    assert {f"{age:.0f}" for age in ages if age} <= set(in_chart(page, "ages"))


@pytest.fixture
def busy(town_at_work: Town) -> Town:
    """The town, with enough open work to tell of."""
    for place in (6, 9, "A", "B"):
        town_at_work.receive(submission(f"Z-2026-T1ME-000{place}", received_at=NOW))
    with town_at_work.connection() as connection:
        while keep_up(connection, today=TODAY):
            pass
    return town_at_work


def test_every_figure_is_the_same_wherever_it_stands(busy: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed: list[str] = []
    monkeypatch.setattr(throughput_page, "make_pdf", lambda html, **_: pressed.append(html) or b"%PDF")
    peter = busy.client(PETER)
    for query in (*(f"?per={per}" for per in PER), "?soort=objecten&kanaal=web&periode=12m&per=team"):
        told = peter.get(f"/doorlooptijden.json{query}").get_json()
        facts = {(each["part"], each["group"], each["measure"]): each["value"] for each in told["figures"]}
        assert len(facts) == len(told["figures"]) > 100
        api = busy.client().get(f"/api/v1/figures/throughput{query}", headers=busy.bearer(ELS)).get_json()
        assert api == told
        rows = list(
            csv.reader(io.StringIO(peter.get(f"/doorlooptijden.csv{query}").data.decode("utf-8-sig")), delimiter=";")
        )
        assert of_workbook(peter.get(f"/doorlooptijden.xlsx{query}").data) == rows
        assert {(part, group, name): float(value.replace(",", ".")) for part, group, name, value in rows[1:]} == facts
        page = peter.get(f"/doorlooptijden{query}").text
        check_tiles_and_charts(page, facts=facts)
        tables = Tables(page).found
        found = on_page(tables, facts=facts, per=query.rpartition("=")[2])
        assert found == {where: facts[where] for where in found}
        assert len(found) > 100
        assert peter.get(f"/doorlooptijden.pdf{query}").data == b"%PDF"
        flow, _, steps, ages, _, happened, groups = tables
        assert Tables(pressed[-1]).found == [groups, steps, happened, ages, flow]
