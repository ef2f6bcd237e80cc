"""Derives the marshmallow schema of a product from its questions: the same check for the pages and for the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError
from marshmallow import fields as wire_fields

from services.forms.domain.accepting import accept, empty
from services.forms.domain.faults import Fault, WrongAnswerError, nothing_else
from services.forms.ports import Checked
from shared.catalogue.definitions import Area, Product, Question
from shared.events import Words

_SCHEMAS: dict[tuple[str, str, Area | None], Schema] = {}


def check_answers(product: Product, *, answers: Mapping[str, Any], area: Area | None = None) -> Checked:
    """Check answers against the questions of this product version; what is empty counts as not given.

    `area` is where the points of bounded questions must lie.
    """
    given = {name: value for name, value in answers.items() if not empty(value)}
    try:
        return Checked(answers=schema_of(product, area=area).load(given), faults=())
    except ValidationError as error:
        valid = error.valid_data if isinstance(error.valid_data, dict) else {}
        return Checked(answers=valid, faults=tuple(_faults(error.messages)))


def schema_of(product: Product, *, area: Area | None = None) -> Schema:
    """The schema of this product version; made once."""
    key = (product.id, product.version, area)
    if key not in _SCHEMAS:
        counted = product.roles.supporters  # never said by a page or a program
        asked = (question for question in product.questions if question.asks and question.id != counted)
        members: dict[str, Any] = {question.id: AnswerField(question, area=area) for question in asked}
        members["Meta"] = type("Meta", (Schema.Meta,), {"unknown": RAISE})
        _SCHEMAS[key] = type("AnswersSchema", (Schema,), members)()
    return _SCHEMAS[key]


class AnswerField(wire_fields.Field[Any]):
    """One answer; what fits and what does not is the question's own."""

    def __init__(self, question: Question, *, area: Area | None) -> None:
        """Make the field of this question; its points must lie in `area` if it says so."""
        super().__init__()
        self._question = question
        self._area = area

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> Any:
        try:
            return accept(self._question, value=value, area=self._area)
        except WrongAnswerError as wrong:
            raise ValidationError(list(wrong.faults), valid_data=wrong.partial) from None


def _faults(messages: Any) -> Iterator[Fault]:
    if not isinstance(messages, Mapping):
        yield Fault(name="", text=Words(nl="Stuur de antwoorden als object", en="Send the answers as an object"))
        return
    for name, told in messages.items():
        found = [one for one in told if isinstance(one, Fault)]
        yield from found or [Fault(name=str(name)[:200], text=nothing_else())]
