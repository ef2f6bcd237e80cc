"""Open data: figures by product and year as CSV, described with DCAT (https://www.w3.org/TR/vocab-dcat-3/)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, Final

from flask import Flask, Response, abort, jsonify, render_template
from flask.typing import ResponseReturnValue

from services.forms.open_figures import YearFigures, open_figures_of
from services.forms.web.counter import counter, public, reading
from services.forms.web.openness import public_products
from shared.catalogue.definitions import Product
from shared.events import Words

COLUMNS: Final = ("product", "year", "asked", "decided", "median_days", "days_85_percent", "mark", "marks")
_EU: Final = "http://publications.europa.eu/resource/authority"
_LICENCE: Final = "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"
"""CC0: public bodies set no conditions on their data (Wet hergebruik van overheidsinformatie, art. 6)."""
_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ABOUT: Final = Words(
    nl="Per jaar: hoeveel mensen iets vroegen, hoe lang het duurde en welk cijfer zij gaven.",
    en="By year: how many people asked, how long it took and which mark they gave.",
)
_CATALOGUE: Final = Words(nl="Formulieren en vergunningen in cijfers", en="Forms and permits in figures")


def open_open_data(app: Flask) -> None:
    """Add these doors."""
    app.add_url_rule("/open-data", "open_data", show)
    app.add_url_rule("/open-data/catalogus.jsonld", "open_catalogue", catalogue)
    app.add_url_rule("/open-data/<product_id>.csv", "open_csv", take)


@public
def show() -> ResponseReturnValue:
    """Say what there is, what the columns mean and what one may do with it."""
    return render_template("forms/open-data.html", products=_open(), licence=_LICENCE)


@public
def take(product_id: str) -> ResponseReturnValue:
    """Give the figures of one product."""
    if product_id not in {product.id for product in _open()}:
        abort(404)
    with reading() as connection:
        figures = open_figures_of(connection, products=[product_id])
    disposition = f'attachment; filename="{product_id}.csv"'
    return Response(_csv(figures), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


@public
def catalogue() -> ResponseReturnValue:
    """Describe the data as DCAT-AP in JSON-LD, for whoever gathers open data."""
    products = _open()
    with reading() as connection:
        figures = open_figures_of(connection, products=[product.id for product in products])
    modified = {one.product: one.counted_on.isoformat() for one in figures}
    answer = jsonify(
        {
            "@context": _CONTEXT,
            "@id": _at("/open-data"),
            "@type": "dcat:Catalog",
            "dct:title": _said(_CATALOGUE),
            "dct:description": _said(_ABOUT),
            "dct:publisher": _publisher(),
            "dct:language": {"@id": f"{_EU}/language/NLD"},
            "foaf:homepage": {"@id": _at("/open-data")},
            "dcat:dataset": [_dataset(product, modified=modified.get(product.id)) for product in products],
        }
    )
    answer.content_type = "application/ld+json"
    return answer


def _dataset(product: Product, *, modified: str | None) -> dict[str, Any]:
    page, table = _at(f"/openbaar/{product.id}"), _at(f"/open-data/{product.id}.csv")
    described = {
        "@id": f"{page}#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{page}#dataset",
        "dct:title": _said(product.title),
        "dct:description": _said(_ABOUT),
        "dct:publisher": _publisher(),
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": counter().municipality.name,
            "vcard:hasEmail": {"@id": f"mailto:{counter().municipality.email}"},
        },
        "dcat:theme": {"@id": f"{_EU}/data-theme/GOVE"},
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/DAILY"},
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": {
            "@id": table,
            "@type": "dcat:Distribution",
            "dct:title": "CSV",
            "dcat:accessURL": {"@id": page},
            "dcat:downloadURL": {"@id": table},
            "dct:format": {"@id": f"{_EU}/file-type/CSV"},
            "dcat:mediaType": {"@id": "http://www.iana.org/assignments/media-types/text/csv"},
            "dct:license": {"@id": _LICENCE},
        },
    }
    return described if modified is None else {**described, "dct:modified": {"@type": "xsd:date", "@value": modified}}


def _publisher() -> dict[str, Any]:
    house = counter().municipality
    return {"@id": house.website, "@type": "foaf:Organization", "foaf:name": house.name}


def _said(words: Words) -> list[dict[str, str]]:
    return [{"@language": "nl", "@value": words.nl}, {"@language": "en", "@value": words.en}]


def _at(path: str) -> str:
    return counter().address + path


def _open() -> Sequence[Product]:
    return sorted(public_products(), key=lambda each: each.id)


def _csv(figures: Sequence[YearFigures]) -> str:
    """As RFC 4180 has it; a cell is empty where fewer than five people are behind it."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(COLUMNS)
    for one in figures:
        counted = (one.asked, one.decided, one.median_days, one.most_days, one.mark, one.marks)
        lines.writerow((one.product, one.year, *("" if each is None else each for each in counted)))
    return written.getvalue()
