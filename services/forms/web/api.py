"""The public API: which forms there are, what they ask, and handing one in exactly once."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.typing import ResponseReturnValue
from marshmallow import RAISE, Schema, fields, validate

from services.forms.actions.sending import KeyReusedError, WrongAnswersError, submit_once
from services.forms.domain.describing import describe_answers
from services.forms.domain.faults import Fault
from services.forms.ports import OnceOnly, Sent
from services.forms.web.counter import at_most, means, now, public
from services.forms.web.programs import fingerprint, given_key, key_hash, product_of
from shared.api import Operation, answer, describes, json_body
from shared.catalogue.definitions import Choice, Product, Question, Step
from shared.events import Words
from shared.problems import ProblemError, WrongField, problem_of
from shared.wire import to_wire


class FormSchema(Schema):
    """A form in the list."""

    id = fields.String(required=True)
    version = fields.String(required=True)
    title = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class FormsSchema(Schema):
    """The forms that can be handed in."""

    forms = fields.List(fields.Nested(FormSchema), required=True)


class WholeFormSchema(FormSchema):
    """A form with its steps and questions; `when` is a condition in CEL, `answers` the JSON Schema of the answers."""

    steps = fields.List(fields.Dict(), required=True)
    answers = fields.Dict(keys=fields.String(), required=True)


class SubmissionSchema(Schema):
    """Answers by question id, and the language in which the applicant wants to be written to.

    Nobody signs in here: a form that asks for it is taken all the same, and its handler sees that nobody did.

    `incomplete`: hand in although answers are missing; the municipality asks for them later (Awb 4:5).
    """

    class Meta(Schema.Meta):
        """Refuse what we do not know."""

        unknown = RAISE

    answers = fields.Dict(keys=fields.String(), required=True)
    language = fields.String(load_default="nl", validate=validate.OneOf(["nl", "en"]))
    incomplete = fields.Boolean(load_default=False)


class ReceiptSchema(Schema):
    """What proves that the form was handed in; `decide_by` is the last day to decide."""

    reference = fields.String(required=True)
    status_url = fields.Url(required=True)
    decide_by = fields.Date(required=True)


def open_api(app: Flask) -> None:
    """Add these doors."""
    app.add_url_rule("/api/v1/forms", "list_forms", list_forms)
    app.add_url_rule("/api/v1/forms/<form_id>", "show_form", show_form)
    app.add_url_rule("/api/v1/forms/<form_id>/submissions", "hand_in", hand_in, methods=["POST"])


@public
@describes(Operation(summary="The forms that can be handed in", returns=FormsSchema))
def list_forms() -> ResponseReturnValue:
    """List the forms."""
    return answer({"forms": [_form(product) for product in means().products.current.values()]})


@public
@describes(Operation(summary="A form with its questions", returns=WholeFormSchema, problems=(404,)))
def show_form(form_id: str) -> ResponseReturnValue:
    """Give a form with its questions, conditions and choices."""
    product = product_of(form_id)
    return answer(
        {
            **_form(product),
            "steps": [_step(step) for step in product.steps],
            "answers": describe_answers(product),
        }
    )


def submission_bodies() -> dict[str, dict[str, Any]]:
    """What may be handed in, by form."""
    return {name: _body(product) for name, product in means().products.current.items()}


@public
@at_most("300/minute")
@describes(
    Operation(
        summary="Hand in a form, without signing in; the same key with the same body gives the same answer",
        body=SubmissionSchema,
        bodies=submission_bodies,
        returns=ReceiptSchema,
        status=201,
        problems=(400, 404, 409, 413, 415, 422, 429),
        headers={"Idempotency-Key": "1 to 200 printable characters, new for each submission"},
    )
)
def hand_in(form_id: str) -> ResponseReturnValue:
    """Hand in a form, once for each key."""
    product = product_of(form_id)
    key = given_key()
    body = json_body(_SUBMISSION)
    try:
        receipt = submit_once(
            product,
            sent=Sent(answers=body["answers"], language=body["language"], incomplete=body["incomplete"]),
            once=OnceOnly(key_hash=key_hash(key), body_hash=fingerprint(form_id, body=body)),
            means=means(),
            now=now(),
        )
    except KeyReusedError:
        raise ProblemError(409, title=_KEY_REUSED) from None
    except WrongAnswersError as wrong:
        raise ProblemError(422, title=problem_of(422).title, errors=[_field(one) for one in wrong.faults]) from None
    found = {
        "reference": receipt.reference,
        "status_url": receipt.status_url,
        "decide_by": receipt.decide_by.isoformat(),
    }
    return answer(found, status=201, headers={"Location": receipt.status_url})


_SUBMISSION = SubmissionSchema()
_RECEIPT = ReceiptSchema()
_KEY_REUSED = Words(
    nl="Deze Idempotency-Key hoort al bij een andere inhoud. Neem een nieuwe.",
    en="This Idempotency-Key belongs to another body already. Take a new one.",
)


def _field(fault: Fault) -> WrongField:
    return WrongField(name=f"answers.{fault.name}", reason=fault.text)


def _form(product: Product) -> dict[str, Any]:
    return {"id": product.id, "version": product.version, "title": to_wire(product.title)}


def _body(product: Product) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "answers": describe_answers(product),
            "language": {"enum": ["nl", "en"], "default": "nl"},
            "incomplete": {"type": "boolean", "default": False},
        },
        "required": ["answers"],
        "additionalProperties": False,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "title": to_wire(step.title),
        "questions": [_question(question) for question in step.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    """What is not there does not hold: no `when` means always, no `maximum` means none of its own."""
    plain = {
        "when": question.when,
        "valid": question.valid,
        "unit": question.unit,
        "types": list(question.types) or None,
        "maxMb": question.max_mb,
        "minimum": question.minimum,
        "maximum": question.maximum,
        "basis": question.basis,
        "hint": to_wire(question.hint) if question.hint else None,
        "choices": [_choice(choice) for choice in question.choices] or None,
        "columns": [_question(column) for column in question.columns] or None,
        "shows": question.shows,
        "text": to_wire(question.text) if question.text else None,
        "must": to_wire(question.must) if question.must else None,
    }
    return {
        "id": question.id,
        "kind": question.kind.value,
        "label": to_wire(question.label),
        "required": question.asks and not question.optional,
        **{name: value for name, value in plain.items() if value is not None},
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {"value": choice.value, "label": to_wire(choice.label)}
