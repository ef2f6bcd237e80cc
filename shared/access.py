"""The one place that says what a person may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


class Permission(StrEnum):
    """What a door asks of whoever comes in."""

    PUBLIC = "public"
    """Anyone; what lies behind it is public or asks for its own secret."""
    SIGNED_IN = "signed_in"
    SEE_CASES = "see_cases"
    WORK_CASES = "work_cases"
    DECIDE_CASES = "decide_cases"
    ASSIGN_CASES = "assign_cases"
    GIVE_ADVICE = "give_advice"
    SEE_HEALTH = "see_health"
    """Look at answers about health; each look is recorded."""
    SEE_BSN = "see_bsn"
    """Look at citizen service numbers; each look is recorded."""
    SEE_LOOKS = "see_looks"
    """Read who looked at what, in the audit log."""
    MANAGE_RECORDS = "manage_records"
    """Hold closed cases, have them destroyed together with a colleague, and hand them over to the archive."""
    SEE_MESSAGES = "see_messages"
    """See which messages about a case were sent and how far they got, not what they say nor to which address."""
    READ_MESSAGES = "read_messages"
    """Read what a message says and to which address it went; each look is recorded."""
    RESEND_MESSAGES = "resend_messages"
    """Send a message again, to another address or by post."""
    MEND_MESSAGES = "mend_messages"
    SEND_BULK = "send_bulk"
    SERVE_DESK = "serve_desk"
    """Fill in a form for a resident who comes to the desk, calls or writes."""
    SEE_FIGURES = "see_figures"
    """Read how long things take and how indicators go: counts, of all cases."""
    KEEP_INDICATORS = "keep_indicators"
    """Enter figures and targets, agree with those of a colleague, and have years adopted."""
    ANSWER_RESIDENTS = "answer_residents"
    """Tell residents what was done with their remarks, for everybody to read."""
    TRY_RULES = "try_rules"
    """See what other rules would have meant for the applications of the past: counts, of all cases."""
    ROUTE_CASES = "route_cases"
    KEEP_ROUTES = "keep_routes"
    ADMINISTER = "administer"
    """Look after the forms, the texts of messages, and the files that the malware scanner refused."""


class Role(StrEnum):
    """What somebody is in the municipality: a group of the identity provider."""

    HANDLER = "handler"
    ADVISER = "adviser"
    LEAD = "lead"
    DECISION_MAKER = "decision-maker"
    FRONT_DESK = "front-desk"
    MANAGER = "manager"
    FUNCTIONAL_ADMINISTRATOR = "functional-administrator"
    ADMINISTRATOR = "administrator"
    RECORDS_MANAGER = "records-manager"
    AUDITOR = "auditor"


class Reach(StrEnum):
    """To which cases a permission goes: those of one's own teams and products, or all."""

    OWN = "own"
    ALL = "all"


MATRIX: Final[Mapping[Permission, Mapping[Role, Reach]]] = {
    Permission.SEE_CASES: {
        Role.HANDLER: Reach.OWN,
        Role.ADVISER: Reach.OWN,
        Role.LEAD: Reach.OWN,
        Role.DECISION_MAKER: Reach.OWN,
        Role.FRONT_DESK: Reach.ALL,
        Role.MANAGER: Reach.OWN,
        Role.RECORDS_MANAGER: Reach.ALL,
        Role.AUDITOR: Reach.ALL,
    },
    Permission.WORK_CASES: {Role.HANDLER: Reach.OWN, Role.LEAD: Reach.OWN, Role.DECISION_MAKER: Reach.OWN},
    Permission.DECIDE_CASES: {Role.HANDLER: Reach.OWN, Role.LEAD: Reach.OWN, Role.DECISION_MAKER: Reach.OWN},
    Permission.ASSIGN_CASES: {Role.LEAD: Reach.OWN},
    Permission.GIVE_ADVICE: {Role.ADVISER: Reach.OWN},
    Permission.SEE_HEALTH: {
        Role.HANDLER: Reach.OWN,
        Role.ADVISER: Reach.OWN,
        Role.LEAD: Reach.OWN,
        Role.DECISION_MAKER: Reach.OWN,
    },
    Permission.SEE_BSN: {Role.HANDLER: Reach.OWN, Role.LEAD: Reach.OWN},
    Permission.SEE_LOOKS: {Role.AUDITOR: Reach.ALL},
    Permission.MANAGE_RECORDS: {Role.RECORDS_MANAGER: Reach.ALL},
    Permission.SEE_MESSAGES: {
        Role.HANDLER: Reach.OWN,
        Role.LEAD: Reach.OWN,
        Role.DECISION_MAKER: Reach.OWN,
        Role.FRONT_DESK: Reach.ALL,
        Role.FUNCTIONAL_ADMINISTRATOR: Reach.ALL,
        Role.ADMINISTRATOR: Reach.ALL,
        Role.AUDITOR: Reach.ALL,
    },
    Permission.READ_MESSAGES: {
        Role.HANDLER: Reach.OWN,
        Role.LEAD: Reach.OWN,
        Role.DECISION_MAKER: Reach.OWN,
        Role.FRONT_DESK: Reach.ALL,
    },
    Permission.RESEND_MESSAGES: {
        Role.HANDLER: Reach.OWN,
        Role.LEAD: Reach.OWN,
        Role.FRONT_DESK: Reach.ALL,
        Role.FUNCTIONAL_ADMINISTRATOR: Reach.ALL,
    },
    Permission.MEND_MESSAGES: {Role.FUNCTIONAL_ADMINISTRATOR: Reach.ALL, Role.ADMINISTRATOR: Reach.ALL},
    Permission.SEND_BULK: {Role.FRONT_DESK: Reach.ALL, Role.FUNCTIONAL_ADMINISTRATOR: Reach.ALL},
    Permission.SEE_FIGURES: {
        Role.LEAD: Reach.ALL,
        Role.MANAGER: Reach.ALL,
        Role.FUNCTIONAL_ADMINISTRATOR: Reach.ALL,
        Role.AUDITOR: Reach.ALL,
    },
    Permission.KEEP_INDICATORS: {Role.MANAGER: Reach.ALL, Role.FUNCTIONAL_ADMINISTRATOR: Reach.ALL},
    Permission.ANSWER_RESIDENTS: {
        Role.LEAD: Reach.ALL,
        Role.MANAGER: Reach.ALL,
        Role.FUNCTIONAL_ADMINISTRATOR: Reach.ALL,
    },
    Permission.TRY_RULES: {Role.MANAGER: Reach.ALL, Role.FUNCTIONAL_ADMINISTRATOR: Reach.ALL},
    Permission.ROUTE_CASES: {Role.LEAD: Reach.ALL, Role.FUNCTIONAL_ADMINISTRATOR: Reach.ALL},
    Permission.KEEP_ROUTES: {Role.FUNCTIONAL_ADMINISTRATOR: Reach.ALL},
    Permission.ADMINISTER: {Role.FUNCTIONAL_ADMINISTRATOR: Reach.ALL},
    Permission.SERVE_DESK: {Role.FRONT_DESK: Reach.ALL},
}
"""Who may what, and where; what is not here nobody may. Shown to staff as it stands here."""

