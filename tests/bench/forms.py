"""Two generated products to measure with: a small form of 13 questions, and one larger than any municipality has.

The large one has 300 questions, 65 rules and a table of 50 rows with conditions, sums and a calculated value per row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

LARGE_QUESTIONS, LARGE_RULES, LARGE_ROWS = 300, 65, 50
SMALL_QUESTIONS = 13
_PER_STEP = 25
_KINDS = ("yes_no", "choice", "integer", "text", "choices", "date", "decimal", "long_text", "phone", "address")
_CODES = ("red", "green", "blue")
_WORDS = {"nl": "Vul dit in", "en": "Fill this in"}
_ADDRESS = {"postcode": "3811 LX", "number": "14", "street": "Voorbeeldstraat", "town": "Amersfoort"}
_STORED: Mapping[str, Any] = {
    "yes_no": True,
    "choice": "red",
    "integer": 12,
    "text": "Een paar woorden",
    "choices": ["red", "blue"],
    "date": "2026-12-14",
    "decimal": "2.50",
    "long_text": "Een paar woorden meer, op één regel.",
    "phone": "+31612345678",
    "address": _ADDRESS,
}


def large_product() -> dict[str, str]:
    """The texts of the large product."""
    return _texts(questions=LARGE_QUESTIONS, rules=LARGE_RULES, table=True)


def small_product() -> dict[str, str]:
    """The texts of the small product."""
    return _texts(questions=SMALL_QUESTIONS, rules=6, table=False)


def large_answers() -> dict[str, Any]:
    """Stored answers to every question of the large product, with all rows of its table."""
    return {**_answers(LARGE_QUESTIONS, table=True), "objects": [_row(number) for number in range(LARGE_ROWS)]}


def small_answers() -> dict[str, Any]:
    """Stored answers to every question of the small product."""
    return _answers(SMALL_QUESTIONS, table=False)


def _row(number: int) -> dict[str, Any]:
    row = {"kind": _CODES[number % 3], "length": "2.50", "width": "1.20", "count": 1 + number % 4}
    return row | ({"note": "Een woord"} if row["kind"] == "red" else {"depth": "0.50", "deep": True})


def _answers(questions: int, *, table: bool) -> dict[str, Any]:
    numbers = range(questions - 2 - table)
    asked = {f"q{number}": _STORED[_KINDS[number % len(_KINDS)]] for number in numbers}
    return {**asked, "name": "Noor de Vries", "email": "noor@example.org"}


def _texts(*, questions: int, rules: int, table: bool) -> dict[str, str]:
    asked = [_question(number) for number in range(questions - 2 - table)]
    asked += [_table()] if table else []
    asked += [_contact("name", "text"), _contact("email", "email")]
    steps = [
        {"id": f"step-{at}", "title": _WORDS, "short": _WORDS, "questions": asked[at : at + _PER_STEP]}
        for at in range(0, len(asked), _PER_STEP)
    ]
    form = {
        "title": {"nl": "Proef", "en": "Trial"},
        "nature": "permit",
        "theme": "street",
        "synonyms": ["proef"],
        "about": {"summary": _WORDS, "minutes": 60},
        "steps": steps,
        "computed": _computed(table=table),
        "rules": [_rule(number, table=table, questions=questions - 2 - table) for number in range(rules)],
        "fees": [{"class": "plain", "cents": 1000, "valid_from": "2026-01-01", "source": "L", "label": _WORDS}],
        "roles": {"name": "name", "email": "email", "facts": ["days_long"]},
    }
    return {"form.yaml": _yaml(form), "process.yaml": _yaml(_process())}


def _question(number: int) -> dict[str, Any]:
    """Every fourth question waits for an answer before it, in chains of two."""
    kind = _KINDS[number % len(_KINDS)]
    question = {"id": f"q{number}", "kind": kind, "label": _WORDS, "why": _WORDS, "basis": "APV 2:10", "seen": True}
    if kind in ("choice", "choices"):
        question["choices"] = [{"value": code, "label": _WORDS} for code in _CODES]
    if number % 4 == 3 and number >= len(_KINDS):
        base = number - number % len(_KINDS)
        question["when"] = (
            f"q{base} && q{base - 9} == 'red'" if number % 8 == 3 else f"'blue' in q{base - 6} || q{base}"
        )
    errors = {"missing": _WORDS}
    if kind in ("integer", "decimal"):
        question |= {"valid": f"q{number} < 1000", "minimum": 0}
        errors["valid"] = _WORDS
    return {**question, "errors": errors}


def _contact(name: str, kind: str) -> dict[str, Any]:
    words = {"label": _WORDS, "why": _WORDS, "must": _WORDS, "errors": {"missing": _WORDS}}
    return {"id": name, "kind": kind, "basis": "Awb 4:2", **words}


def _table() -> dict[str, Any]:
    def column(name: str, kind: str, **more: Any) -> dict[str, Any]:
        return {"id": name, "kind": kind, "label": _WORDS, "errors": {"missing": _WORDS, "valid": _WORDS}, **more}

    columns = [
        column("kind", "choice", choices=[{"value": code, "label": _WORDS} for code in _CODES]),
        column("length", "decimal", valid="length < 100"),
        column("width", "decimal", valid="width <= length || q0"),
        column("count", "integer"),
        column("note", "text", when="kind == 'red'", optional=True),
        column("deep", "yes_no", when="kind != 'red'"),
        column("depth", "decimal", when="deep && q0"),
    ]
    head = {"id": "objects", "kind": "table", "row": _WORDS, "maximum": LARGE_ROWS, "seen": True}
    return {**head, "label": _WORDS, "why": _WORDS, "basis": "A", "columns": columns, "errors": {"missing": _WORDS}}


def _computed(*, table: bool) -> list[dict[str, Any]]:
    values = [{"id": "days_long", "formula": "days(today, q5) + 1", "label": _WORDS}]
    if table:
        values += [
            {"id": "area", "table": "objects", "formula": "length * width * count", "label": _WORDS},
            {"id": "total_area", "formula": "sum(area)", "label": _WORDS},
            {"id": "digging", "formula": "sum(objects.map(r, r.kind == 'red' ? 0 : r.depth))", "label": _WORDS},
        ]
    return values


def _rule(number: int, *, table: bool, questions: int) -> dict[str, Any]:
    base = number * len(_KINDS) % (questions - questions % len(_KINDS))
    conditions = [
        f"q{base} && q{base + 2} > {number}",
        f"q{base + 1} == 'red' || q{base + 2} < 5",
        f"'green' in q{base + 4} && days_long > {number}",
        f"q{base + 5} < today + weeks(3) && q{base + 6} >= 1.5",
    ]
    if table:
        conditions += [f"total_area > {number * 10} && q{base}", "objects.exists(r, r.kind == 'blue' && r.count > 3)"]
    effect = {"effect": "fee", "value": "plain"} if number == 0 else {"effect": "warn"}
    rule = {"id": f"rule-{number}", "when": conditions[number % len(conditions)], "because": _WORDS, **effect}
    return {**rule, "source": "APV 2:10", "valid_from": "2026-01-01"}


def _process() -> dict[str, Any]:
    block = {"text": "Het past.", "because": "Het past.", "source": "APV 2:10"}
    kept = {"number": "11.2", "years": 5, "starts": "closed"}
    return {
        "term": {"amount": 8, "unit": "weeks", "set_by": "ordinance", "article": "APV 1:2"},
        "repair_days": 14,
        "authority": "het college van burgemeester en wethouders",
        "signatory": "Teamleider",
        "legal_basis": ["APV 2:10"],
        "grant_reasons": [{"id": f"good-{n}", **block, "when": f"days_long > {n}"} for n in range(10)],
        "refusal_grounds": [{"id": "bad", **block}],
        "retention": dict.fromkeys(("granted", "refused", "withdrawn", "broken_off"), kept),
    }


def _yaml(content: Mapping[str, Any]) -> str:
    return yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False)


class _Plain(yaml.SafeDumper):
    """Writes every text out in full, as a person would."""


_Plain.ignore_aliases = lambda *_: True  # type: ignore[method-assign]
