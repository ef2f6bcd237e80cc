"""Stands in for the registers of persons and companies, with invented ones, in the shapes of their real APIs.

Haal Centraal BRP Personen bevragen 2 (`POST /brp/personen`) and KvK Basisprofiel 1 (`GET /kvk/basisprofielen/…`).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, request

from dev.pages import ProductionError, make_pages, serve_pages
from shared.settings import read

PERSONS: Mapping[str, Mapping[str, Any]] = {
    "999970100": {
        "naam": {"volledigeNaam": "Noor de Vries"},
        "geboorte": {"datum": {"type": "Datum", "datum": "1988-04-12", "langFormaat": "12 april 1988"}},
        "verblijfplaats": {
            "type": "Adres",
            "verblijfadres": {
                "korteStraatnaam": "Voorbeeldstraat",
                "huisnummer": 14,
                "postcode": "3811LX",
                "woonplaats": "Amersfoort",
            },
        },
    },
    "999970409": {
        "naam": {"volledigeNaam": "Joris Bakker"},
        "geboorte": {"datum": {"type": "Datum", "datum": "1959-11-02", "langFormaat": "2 november 1959"}},
        "verblijfplaats": {"type": "Adres", "verblijfadres": {}},
    },
    "999990676": {
        "naam": {"volledigeNaam": "Fatima el Amrani"},
        "geboorte": {"datum": {"type": "Datum", "datum": "1994-07-30", "langFormaat": "30 juli 1994"}},
        "verblijfplaats": {
            "type": "Adres",
            "verblijfadres": {
                "korteStraatnaam": "Proefweg",
                "huisnummer": 3,
                "huisletter": "B",
                "postcode": "3511AB",
                "woonplaats": "Utrecht",
            },
        },
    },
}
"""By citizen service number, all of them test numbers; Joris's address is kept secret."""

COMPANIES: Mapping[str, Mapping[str, Any]] = {
    "68750110": {
        "kvkNummer": "68750110",
        "naam": "Bouwbedrijf De Steiger",
        "_embedded": {
            "hoofdvestiging": {
                "vestigingsnummer": "000037178598",
                "adressen": [
                    {
                        "type": "bezoekadres",
                        "straatnaam": "Nijverheidsweg",
                        "huisnummer": 8,
                        "postcode": "3812PA",
                        "plaats": "Amersfoort",
                    }
                ],
            }
        },
    }
}
"""By KvK number."""


@dataclass(frozen=True, kw_only=True)
class RegisterSettings:
    """Where the registers listen."""

    bind: str
    environment: str = "development"


def make_registers(*, environment: str) -> Flask:
    """The two registers."""
    pages = make_pages("registers", environment=environment)

    @pages.post("/brp/personen")
    def persons() -> dict[str, Any] | tuple[dict[str, Any], int]:
        asked = request.get_json()
        if asked.get("type") != "RaadpleegMetBurgerservicenummer":
            return {"title": "Een of meerdere parameters zijn niet correct.", "status": 400}, 400
        found = [PERSONS[number] for number in asked["burgerservicenummer"] if number in PERSONS]
        return {"type": asked["type"], "personen": found}

    @pages.get("/kvk/basisprofielen/<number>")
    def companies(number: str) -> Mapping[str, Any] | tuple[dict[str, Any], int]:
        return COMPANIES.get(number) or ({"fout": [{"code": "IPD0005", "omschrijving": "Bestaat niet."}]}, 404)

    return pages


def main() -> None:
    """Serve until ended."""
    settings = read(RegisterSettings)
    try:
        pages = make_registers(environment=settings.environment)
    except ProductionError as error:
        sys.exit(str(error))
    serve_pages(pages, bind=settings.bind)


if __name__ == "__main__":
    main()
