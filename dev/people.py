"""The invented people and companies who can sign in on one machine, and at which provider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Person:
    """Somebody invented who can sign in; `role` is shown beside the button.

    `acr` is how surely a resident or company signs in (none: staff), `known` what the provider tells besides.
    """

    sub: str
    name: str
    role: str
    groups: tuple[str, ...] = ()
    acr: str = ""
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """At which provider this person signs in."""
        return "staff" if not self.acr else "eherkenning" if self.acr.startswith(ETOEGANG) else "digid"

    def claims(self) -> dict[str, Any]:
        """What a service gets to know."""
        return {
            "sub": self.sub,
            "name": self.name,
            "email": f"{self.sub}@voorbeeld.example",
            "email_verified": True,
            "groups": list(self.groups),
            **({"acr": self.acr} if self.acr else {}),
            **self.known,
        }


SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
"""Before the levels of DigiD."""

ETOEGANG = "urn:etoegang:core:assurance-class:"
"""Before the levels of eHerkenning."""

_OUTSIDE_CARE = tuple(f"team:{team}" for team in ("permits", "events", "street", "parking", "council", "information"))

PEOPLE = (
    Person("samir", "Samir Haddad", "behandelaar, alle teams behalve Zorg", ("handler", *_OUTSIDE_CARE)),
    Person("mila", "Mila Janssen", "behandelaar van Vergunningen en Zorg", ("handler", "team:permits", "team:care")),
    Person("els", "Els van Dijk", "teamleider van alle teams", ("lead", "team:*")),
    Person("daan", "Daan Mulder", "adviseur van Zorg, arts", ("adviser", "team:care")),
    Person("tom", "Tom Brouwer", "adviseur van Vergunningen, verkeer", ("adviser", "team:permits", "team:events")),
    Person("inge", "Inge Visser", "beslisser van Vergunningen", ("decision-maker", "team:permits")),
    Person("yara", "Yara Bos", "baliemedewerker", ("front-desk",)),
    Person("peter", "Peter Kok", "manager van alle teams", ("manager", "team:*")),
    Person("hanneke", "Hanneke Prins", "archiefbeheerder", ("records-manager",)),
    Person("joost", "Joost Vermeer", "archivaris", ("records-manager",)),
    Person("otto", "Otto Maas", "controleur", ("auditor",)),
    Person("bram", "Bram de Wit", "functioneel beheerder", ("administrator", "functional-administrator")),
    Person("lotte", "Lotte Smeets", "functioneel beheerder", ("functional-administrator",)),
    Person("ruud", "Ruud Smit", "mag niets zien"),
    Person(
        "noor",
        "Noor de Vries",
        "inwoner, DigiD Substantieel",
        acr=f"{SAML}Smartcard",
        known={"bsn": "999970100", "phone_number": "+31612345678"},
    ),
    Person(
        "joris",
        "Joris Bakker",
        "inwoner, DigiD Midden",
        acr=f"{SAML}MobileTwoFactorContract",
        known={"bsn": "999970409"},
    ),
    Person(
        "fatima",
        "Fatima el Amrani",
        "woont in een andere gemeente, DigiD Substantieel",
        acr=f"{SAML}Smartcard",
        known={"bsn": "999990676"},
    ),
    Person(
        "steiger",
        "Bouwbedrijf De Steiger",
        "bedrijf, eHerkenning EH3",
        acr=f"{ETOEGANG}loa3",
        known={"kvk": "68750110", "branch": "000037178598", "phone_number": "+31331234567"},
    ),
)


def kind_asked(acr_values: str) -> str:
    """Which provider a service takes us for, by the levels it asks."""
    return "eherkenning" if ETOEGANG in acr_values else "digid" if SAML in acr_values else "staff"


STANDS_FOR = {"staff": "de aanmelddienst van de gemeente", "digid": "DigiD", "eherkenning": "eHerkenning"}