ROOMS: Final[Mapping[str, tuple[str, str, tuple[Permission, ...]]]] = {
    "cases": ("workflow", "/", (Permission.SEE_CASES, Permission.SEE_FIGURES, Permission.MEND_MESSAGES)),
    "counter": ("forms", "/balie", (Permission.SERVE_DESK,)),
    "products": ("forms", "/beheer", (Permission.ADMINISTER,)),
    "messages": ("notify", "/berichten", (Permission.SEE_MESSAGES,)),
}
"""The rooms that staff work in: the service and path of each, and what opens it, any of these."""

_TEAM: Final = "team:"
_PRODUCT: Final = "product:"
_EVERY: Final = "*"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The cases that somebody may do something to: all, or those of these teams and products.

    Its fields are also what a query takes as they are.
    """

    everything: bool = False
    teams: list[str] = field(default_factory=list)
    products: list[str] = field(default_factory=list)

    def holds(self, *, team: str, product: str) -> bool:
        """Tell whether a case of this product, that lies with this team, is one of them."""
        return self.everything or team in self.teams or product in self.products


EVERYTHING: Final = Scope(everything=True)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone who signed in; `subject` is the identity provider's lasting id.

    `groups` are those of the provider: the name of a `Role`, `team:` with a team of the municipality (`team:*`: every
    team), or `product:` with one product. Any other means nothing here.
    """

    subject: str
    name: str
    email: str
    groups: frozenset[str]

    @property
    def roles(self) -> tuple[Role, ...]:
        """What this person is, in the order of the matrix."""
        return tuple(role for role in Role if role in self.groups)

    @property
    def teams(self) -> frozenset[str]:
        """The teams this person is in."""
        return _named(self.groups, prefix=_TEAM)

    @property
    def products(self) -> frozenset[str]:
        """The products this person works for besides those of the teams."""
        return _named(self.groups, prefix=_PRODUCT)


def may(person: Person | None, *, permission: Permission) -> bool:
    """Tell whether this person (None: nobody signed in) may do this at all; `scope_of` says to which cases."""
    if permission is Permission.PUBLIC:
        return True
    if person is None:
        return False
    return permission is Permission.SIGNED_IN or _reach_of(person, permission=permission) is not None


def scope_of(person: Person, *, permission: Permission) -> Scope:
    """Give the cases to which this person may do this; none when they may not do it at all."""
    reach = _reach_of(person, permission=permission)
    if reach is None:
        return Scope()
    if reach is Reach.ALL or _EVERY in person.teams:
        return EVERYTHING
    return Scope(teams=sorted(person.teams), products=sorted(person.products))


def rooms_of(person: Person | None, *, sites: Mapping[str, str]) -> dict[str, str]:
    """Give the address of each room that this person may enter; `sites` says where the services are."""
    return {
        room: sites[service].rstrip("/") + path
        for room, (service, path, keys) in ROOMS.items()
        if sites.get(service) and any(may(person, permission=key) for key in keys)
    }


def allows(permission: Permission) -> Callable[[F], F]:
    """Declare what a door asks; a door that declares nothing keeps its service from starting."""

    def declare(view: F) -> F:
        view.balie_permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def permission_of(view: Callable[..., Any]) -> Permission | None:
    """Give what a door declared."""
    return getattr(view, "balie_permission", None)


def _reach_of(person: Person, *, permission: Permission) -> Reach | None:
    reaches = {MATRIX.get(permission, {}).get(role) for role in person.roles} - {None}
    return Reach.ALL if Reach.ALL in reaches else Reach.OWN if reaches else None


def _named(groups: frozenset[str], *, prefix: str) -> frozenset[str]:
    return frozenset(group.removeprefix(prefix) for group in groups if group.startswith(prefix))
