"""Reads the table of what goes when from the catalogue, and says where in it something is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

from marshmallow import ValidationError

from services.notify.domain.tellings import Brought, Silence, Table, Telling
from shared import catalogue
from shared.catalogue.faults import Fault, FaultyCatalogueError, nearest_name
from shared.catalogue.nodes import Entry, Text
from shared.log import logger
from shared.routes import HEARERS, NOTIFY
from shared.wire import schema_of

ROOM: Final = "messages"
"""The folder of a catalogue with the table and the texts."""
OWN: Final = Path(catalogue.__file__).parent
"""The catalogue that comes with the software."""
FILE: Final = "when.yaml"
FACTS: Final = {fact.__name__: fact for fact in HEARERS}
TELLABLE: Final = {
    name: fact
    for name, fact in FACTS.items()
    if NOTIFY in HEARERS[fact] and get_type_hints(fact).keys() & {"contact", "email"}
}
"""The facts that say how somebody is reached, so that they can become a message."""
_DEFAULTS: Final = {each.name: each.default for each in fields(Telling) if each.default is not MISSING} | {"when": {}}


def standing_table(folder: Path) -> Table:
    """Read the table of a municipality's own catalogue; without one, or with faults in it, that of the software.

    Raises:
        FaultyCatalogueError: the software's own has faults.
    """
    try:
        return read_table(folder) if (folder / ROOM / FILE).is_file() else read_table(OWN)
    except FaultyCatalogueError as error:
        if folder == OWN:
            raise
        logger.error("table_with_faults", faults=str(error))
        return read_table(OWN)


def read_table(folder: Path) -> Table:
    """Read the table in the folder of a catalogue.

    Raises:
        FaultyCatalogueError: with every fault found.
    """
    return table_of((folder / ROOM / FILE).read_text(encoding="utf-8"))


def table_of(content: str) -> Table:
    """Read the table from its text.

    Raises:
        FaultyCatalogueError: with every fault found.
    """
    faults: list[Fault] = []
    entry = Text(file=f"{ROOM}/{FILE}", faults=faults).open(content)
    if entry is None:
        raise FaultyCatalogueError(faults)
    told, silent = entry.entry("tells"), entry.entries("silent")
    table = Table(
        heard=tuple(TELLABLE.values()),
        tells={name: tuple(_tellings(told, name)) for name in told.keys()} if told else {},  # noqa: SIM118 an Entry
        silent=tuple(_silence(each) for each in silent),
        calls=entry.texts("calls") if entry.has("calls") else (),
        coded=entry.texts("coded") if entry.has("coded") else (),
    )
    entry.close()
    _check_facts(table, entry=entry)
    _check_letters(table, entry=entry)
    _check_calls(table, entry=entry)
    if faults:
        raise FaultyCatalogueError(faults)
    return table


def _tellings(told: Entry, name: str) -> Iterator[Telling]:
    fact = TELLABLE.get(name)
    if fact is None:
        told.fault(f"'{name}' is no fact that is told here.", key=name, nearest=nearest_name(name, among=TELLABLE))
        return
    for row in told.entries(name):
        try:
            telling: Telling = schema_of(Telling).load(_DEFAULTS | {key: row.plain(key) for key in row.keys()})  # noqa: SIM118 an Entry
        except ValidationError as error:
            row.fault(f"This row is not right: {error.messages}.")
            continue
        _check_fields(telling, fact=fact, row=row)
        yield telling


def _check_fields(telling: Telling, *, fact: type, row: Entry) -> None:
    known = get_type_hints(fact)
    for name in telling.fields:
        if name not in known:
            nearest = nearest_name(name, among=known)
            row.fault(f"'{name}' is no field of {fact.__name__}.", nearest=nearest)
    for name, wanted in telling.when.items():
        possible = get_args(known.get(name))
        said = [wanted] if isinstance(wanted, str) else wanted
        if isinstance(said, list) and not set(said) <= set(possible):
            row.fault(f"'{name}' has other values: {', '.join(map(str, possible))}.", key="when")
    if telling.to != "applicant" and "email" not in known:
        row.fault(f"{fact.__name__} says nobody's address but the applicant's.", key="to")


def _silence(row: Entry) -> Silence:
    silence = Silence(because=row.text("because"), facts=row.texts("facts"))
    row.close()
    return silence


def _check_facts(table: Table, *, entry: Entry) -> None:
    """Every fact has one place: a row that tells it, or a reason not to."""
    placed = Counter([*table.tells, *(name for each in table.silent for name in each.facts)])
    for name in FACTS.keys() - placed.keys():
        entry.fault(f"'{name}' is missing: tell it, or say why it stays silent.")
    for name, times in placed.items():
        if name not in FACTS:
            entry.fault(f"'{name}' is no fact.", nearest=nearest_name(name, among=FACTS))
        elif times > 1:
            entry.fault(f"'{name}' stands here {times} times.")


def _check_letters(table: Table, *, entry: Entry) -> None:
    brought: Counter[Any] = Counter(each.letter for rows in table.tells.values() for each in rows if each.letter)
    for letter in get_args(Brought):
        if brought[letter] != 1:
            entry.fault(f"Letters of the kind '{letter}' are brought by {brought[letter]} messages; it must be one.")


def _check_calls(table: Table, *, entry: Entry) -> None:
    for name in table.calls:
        if not (name in TELLABLE and {"reference", "at"} <= get_type_hints(TELLABLE[name]).keys()):
            entry.fault(f"'{name}' is no fact about a case.", key="calls", nearest=nearest_name(name, among=TELLABLE))
