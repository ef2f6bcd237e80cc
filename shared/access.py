"""The one place that says what a person may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    SEE_HEALTH = "see_health"
    """Look at answers about health; each look is recorded."""
    SEE_BSN = "see_bsn"
    """Look at citizen service numbers; each look is recorded."""
    MEND_MESSAGES = "mend_messages"
    ADMINISTER = "administer"
    """Look after the forms, and the files that the malware scanner refused."""


_WORKS: Final = frozenset(
    {
        Permission.SEE_CASES,
        Permission.WORK_CASES,
        Permission.DECIDE_CASES,
        Permission.SEE_HEALTH,
        Permission.SEE_BSN,
    }
)
GRANTS: Final[Mapping[str, frozenset[Permission]]] = {
    "handler": _WORKS,
    "lead": _WORKS | {Permission.ASSIGN_CASES},
    "administrator": frozenset({Permission.MEND_MESSAGES}),
    "functional-administrator": frozenset({Permission.ADMINISTER, Permission.MEND_MESSAGES}),
}
"""What each group of the identity provider may do; a group that is not here may do nothing."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone who signed in; `subject` is the identity provider's lasting id, `groups` its groups."""

    subject: str
    name: str
    email: str
    groups: frozenset[str]


def may(person: Person | None, *, permission: Permission) -> bool:
    """Tell whether this person (None: nobody signed in) may do this."""
    if permission is Permission.PUBLIC:
        return True
    if person is None:
        return False
    if permission is Permission.SIGNED_IN:
        return True
    return any(permission in GRANTS.get(group, frozenset()) for group in person.groups)


def allows(permission: Permission) -> Callable[[F], F]:
    """Declare what a door asks; a door that declares nothing keeps its service from starting."""

    def declare(view: F) -> F:
        view.balie_permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def permission_of(view: Callable[..., Any]) -> Permission | None:
    """Give what a door declared."""
    return getattr(view, "balie_permission", None)
