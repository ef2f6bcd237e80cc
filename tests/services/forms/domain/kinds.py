"""A question of every kind, with answers that fit it and others that try something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st
from stdnum import iban
from stdnum.nl import bsn

from shared.catalogue.definitions import Choice, Kind, Question
from shared.events import Words

LABEL = Words(nl="Vraag", en="Question")
CHOICES = tuple(Choice(value=value, label=Words(nl=value.upper(), en=value.upper())) for value in ("a", "b", "c"))
ANSWERED = tuple(kind for kind in Kind if kind not in (Kind.FILE, Kind.CALCULATED, Kind.TEXT_BLOCK))
"""The kinds that take an answer; a file comes another way."""

HOSTILE = (
    "nul\x00",
    "half\ud800",
    "\x1b[31mrood",
    "\u202egnp.exe",
    "\u200f\u200e\u2066x\u2069",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://evil.example")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "{{ 7*7 }}{% raw %}",
    "'; drop table forms.draft; --",
    "../../etc/passwd",
    "9" * 400,
    "-" * 300,
    "1e999",
    "NaN",
    "Infinity",
    "٣٤٥",
    "𝟙𝟚𝟛",
    "²",
    "\ufffd",
    "\u0000",
    "a\r\nBcc: x@example.org",
    "Z" + "\u0335" * 300,
    "👩‍👩‍👧",
    " \t\n\u00a0\u2003 ",
)


def question(kind: Kind, *, name: str = "q", **more: Any) -> Question:
    """A question of this kind; a table has a column of every kind that may stand in one, and a table within."""
    if kind is Kind.TABLE and "columns" not in more:
        more["columns"] = (*_columns(), question(Kind.TABLE, name="inner", optional=True, columns=_columns()))
    return Question(
        id=name,
        kind=kind,
        label=LABEL,
        choices=CHOICES if kind in (Kind.CHOICE, Kind.CHOICES) else (),
        row=Words(nl="Regel", en="Row"),
        **more,
    )


def good_answers(kind: Kind) -> st.SearchStrategy[Any]:
    """Answers as a program sends them; nearly all of them fit."""
    return _table(depth=2) if kind is Kind.TABLE else _STRATEGIES[kind]


def _columns() -> tuple[Question, ...]:
    return tuple(
        question(kind, name=f"c_{kind.value}", optional=True)
        for kind in ANSWERED
        if kind not in (Kind.TABLE, Kind.DECLARATION)
    )


def _table(*, depth: int) -> st.SearchStrategy[Any]:
    cells: dict[str, st.SearchStrategy[Any]] = {
        f"c_{kind.value}": strategy for kind, strategy in _STRATEGIES.items() if kind is not Kind.DECLARATION
    }
    if depth > 1:
        cells["inner"] = _table(depth=1)
    return st.lists(st.fixed_dictionaries({}, optional=cells), min_size=1, max_size=2)


def _with_check_digits(country_and_rest: tuple[str, str]) -> str:
    country, rest = country_and_rest
    return country + iban.calc_check_digits(f"{country}00{rest}") + rest


_DAY = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
_TEXT = st.text(max_size=60) | st.sampled_from(HOSTILE)
_READABLE = st.text(st.characters(exclude_categories=("C",)), min_size=1, max_size=60) | st.sampled_from(HOSTILE[5:10])
_PLATES = st.sampled_from(
    ("XX9999", "9999XX", "99XX99", "XX99XX", "XXXX99", "99XXXX", "99XXX9", "9XXX99", "XX999X", "X999XX", "XXX99X")
).flatmap(lambda form: st.from_regex("".join("[A-Z]" if sign == "X" else "[0-9]" for sign in form), fullmatch=True))
_POINT = st.tuples(st.decimals("50.8", "53.6", places=6), st.decimals("3.3", "7.2", places=5)).map(
    lambda pair: {"lat": str(pair[0]), "lon": str(pair[1])}
)
_WORDS = st.fixed_dictionaries({"words": _TEXT})
_STRATEGIES: Mapping[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: _TEXT,
    Kind.LONG_TEXT: _TEXT,
    Kind.INTEGER: st.integers(-(10**12), 10**12),
    Kind.DECIMAL: st.decimals("-999999999999", "999999999999", places=6).map(lambda number: format(number, "f"))
    | st.from_regex(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", fullmatch=True),
    Kind.AMOUNT: st.from_regex(r"[0-9]{1,12}(\.[0-9]{1,2})?", fullmatch=True),
    Kind.YES_NO: st.booleans(),
    Kind.DECLARATION: st.just(True),
    Kind.CHOICE: st.sampled_from("abc"),
    Kind.CHOICES: st.lists(st.sampled_from("abc"), min_size=1, max_size=5),
    Kind.DATE: _DAY.map(str),
    Kind.TIME: st.times().map(lambda time: f"{time:%H:%M}"),
    Kind.PERIOD: st.tuples(_DAY, _DAY).map(lambda days: {"first": str(min(days)), "last": str(max(days))}),
    Kind.ADDRESS: st.fixed_dictionaries(
        {
            "postcode": st.from_regex(r"[1-9][0-9]{3} ?[A-Z]{2}", fullmatch=True),
            "number": st.from_regex(r"[1-9][0-9]{0,4}( ?-? ?[A-Za-z0-9]{1,4})?", fullmatch=True),
            "street": _READABLE,
            "town": _READABLE,
        }
    ),
    Kind.LOCATION: _POINT | _WORDS | st.tuples(_WORDS, _POINT).map(lambda pair: pair[0] | pair[1]),
    Kind.EMAIL: st.emails() | st.just("noor@exämple.nl"),
    Kind.PHONE: st.sampled_from(("06 12345678", "+32 470 12 34 56", "033 - 469 5111", "14 033", "+1 650 253 0000")),
    Kind.KVK: st.from_regex("[0-9]{8}", fullmatch=True),
    Kind.BRANCH: st.from_regex("[0-9]{12}", fullmatch=True),
    Kind.IBAN: st.tuples(st.just("NL"), st.from_regex("[A-Z]{4}[0-9]{10}", fullmatch=True)).map(_with_check_digits)
    | st.tuples(st.just("DE"), st.from_regex("[0-9]{18}", fullmatch=True)).map(_with_check_digits),
    Kind.BSN: st.sampled_from([str(number) for number in range(999_990_000, 999_991_000) if bsn.is_valid(str(number))]),
    Kind.PLATE: _PLATES,
}
