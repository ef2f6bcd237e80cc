"""The accessibility statement: what was measured, what was not, and whom to tell; as the catalogue's folder says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast

import yaml

from shared.events import Words
from shared.wire import schema_of, value

FILE = "accessibility.yaml"


@value
class Statement:
    """What is stated of all pages together; `whole_forms` are checked page by page, of the others only the parts."""

    status: Literal["A", "B", "C", "D", "E"]
    drawn_up_on: date
    standard: str
    audited_on: date | None
    whole_forms: tuple[str, ...]
    checks: tuple[Words, ...]
    shortcomings: tuple[Words, ...]


@dataclass(frozen=True, kw_only=True)
class NoStatement:
    """A municipality that states nothing: status E."""

    status: Literal["E"] = "E"


def read_statement(folder: Path) -> Statement | NoStatement:
    """Read the statement beside the products; without a file there is none.

    Raises:
        ValidationError: the file says something else than a statement does.
    """
    path = folder / FILE
    if not path.is_file():
        return NoStatement()
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    days = {name: said[name] and said[name].isoformat() for name in ("drawn_up_on", "audited_on")}
    return cast(Statement, schema_of(Statement).load({**said, **days}))
