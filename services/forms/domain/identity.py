"""Who signed in, how surely, and whether that is enough for a product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from shared.catalogue.definitions import CompanyLevel, PersonLevel, SignIn

IdentityKind = Literal["person", "company"]

_SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
_ETOEGANG = "urn:etoegang:core:assurance-class:"
ASSURANCE: Final[Mapping[str, tuple[IdentityKind, str]]] = {
    f"{_SAML}MobileTwoFactorContract": ("person", "midden"),
    f"{_SAML}Smartcard": ("person", "substantieel"),
    f"{_SAML}SmartcardPKI": ("person", "hoog"),
    f"{_ETOEGANG}loa2plus": ("company", "eh2plus"),
    f"{_ETOEGANG}loa3": ("company", "eh3"),
    f"{_ETOEGANG}loa4": ("company", "eh4"),
}
"""What the provider's `acr` means: DigiD and eHerkenning, from the lowest level that counts to the highest."""

_RANK = {level: rank for rank, (_, level) in enumerate(ASSURANCE.values())}


class UnfitIdentityError(Exception):
    """The provider's claims name no level that counts, or no number of a person or company."""


class SignInFirstError(Exception):
    """This form asks to be signed in, at a level that the visitor does not have (any more)."""

    def __init__(self, product: str) -> None:
        super().__init__(product)
        self.product = product


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Somebody who signed in: a person by citizen service number or a company by KvK number.

    `mark` knows them again where the number may not stand: a keyed hash of it.
    """

    kind: IdentityKind
    number: str = field(repr=False)
    mark: bytes = field(repr=False)
    level: str
    name: str
    branch: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way to sign in, with the lowest level that is enough."""

    kind: IdentityKind
    level: str

    @property
    def acr(self) -> str:
        """What to ask the provider for."""
        return next(acr for acr, meant in ASSURANCE.items() if meant == (self.kind, self.level))


ANY_WAY: Final = (Way(kind="person", level="midden"), Way(kind="company", level="eh2plus"))
"""How one signs in where no product asks for more."""


def ways_of(sign_in: SignIn) -> tuple[Way, ...]:
    """How one signs in for a product; empty when it asks no more than an e-mail address."""
    person = () if sign_in.person is PersonLevel.NONE else (Way(kind="person", level=sign_in.person.value),)
    company = () if sign_in.company is CompanyLevel.NONE else (Way(kind="company", level=sign_in.company.value),)
    return (*person, *company)


def is_enough(identity: Identity | None, *, ways: tuple[Way, ...]) -> bool:
    """Whether who signed in (None: nobody) did so in one of these ways, or more surely; no ways let everybody in."""
    if not ways:
        return True
    return identity is not None and any(
        way.kind == identity.kind and _RANK[identity.level] >= _RANK[way.level] for way in ways
    )


def level_of(claims: Mapping[str, Any]) -> tuple[IdentityKind, str]:
    """What the provider vouches for.

    Raises:
        UnfitIdentityError: nothing, or a level that does not count.
    """
    meant = ASSURANCE.get(str(claims.get("acr", "")))
    if meant is None:
        raise UnfitIdentityError
    return meant
