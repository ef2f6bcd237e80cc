"""Nothing that was told in a talk is typed again in the application."""

from __future__ import annotations

from typing import Any

from services.forms.domain.onward import carry_onward
from tests.products import CATALOGUE

TALK = CATALOGUE.product("starten-voor-de-start")
WHO: dict[str, Any] = {
    "applicant_kind": "person",
    "name": "Noor de Vries",
    "email": "noor@example.org",
    "phone": "+31612345678",
}


def carried(into: str, **answers: Any) -> dict[str, Any]:
    """What stands in the form of this product, that was told with who applies."""
    return dict(carry_onward({**WHO, **answers}, talk=TALK, into=CATALOGUE.product(into)))


def test_who_where_and_when_come_along_to_an_event() -> None:
    told = {
        "plan_kind": "event",
        "visitors": 400,
        "music": "amplified",
        "place": {"words": "Het Eemplein"},
        "dates": {"first": "2027-05-01", "last": "2027-05-02"},
    }
    kept = carried("evenement", **told)
    assert {name: kept[name] for name in (*WHO, "visitors", "music", "place", "dates")} == {
        **WHO,
        **{name: value for name, value in told.items() if name != "plan_kind"},
    }


def test_what_the_rules_carry_and_what_plays_the_same_part_find_their_question() -> None:
    address = {"postcode": "3811 LX", "number": "14", "street": "Voorbeeldstraat", "town": "Amersfoort"}
    kept = carried("objecten", plan_kind="object", at_address=address, starts="2027-05-01", ends="2027-05-04")
    assert (kept["place"], kept["starts"], kept["ends"]) == (address, "2027-05-01", "2027-05-04")
    driveway = carried("uitrit", plan_kind="driveway", at_address=address, description="Voor mijn auto")
    assert (driveway["place"], driveway["reason"]) == (address, "Voor mijn auto")


def test_two_days_become_the_period_that_an_event_asks() -> None:
    kept = carried("evenement", plan_kind="other", starts="2027-05-01", ends="2027-05-04")
    assert kept["dates"] == {"first": "2027-05-01", "last": "2027-05-04"}
