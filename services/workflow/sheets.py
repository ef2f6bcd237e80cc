"""A table to take along, as CSV or as an Excel workbook, in which no cell can act."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from xml.sax.saxutils import escape

Cell = str | date
Row = Sequence[Cell]

_ACTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula in a CSV file."""
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FIRST_DAY: Final = date(1899, 12, 30)
"""Day 0 of Excel's calendar."""
_AS_DATE: Final = 1
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS: Final = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_OFFICE}/styles" '
    'Target="styles.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Zaken" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
}


def csv_of(head: Sequence[str], *, rows: Sequence[Row]) -> bytes:
    """Write it with semicolons, as a Dutch spreadsheet expects; what looks like a formula begins with an apostrophe."""
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for row in (head, *rows):
        lines.writerow([_harmless(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def xlsx_of(head: Sequence[str], *, rows: Sequence[Row]) -> bytes:
    """Write a workbook of one sheet: every text is a text, whatever it begins with, and dates are dates."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as workbook:
        for name, content in _PARTS.items():
            workbook.writestr(name, _HEAD + content)
        lines = "".join(f"<row>{''.join(_cells(row))}</row>" for row in (head, *rows))
        sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'
        workbook.writestr("xl/worksheets/sheet1.xml", _HEAD + sheet)
    return written.getvalue()


def _harmless(cell: Cell) -> str:
    text = cell if isinstance(cell, str) else cell.isoformat()
    return f"'{text}" if text.startswith(_ACTS) else text


def _cells(row: Row) -> Iterator[str]:
    for cell in row:
        if isinstance(cell, date):
            yield f'<c s="{_AS_DATE}"><v>{(cell - _FIRST_DAY).days}</v></c>'
        else:
            text = escape(_NO_XML.sub("", cell))
            yield f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
