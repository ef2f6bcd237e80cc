"""Reading municipality.yaml: in whose name the services speak."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Lock
from typing import Any, Final, cast

from psycopg import OperationalError
from werkzeug.local import LocalProxy

from shared.catalogue.definitions import Area, Municipality, Team, Theme
from shared.catalogue.faults import Fault, FaultyCatalogueError, Place
from shared.catalogue.nodes import Entry, Text
from shared.database import Connection, connect
from shared.log import logger

MUNICIPALITY = "municipality.yaml"

FRESH_S: Final = 5.0
"""Seconds that a process speaks on without asking what was published meanwhile."""

_SERVING: Final = """
select id, content, signed_by from catalogue.municipality where not waits order by id desc limit 1
"""


def read_municipality(folder: Path) -> Municipality:
    """Read who speaks from the folder of a catalogue, without its products.

    Raises:
        FaultyCatalogueError: the file is missing or has faults.
    """
    path = folder / MUNICIPALITY
    if not path.is_file():
        raise FaultyCatalogueError([Fault(place=Place(file=MUNICIPALITY), sentence="This file is missing.")])
    try:
        return municipality_of(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        fault = Fault(place=Place(file=MUNICIPALITY), sentence="This file is no UTF-8 text.")
        raise FaultyCatalogueError([fault]) from None


def municipality_of(content: str) -> Municipality:
    """Read who speaks from the text of municipality.yaml.

    Raises:
        FaultyCatalogueError: with every fault found.
    """
    faults: list[Fault] = []
    entry = Text(file=MUNICIPALITY, faults=faults).open(content)
    municipality = _read(entry) if entry else None
    if municipality is None or faults:
        raise FaultyCatalogueError(faults)
    return municipality


def standing_municipality(folder: Path, *, database_url: str) -> Municipality:
    """Read who speaks: as somebody published it, else as the folder says; with faults there, as it last served.

    What is published while the process runs is followed: the fields that it gives are always those that serve.

    Raises:
        FaultyCatalogueError: the folder has faults, and nothing was ever published.
    """
    return cast(Municipality, LocalProxy(_Following(folder, database_url=database_url)))


class _Following:
    """Who speaks now, asked anew when it is wanted after some seconds."""

    def __init__(self, folder: Path, *, database_url: str) -> None:
        self._database_url = database_url
        self._asking = Lock()
        try:
            row = self._ask()
        except OperationalError:  # a service starts without its database, and follows when that is there
            row = None
        self._id = row["id"] if row else 0
        self._now = _first(folder, row=row)

    def __call__(self) -> Municipality:
        if time.monotonic() - self._asked >= FRESH_S and self._asking.acquire(blocking=False):
            try:
                self._follow()
            except (OperationalError, FaultyCatalogueError) as error:
                logger.warning("municipality_not_followed", error=type(error).__name__)
            finally:
                self._asking.release()
        return self._now

    def _follow(self) -> None:
        row = self._ask()
        if row and row["signed_by"] and row["id"] != self._id:
            self._now, self._id = municipality_of(row["content"]), row["id"]

    def _ask(self) -> Any:
        self._asked = time.monotonic()
        with connect(self._database_url) as connection:
            return connection.execute(_SERVING).fetchone()


def _first(folder: Path, *, row: Any) -> Municipality:
    try:
        return municipality_of(row["content"]) if row and row["signed_by"] else read_municipality(folder)
    except FaultyCatalogueError as error:
        logger.error("municipality_with_faults", faults=str(error))
        if row is None:
            raise
        return read_municipality(folder) if row["signed_by"] else municipality_of(row["content"])


def publish_municipality(connection: Connection, *, folder: Path) -> None:
    """Keep the folder's text when it is new, in the caller's transaction, unless it has faults.

    It waits where somebody published another text by hand: what a person signed is not undone by an update.
    """
    try:
        read_municipality(folder)
    except FaultyCatalogueError:
        return
    content = (folder / MUNICIPALITY).read_text(encoding="utf-8")
    connection.execute(
        """
        with told as (select id, content from catalogue.municipality where signed_by is null),
             serving as (select content from catalogue.municipality where not waits order by id desc limit 1)
        insert into catalogue.municipality (content, waits)
        select %(content)s, exists (select from serving where content not in (select content from told))
        where (select content from told order by id desc limit 1) is distinct from %(content)s
        """,
        {"content": content},
    )


def _read(entry: Entry) -> Municipality:
    municipality = Municipality(
        name=entry.text("name"),
        short=entry.text("short"),
        address=entry.texts("address"),
        visiting_address=entry.texts("visiting_address"),
        phone=entry.text("phone"),
        email=entry.text("email"),
        website=entry.text("website"),
        opening_hours=entry.words("opening_hours"),
        objection_address=entry.texts("objection_address"),
        objection_link=entry.text("objection_link"),
        court=entry.text("court"),
        area=_area(entry.entry_or_none("area")),
        towns=entry.texts("towns") if entry.has("towns") else (),
        themes=tuple(_theme(each) for each in _once(entry, "themes")),
        teams=tuple(_team(each) for each in _once(entry, "teams")),
    )
    entry.close()
    return municipality


def _area(entry: Entry | None) -> Area | None:
    if entry is None:
        return None
    south, west, north, east = (entry.number_or_none(side) for side in ("south", "west", "north", "east"))
    if south is None or west is None or north is None or east is None or south >= north or west >= east:
        entry.fault("An area needs south, west, north and east in degrees, each pair in order.")
        return None
    entry.close()
    return Area(south=south, west=west, north=north, east=east)


def _once(entry: Entry, key: str) -> list[Entry]:
    """Give the entries of a list; an id that stands there twice is a fault."""
    entries, known = entry.entries(key), set[str]()
    for each in entries:
        name = each.text("id")
        if name in known:
            each.fault(f"'{name}' stands here twice.", key="id")
        known.add(name)
    return entries


def _theme(entry: Entry) -> Theme:
    theme = Theme(id=entry.text("id"), title=entry.words("title"), hint=entry.words("hint"))
    entry.close()
    return theme


def _team(entry: Entry) -> Team:
    team = Team(id=entry.text("id"), name=entry.text("name"))
    entry.close()
    return team
