"""The public API for files: each is sent before the form, under the key with which that will be handed in."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields
from werkzeug.exceptions import RequestEntityTooLarge

from services.forms.actions.uploading import UnknownQuestionError, add_file_by_key
from services.forms.domain.faults import WrongAnswerError
from services.forms.web.counter import at_most, means, now, public
from services.forms.web.incoming import make_room
from services.forms.web.programs import given_key, key_hash, product_of
from services.forms.web.uploads import upload_of
from shared.api import Operation, answer, describes
from shared.events import Words
from shared.problems import ProblemError, WrongField, problem_of


class UploadSchema(Schema):
    """A file and the question that it answers."""

    question = fields.String(required=True)
    file = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


class FileSchema(Schema):
    """A file that was taken in; its `id` goes into the answer. Without a form it is deleted within two days."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    type = fields.String(required=True)
    bytes = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    scan = fields.String(required=True)


def open_file_api(app: Flask) -> None:
    """Add this door."""
    app.add_url_rule("/api/v1/forms/<form_id>/files", "send_file", send_file, methods=["POST"])


@public
@at_most("120/minute")
@describes(
    Operation(
        summary="Send a file before the form; it goes with the submission that has the same key",
        body=UploadSchema,
        media="multipart/form-data",
        returns=FileSchema,
        status=201,
        problems=(400, 404, 413, 415, 422, 429),
        headers={"Idempotency-Key": "the key with which the form will be handed in"},
    )
)
def send_file(form_id: str) -> ResponseReturnValue:
    """Take in a file: scanned, made safe, and kept for the form that comes with the same key."""
    product, key = product_of(form_id), given_key()
    if request.mimetype != "multipart/form-data":
        raise ProblemError(415, title=_MULTIPART)
    make_room(product.questions)
    try:
        stored, question_id = request.files.get("file"), request.form.get("question", "")
    except RequestEntityTooLarge:
        raise problem_of(413) from None
    if stored is None:
        raise _wrong("file", _NO_FILE)
    try:
        file = add_file_by_key(
            product,
            question_id=question_id,
            upload=upload_of(stored),
            key_hash=key_hash(key),
            means=means(),
            now=now(),
        )
    except UnknownQuestionError:
        raise _wrong("question", _NO_QUESTION) from None
    except WrongAnswerError as wrong:
        raise _wrong("file", wrong.faults[0].text) from None
    return answer({**file.answer, "scan": file.scan.value}, status=201)


_MULTIPART = Words(nl="Stuur multipart/form-data.", en="Send multipart/form-data.")
_NO_FILE = Words(nl="Stuur het bestand mee als ‘file’.", en="Send the file along as ‘file’.")
_NO_QUESTION = Words(
    nl="Deze vraag kennen wij niet, of zij vraagt geen bestand.",
    en="We do not know this question, or it asks for no file.",
)


def _wrong(name: str, reason: Words) -> ProblemError:
    return ProblemError(422, title=problem_of(422).title, errors=[WrongField(name=name, reason=reason)])
