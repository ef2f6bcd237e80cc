"""What a functional administrator reads when something cannot be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from services.forms.domain.working import NoWorkingCopyError, UnfitTextError
from shared.events import Words

UNFIT: Final[Mapping[str, Words]] = {
    "product": Words(
        nl="‘{name}’ kan geen naam van een product zijn. Gebruik kleine letters, cijfers en streepjes.",
        en="‘{name}’ cannot be the name of a product. Use small letters, digits and dashes.",
    ),
    "name": Words(
        nl="Het bestand ‘{name}’ hoort niet bij een product. Een product heeft form.yaml, process.yaml en de mappen"
        " letters en cases.",
        en="The file ‘{name}’ does not belong to a product. A product has form.yaml, process.yaml and the folders"
        " letters and cases.",
    ),
    "long": Words(nl="Het bestand ‘{name}’ is te lang.", en="The file ‘{name}’ is too long."),
    "no_text": Words(
        nl="Het bestand ‘{name}’ is geen gewone tekst. Bewaar het als UTF-8.",
        en="The file ‘{name}’ is no plain text. Save it as UTF-8.",
    ),
    "many": Words(nl="Dit zijn te veel bestanden voor één product.", en="These are too many files for one product."),
    "large": Words(
        nl="Uitgepakt is deze zip te groot voor een product.", en="Unpacked this zip is too large for a product."
    ),
    "twice": Words(nl="In de zip staat een bestand dubbel.", en="The zip has a file twice."),
    "path": Words(
        nl="Het bestand ‘{name}’ wijst naar een plek buiten de map. Daarom nemen wij niets over.",
        en="The file ‘{name}’ points to a place outside the folder. So we take nothing over.",
    ),
    "link": Words(
        nl="‘{name}’ is een verwijzing en geen bestand. Zet het bestand zelf in de zip.",
        en="‘{name}’ is a link and no file. Put the file itself in the zip.",
    ),
    "locked": Words(
        nl="De zip is beveiligd met een wachtwoord. Maak een zip zonder wachtwoord.",
        en="The zip is locked with a password. Make a zip without a password.",
    ),
    "no_zip": Words(nl="Dit bestand is geen zip, of het is beschadigd.", en="This file is no zip, or it is damaged."),
    "empty": Words(nl="In deze zip staan geen bestanden.", en="There are no files in this zip."),
    "no_export": Words(
        nl="Deze zip is geen export van één formulier uit Open Formulieren.",
        en="This zip is no export of one form of Open Formulieren.",
    ),
    "none": Words(nl="Kies eerst een zip.", en="Choose a zip first."),
}


def answer_admin_refusals(app: Flask) -> None:
    """Answer a working copy that is gone: a colleague published it or threw it away."""
    app.register_error_handler(NoWorkingCopyError, _no_copy)


def unfit_words(error: UnfitTextError) -> Words:
    """Why this can be no part of a product."""
    found = UNFIT[error.code]
    return Words(nl=found.nl.format(name=error.name), en=found.en.format(name=error.name))


def _no_copy(_error: NoWorkingCopyError) -> ResponseReturnValue:
    product_id = (request.view_args or {}).get("product_id", "")
    return redirect(url_for("admin_product", product_id=product_id), code=303)
