"""Whether cases are kept as the Selectielijst says, which binds a municipality (Archiefwet 1995, 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from shared.catalogue.definitions import Product, Retention
from shared.catalogue.faults import Fault, Place, nearest_name
from shared.catalogue.origins import Origins

_LIST = Path(__file__).with_name("selectielijst.yaml")
_NUMBER = re.compile(r"(\d{1,2})\.\d{1,2}(?:\.\d{1,2})?")
_STARTS = {
    "closed": "the day the case is closed",
    "permission_ends": "the end of the permission",
    "fixed_date": "a date fixed during the case",
    "other": "a day of its own",
}


@dataclass(frozen=True, kw_only=True)
class _Selectielijst:
    """Results by number: "keep", a term in days, or years with their start."""

    types: int
    complete: frozenset[str]
    results: Mapping[str, Any]


def check_retention(product: Product, *, origins: Origins) -> Iterator[Fault]:
    """Hold every result number against the list; a number that nobody here knows is told as unknown."""
    for result, retention in product.process.retention.items():
        place = origins.places.get(("retention", result), Place(file=f"{product.id}/process.yaml"))
        yield from _check(retention, result=result, place=place)


def _check(retention: Retention, *, result: str, place: Place) -> Iterator[Fault]:
    known, number = _selectielijst(), retention.number
    found = _NUMBER.fullmatch(number)
    if found is None or not 1 <= int(found[1]) <= known.types:
        sentence = f"'{number}' is no result of the Selectielijst: there are process types 1 to {known.types}."
        yield Fault(place=place, sentence=sentence)
    elif number in known.results:
        wrong = _difference(retention, listed=known.results[number])
        if wrong and known.results.get(f"{number} {result}") != [retention.years, retention.starts]:
            yield Fault(place=place, sentence=wrong)
    elif found[1] in known.complete:
        same = [each for each in known.results if each.startswith(f"{found[1]}.")]
        sentence = f"The Selectielijst has no result '{number}'."
        yield Fault(place=place, sentence=sentence, nearest=nearest_name(number, among=same))
    else:
        sentence = f"The result '{number}' of the Selectielijst is not known here; see for yourself how long it says."
        yield Fault(place=place, sentence=sentence, kind="unknown")


def _difference(retention: Retention, *, listed: Any) -> str | None:
    number = retention.number
    if listed == "keep":
        return None if retention.keep else f"The Selectielijst keeps result {number} for ever: write 'keep: true'."
    if not isinstance(listed, list):
        return f"The Selectielijst gives result {number} a term in days, which no case here has."
    years, start = listed
    if (retention.years, retention.starts) == (years, start):
        return None
    return f"The Selectielijst keeps result {number} {years} years from {_STARTS[start]} ({start})."


@lru_cache(maxsize=1)
def _selectielijst() -> _Selectielijst:
    read = yaml.safe_load(_LIST.read_text(encoding="utf-8"))
    complete = frozenset(str(number) for number in read["complete"])
    return _Selectielijst(types=read["types"], complete=complete, results=read["results"])
