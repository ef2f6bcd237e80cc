"""Reading municipality.yaml: in whose name the services speak."""

from __future__ import annotations

from pathlib import Path

from shared.catalogue.definitions import Municipality, Team, Theme
from shared.catalogue.faults import Fault, FaultyCatalogueError, Place
from shared.catalogue.nodes import Entry, Text

MUNICIPALITY = "municipality.yaml"


def read_municipality(folder: Path) -> Municipality:
    """Read who speaks from the folder of a catalogue, without its products.

    Raises:
        FaultyCatalogueError: the file is missing or has faults.
    """
    faults: list[Fault] = []
    path = folder / MUNICIPALITY
    if not path.is_file():
        raise FaultyCatalogueError([Fault(place=Place(file=MUNICIPALITY), sentence="This file is missing.")])
    entry = Text(file=MUNICIPALITY, faults=faults).open(path.read_text(encoding="utf-8"))
    municipality = _read(entry) if entry else None
    if municipality is None or faults:
        raise FaultyCatalogueError(faults)
    return municipality


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
        themes=tuple(_theme(each) for each in entry.entries("themes")),
        teams=tuple(_team(each) for each in entry.entries("teams")),
    )
    entry.close()
    return municipality


def _theme(entry: Entry) -> Theme:
    theme = Theme(id=entry.text("id"), title=entry.words("title"), hint=entry.words("hint"))
    entry.close()
    return theme


def _team(entry: Entry) -> Team:
    team = Team(id=entry.text("id"), name=entry.text("name"))
    entry.close()
    return team
