"""Changes the fields of a page when a button of a question asks for it: another row, another way to give an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort

from services.forms.domain.reading import Typed, rows_typed
from services.forms.domain.rows import add_row, answer_named, question_named, remove_row
from shared.catalogue.definitions import Kind, Question
from shared.look.look import field_id

CHANGES = ("add", "remove", "by_hand", "look_up", "find", "calculate")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a button asks: the verb, and the name of a question's fields with, for `remove`, the row (from 0)."""

    verb: str
    subject: str

    @property
    def name(self) -> str:
        """The name of the fields, as "objects.0.parts"."""
        return self.subject.partition(":")[0]

    def make(self, questions: Iterable[Question], *, answers: Mapping[str, Any], typed: Typed) -> Typed:
        """The typed fields of a page with these questions after it; `answers` are those kept so far."""
        question = question_named(self.name, among=questions) or abort(400)
        index = self.subject.partition(":")[2]
        match question.kind, self.verb:
            case Kind.TABLE, "add":
                return add_row(question, name=self.name, typed=typed)
            case Kind.TABLE, "remove" if index.isdecimal() and len(index) <= 3:
                return remove_row(self.name, typed=typed, index=int(index))
            case Kind.ADDRESS, "by_hand":
                kept = answer_named(self.name, among=answers) or {}
                return {**typed, **{f"{self.name}.{part}": [kept.get(part, "")] for part in ("street", "town")}}
            case Kind.ADDRESS, "look_up":
                by_hand = (f"{self.name}.street", f"{self.name}.town")
                return {name: texts for name, texts in typed.items() if name not in by_hand}
        return typed

    def anchor(self, typed: Typed) -> str:
        """Where the page goes on after it: at the question, or at the new row."""
        rows = rows_typed(self.name, typed=typed)
        return field_id(f"{self.name}.{rows - 1}" if self.verb == "add" and rows else self.name)
