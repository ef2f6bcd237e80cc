"""Finds the case behind a status link, for whoever may see it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort

from services.forms.queries import Submitted, files_of, find_submitted
from services.forms.web.counter import may_see, reading
from services.forms.web.file_fields import listed
from shared.crypto import token_hash


def find_case(token: str) -> Submitted:
    """The submission behind a status link; without one the page does not exist."""
    with reading() as connection:
        found = find_submitted(connection, status_hash=token_hash(token))
    return found or abort(404)


def find_own_case(token: str) -> Submitted:
    """The submission, for a browser that may see it; for any other it does not exist."""
    submitted = find_case(token)
    return submitted if may_see(token) else abort(404)


def list_sent_files(submitted: Submitted, *, token: str) -> list[Mapping[str, str]]:
    """The files that went with the form, as its pages list them."""
    with reading() as connection:
        files = files_of(connection, reference=submitted.reference)
    return [listed(file, below=f"/status/{token}/") for file in files]
