"""One template sent to everyone in a table: which columns it needs, and what each row becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Final, NamedTuple
from uuid import UUID

from services.notify.domain.notifications import Channel, KeyType, Template, reference_fits
from services.notify.domain.recipients import comparable, email_of, phone_of
from services.notify.domain.tables import Line, Table
from services.notify.domain.templating import Value, holes_of, key_of
from shared.events import Words

RECIPIENTS: Final = {Channel.EMAIL: ("email address", "e-mailadres"), Channel.SMS: ("phone number", "telefoonnummer")}
"""What the column may be called that says to whom; a letter has `address line 1` to `7`, or `postcode` as the last."""
ADDRESS: Final = (*(f"address line {number}" for number in range(1, 8)), "postcode")
REFERENCE: Final = "reference"
_WRONG: Final = {
    Channel.EMAIL: Words(nl="Dit is geen e-mailadres", en="Not a valid email address"),
    Channel.SMS: Words(nl="Dit is geen telefoonnummer", en="Not a valid phone number"),
}
_LONG_REFERENCE: Final = Words(nl="De referentie is te lang", en="The reference is too long")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong in a table; `row` is None when it is about its columns."""

    message: Words
    row: int | None = None

    def __str__(self) -> str:
        """Say it in one line of English, as clients of the API read it."""
        return self.message.en if self.row is None else f"Row {self.row}: {self.message.en}"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One message to be: `recipient` is in the form in which it is used, and empty for a letter."""

    number: int
    recipient: str
    reference: str | None
    values: dict[str, Value]


class Settled(NamedTuple):
    """What came of the row with this number: a notification, or the fault for which there is none."""

    number: int
    notification_id: UUID | None
    fault: str | None


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """A checked table that waits to be sent, or is being sent since `started_at`; `rows` is how many.

    It was uploaded `by_staff`, or else by the client itself.
    """

    id: UUID
    client_id: UUID
    key_type: KeyType
    template_id: UUID
    template_version: int
    name: str
    sender: str | None
    rows: int
    checked_at: datetime
    started_at: datetime | None = None
    by_staff: bool = False


@dataclass(kw_only=True)
class Checked:
    """What a table holds: rows that can be sent, faults, and rows whose recipient stands in an earlier row too."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    twice: list[tuple[int, int]] = field(default_factory=list)


def check_table(table: Table, *, template: Template) -> Checked:
    """Check the columns, then each row; what its values make of a message is for the caller to see."""
    checked = Checked(faults=list(_faults_in_heads(table, template=template)))
    if checked.faults:
        return checked
    seen: dict[str, int] = {}
    for line in table.lines:
        row = _row(line, table=table, template=template)
        if isinstance(row, Fault):
            checked.faults.append(row)
            continue
        checked.rows.append(row)
        whom = comparable(row.recipient) if row.recipient else _address_in(row)
        if whom in seen:
            checked.twice.append((row.number, seen[whom]))
        else:
            seen[whom] = row.number
    return checked


def columns_of(template: Template) -> tuple[str, ...]:
    """Name the columns that a table for this template needs, the recipient first."""
    whom = RECIPIENTS[template.channel][:1] if template.channel in RECIPIENTS else ADDRESS[:3]
    known = {key_of(name) for name in whom}
    return (*whom, *(hole.name for hole in holes_of(template.subject or "", template.body) if hole.key not in known))


def _faults_in_heads(table: Table, *, template: Template) -> Iterator[Fault]:
    given = set(table.keys())
    whom = RECIPIENTS.get(template.channel)
    if whom and not given & set(map(key_of, whom)):
        yield _no_column(whom[0])
    needed = [name for name in columns_of(template) if name not in (whom or ())]
    yield from (_no_column(name) for name in needed if key_of(name) not in given)
    known = {key_of(name): name for name in (*needed, *(whom or ADDRESS), REFERENCE)}
    for head in table.heads:
        if key_of(head) not in known:
            near = [known[each] for each in get_close_matches(key_of(head), known, n=1)]
            nl, en = (f"; bedoelt u {near[0]}?", f"; did you mean {near[0]}?") if near else ("", "")
            yield Fault(
                message=Words(
                    nl=f"Het sjabloon heeft geen plek voor de kolom {head}{nl}",
                    en=f"The template has no place for the column {head}{en}",
                )
            )


def _no_column(name: str) -> Fault:
    return Fault(message=Words(nl=f"De kolom {name} ontbreekt", en=f"There is no column {name}"))


def _row(line: Line, *, table: Table, template: Template) -> Row | Fault:
    cells: dict[str, list[str]] = {}
    names = dict(zip(table.keys(), table.heads, strict=True))
    for key, cell in zip(table.keys(), line.cells, strict=True):
        cells.setdefault(key, []).append(cell)
    recipient = ""
    if template.channel in RECIPIENTS:
        typed = next((cells[key_of(name)][0] for name in RECIPIENTS[template.channel] if key_of(name) in cells), "")
        read = email_of(typed) if template.channel is Channel.EMAIL else phone_of(typed)
        if read is None:
            return Fault(row=line.number, message=_WRONG[template.channel])
        recipient = read
    for hole in holes_of(template.subject or "", template.body):
        if hole.text is None and not any(cells.get(hole.key, ())):
            return Fault(row=line.number, message=Words(nl=f"{hole.name} is leeg", en=f"{hole.name} is empty"))
    reference = cells.get(REFERENCE, [""])[0] or None
    if reference and not reference_fits(reference):
        return Fault(row=line.number, message=_LONG_REFERENCE)
    values = {names[key]: _value(given) for key, given in cells.items() if key != REFERENCE or _asks(template, key)}
    return Row(number=line.number, recipient=recipient, reference=reference, values=values)


def _asks(template: Template, key: str) -> bool:
    return any(hole.key == key for hole in holes_of(template.subject or "", template.body))


def _value(given: Sequence[str]) -> Value:
    """Give a cell; of a column that is there more than once, the cells that are not empty, as a list."""
    return given[0] if len(given) == 1 else [cell for cell in given if cell]


def _address_in(row: Row) -> str:
    known = {key_of(name) for name in ADDRESS}
    return "\n".join(str(value).casefold() for name, value in row.values.items() if key_of(name) in known)
