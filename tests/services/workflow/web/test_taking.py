"""Taking a list along: the cases of that list and no others, in cells that cannot act."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

from services.workflow.sheets import csv_of, xlsx_of
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import NOW, REFERENCE, RUUD, SAMIR, submission

EVIL = ('=HYPERLINK("http://evil.example")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def cells(content: bytes) -> list[list[tuple[str | None, str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        for name in workbook.namelist():
            ElementTree.fromstring(workbook.read(name))  # noqa: S314 our own text
        sheet = ElementTree.fromstring(workbook.read("xl/worksheets/sheet1.xml"))  # noqa: S314 our own text
    return [
        [(cell.get("t"), "".join(cell.itertext())) for cell in row.iter(f"{SHEET}c")]
        for row in sheet.iter(f"{SHEET}row")
    ]


def test_what_looks_like_a_formula_is_text_in_both() -> None:
    rows = [(text, date(2026, 11, 24)) for text in EVIL]
    for line, text in zip(lines(csv_of(("a", "b"), rows=rows))[1:], EVIL, strict=True):
        assert line == [f"'{text}", "2026-11-24"]
    for row in cells(xlsx_of(("a", "b"), rows=rows))[1:]:
        assert row[0][0] == "inlineStr"
        assert row[1] == (None, "46350")


def test_signs_that_xml_does_not_know_are_left_out_and_others_come_back() -> None:
    (row,) = cells(xlsx_of(("<a> & \x00\x0bç",), rows=[]))
    assert row == [("inlineStr", "<a> & ç")]


def test_a_list_is_taken_with_its_filters_and_recorded(town: Town) -> None:
    town.receive()
    town.receive(submission("Z-2026-AAAA-0001", name="=cmd|' /C calc'!A1", received_at=NOW - timedelta(days=9)))
    answer = town.client(SAMIR).get("/lijst.csv?q=noor")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert [line[0] for line in lines(answer.data)] == ["Zaaknummer", REFERENCE]
    whole = lines(town.client(SAMIR).get("/lijst.csv").data)
    assert [line[2] for line in whole[1:]] == ["'=cmd|' /C calc'!A1", "Noor de Vries"]
    workbook = cells(town.client(SAMIR).get("/lijst.xlsx").data)
    assert [row[0][1] for row in workbook[1:]] == ["Z-2026-AAAA-0001", REFERENCE]
    acts = town.rows("select who, details from workflow.audit where act = 'export' order by number")
    assert [row["details"]["cases"] for row in acts] == [1, 2, 2]
    assert {row["who"] for row in acts} == {"samir"}


def test_who_may_see_nothing_takes_nothing(town: Town) -> None:
    town.receive()
    assert town.client(RUUD).get("/lijst.csv").status_code == 403
    assert town.rows("select 1 from workflow.audit where act = 'export'") == []


def test_the_page_leads_to_both(town: Town) -> None:
    town.receive()
    page = town.client(SAMIR).get("/?lijst=free").text
    assert 'href="/lijst.csv?lijst=free"' in page
    assert 'href="/lijst.xlsx?lijst=free"' in page
