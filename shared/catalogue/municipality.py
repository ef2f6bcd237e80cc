"""Reading municipality.yaml: in whose name the services speak."""

from __future__ import annotations

from pathlib import Path

from shared.catalogue.definitions import Area, Municipality, Team, Theme
from shared.catalogue.faults import Fault, FaultyCatalogueError, Place
from shared.catalogue.nodes import Entry, Text
from shared.database import Connection, connect
from shared.log import logger

MUNICIPALITY = "municipality.yaml"


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
    """Read who speaks; with faults in it, as it was last published.

    Raises:
        FaultyCatalogueError: it was never published either.
    """
    try:
        return read_municipality(folder)
    except FaultyCatalogueError as error:
        logger.error("municipality_with_faults", faults=str(error))
        with connect(database_url) as connection:
            content = _last_municipality(connection)
        if content is None:
            raise
        return municipality_of(content)


def publish_municipality(connection: Connection, *, folder: Path) -> None:
    """Keep today's text, in the caller's transaction, unless it has faults."""
    try:
        read_municipality(folder)
    except FaultyCatalogueError:
        return
    content = (folder / MUNICIPALITY).read_text(encoding="utf-8")
    if content != _last_municipality(connection):
        connection.execute("insert into catalogue.municipality (content) values (%s)", (content,))


def _last_municipality(connection: Connection) -> str | None:
    row = connection.execute("select content from catalogue.municipality order by id desc limit 1").fetchone()
    return row["content"] if row else None


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
        themes=tuple(_theme(each) for each in entry.entries("themes")),
        teams=tuple(_team(each) for each in entry.entries("teams")),
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


def _theme(entry: Entry) -> Theme:
    theme = Theme(id=entry.text("id"), title=entry.words("title"), hint=entry.words("hint"))
    entry.close()
    return theme


def _team(entry: Entry) -> Team:
    team = Team(id=entry.text("id"), name=entry.text("name"))
    entry.close()
    return team
