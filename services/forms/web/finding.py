"""Finds the case behind a status link, for whoever may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort

from services.forms.bill_store import find_bill
from services.forms.domain.cosigning import Cosigning
from services.forms.domain.later import LATER, LONGEST_WORDS
from services.forms.domain.payments import Bill, pays_online
from services.forms.file_store import FileShelf
from services.forms.queries import Submitted, find_known, find_submitted
from services.forms.web.counter import may_see, means, or_gone, reading
from services.forms.web.file_fields import listed, one_file
from shared.catalogue.definitions import Question
from shared.crypto import token_hash


def find_case(token: str) -> Submitted:
    """The submission behind a status link.

    Raises:
        LinkGoneError: there is none, or none any more.
    """
    with reading() as connection:
        found = find_submitted(connection, status_hash=token_hash(token), keyring=means().keyring)
    return or_gone(found, page="status-gone")


def find_own_case(token: str) -> Submitted:
    """The submission, for a browser that may see it; for any other it does not exist, and is not looked for.

    Reading a case that exists takes longer than finding none: that would tell whoever guesses.
    """
    return find_case(token) if may_see(token) else abort(404)


def list_sent_files(submitted: Submitted, *, token: str) -> Sequence[Mapping[str, Any]]:
    """The files that went with the form and those that came later, with when, as its pages list them."""
    with reading() as connection:
        files = FileShelf(connection).of_form(submitted.reference)
    return [
        {**listed(file, below=f"/status/{token}/"), "later": file.at if file.question == LATER.id else None}
        for file in files
    ]


def later_field() -> Mapping[str, Any]:
    """The field in which a file is added after sending."""
    return field_for(LATER)


def field_for(asked: Question) -> Mapping[str, Any]:
    """The field in which one file is added outside a form, with a word about it."""
    return {**one_file(asked), "longest": LONGEST_WORDS}


def find_cosign(submitted: Submitted) -> Cosigning | None:
    """What came of the second signature, where the form asks one."""
    product = means().products.version(submitted.product, version=submitted.version)
    if product.cosign is None:
        return None
    with reading() as connection:
        return find_known(connection, reference=submitted.reference).afterwards.cosign


def find_own_bill(submitted: Submitted) -> Bill | None:
    """What is to be paid on a payment page for this form; None when nothing is."""
    product = means().products.version(submitted.product, version=submitted.version)
    if means().provider is None or not pays_online(product, cents=submitted.fee_cents):
        return None
    with reading() as connection:
        return find_bill(connection, reference=submitted.reference)
