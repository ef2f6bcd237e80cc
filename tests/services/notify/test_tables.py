"""A table is read as spreadsheets write it, and each fault is told by its row before anything is sent."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from services.notify.domain.bulk import check_table, columns_of
from services.notify.domain.notifications import Channel, Template
from services.notify.domain.tables import LARGEST_TABLE, MOST_COLUMNS, MOST_ROWS, UnreadableTableError, read_table

EVIL = '=HYPERLINK("http://kwaad.example";"klik") <b>((name))</b>'


def template(channel: Channel = Channel.EMAIL, *, body: str = "Dag ((name)), u komt op ((day)).") -> Template:
    return Template(
        id=uuid4(),
        version=1,
        channel=channel,
        name="Afspraak",
        subject=None if channel is Channel.SMS else "Uw afspraak",
        body=body,
        postage=None,
        created_by="x",
        created_at=datetime(2026, 11, 27, tzinfo=UTC),
        updated_at=None,
    )


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_whatever_spreadsheet_wrote_it(encoding: str, separator: str) -> None:
    text = separator.join(("E-mailadres", "Name", "day")) + "\r\n"
    text += separator.join(("noor@example.org", '"Noor ""€"" é\r\nde Vries"', "1 december")) + "\r\n\r\n"
    table = read_table(text.encode(encoding))
    assert table.heads == ("E-mailadres", "Name", "day")
    assert [line.cells for line in table.lines] == [("noor@example.org", 'Noor "€" é\r\nde Vries', "1 december")]
    checked = check_table(table, template=template())
    assert (checked.faults, checked.rows[0].recipient) == ([], "noor@example.org")


def test_what_is_no_table_is_refused_with_the_reason() -> None:
    refused = {
        b"": "must name the columns",
        b"a;b\n": "has no rows",
        b"a;;c\n1;2;3": "Column 2 has no name",
        b"a;b\n1;2;3": "Row 2 has more cells",
        b'a;b\n"1;2': "quotes",
        b"a\x00;b\n1;2": "no text",
        b"a;\x81\n1;2": "UTF-8",
        b"a;b\n" + b"x" * 30_000 + b";1": "a cell has more than",
        b"a" * (LARGEST_TABLE + 1): "larger than 5 MB",
        b"a\n" + b"1\n" * (MOST_ROWS + 1): f"more than {MOST_ROWS} rows",
        b"a" + b";a" * MOST_COLUMNS + b"\n1": f"more than {MOST_COLUMNS} columns",
    }
    for content, why in refused.items():
        with pytest.raises(UnreadableTableError, match=why):
            read_table(content)
    told = read_table(b"sep=,\na,b;c\n1,2;3\n")
    assert (told.heads, told.lines[0].cells) == (("a", "b;c"), ("1", "2;3"))


def test_columns_that_are_missing_or_have_no_place_are_named_with_the_nearest_right_one() -> None:
    assert columns_of(template()) == ("email address", "name", "day")
    table = read_table(b"naem;day;shoe size\nNoor;1;38\n")
    assert [str(fault) for fault in check_table(table, template=template()).faults] == [
        "There is no column email address",
        "There is no column name",
        "The template has no place for the column naem; did you mean name?",
        "The template has no place for the column shoe size",
    ]


def test_each_wrong_row_is_told_and_whoever_stands_twice_is_seen() -> None:
    lines = [
        "Email-Address;name;day;reference",
        "noor@example.org;Noor;1;a",
        "geen adres;X;1;",
        "samir@example.org;;1;",
    ]
    lines += ["", "NOOR@example.org;Noor;2;b", f"els@example.org;Els;3;{'r' * 1001}"]
    checked = check_table(read_table("\n".join(lines).encode()), template=template())
    assert [str(fault) for fault in checked.faults] == [
        "Row 3: Not a valid email address",
        "Row 4: name is empty",
        "Row 7: The reference is too long",
    ]
    assert [(row.number, row.reference) for row in checked.rows] == [(2, "a"), (6, "b")]
    assert checked.twice == [(6, 2)]
    phones = check_table(
        read_table(b"telefoonnummer;name;day\n06 12345678;a;1\n+31612345678;b;1\n"), template=template(Channel.SMS)
    )
    assert [row.recipient for row in phones.rows] == ["+31612345678"] * 2
    assert phones.twice == [(3, 2)]


def test_a_cell_is_only_text_and_a_column_that_stands_twice_is_a_list() -> None:
    quoted = '"' + EVIL.replace('"', '""') + '"'
    table = read_table(f"email address;name;day;day;day\nnoor@example.org;{quoted};1;;3\n".encode())
    [row] = check_table(table, template=template()).rows
    assert row.values == {"email address": "noor@example.org", "name": EVIL, "day": ["1", "3"]}
    optional = template(body="Dag((more?? en meer)).")
    [row] = check_table(read_table(b"email address;more\nnoor@example.org;\n"), template=optional).rows
    assert row.values["more"] == ""
