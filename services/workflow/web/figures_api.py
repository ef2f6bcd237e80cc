"""Throughput figures for other systems: the same numbers as on the page, with a staff token."""

from __future__ import annotations

from typing import Final

from flask import Blueprint
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields

from services.workflow.web.office import reading
from services.workflow.web.throughput import board_here
from shared.access import Permission, allows
from shared.api import Operation, answer, describes

api = Blueprint("figures_api", __name__, url_prefix="/api/v1")

_QUERY: Final = {
    "soort": "The id of a product.",
    "team": "The id of a team.",
    "kanaal": "web, api, desk, phone, post or other.",
    "periode": "3m, 6m or 12m (months with this one), or a year.",
    "per": "product, team, channel or month: what the groups are.",
}


class AskedSchema(Schema):
    """What the figures are of; "" for every product, team or channel."""

    product = fields.String(required=True)
    team = fields.String(required=True)
    channel = fields.String(required=True)
    since = fields.Date(required=True)
    until = fields.Date(required=True)


class FigureSchema(Schema):
    """One figure: the part of the page, the group in it, the measure and its value."""

    part = fields.String(required=True)
    group = fields.String(required=True)
    measure = fields.String(required=True)
    value = fields.Float(required=True)


class FiguresSchema(Schema):
    """Throughput figures; groups of fewer than five decisions or cases are left out."""

    asked = fields.Nested(AskedSchema, required=True)
    figures = fields.List(fields.Nested(FigureSchema), required=True)


@api.get("/figures/throughput")
@describes(
    Operation(
        summary="How long cases take, by product, team, channel or month",
        returns=FiguresSchema,
        query=_QUERY,
        problems=(401, 403),
    )
)
@allows(Permission.SEE_FIGURES)
def throughput() -> ResponseReturnValue:
    with reading() as connection:
        return answer(board_here(connection).as_data())
