"""Why a file is refused; `code` is how the program ends, and what its caller goes by."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 it is a verdict, no failure
    """The file is refused."""

    code = 10
    why = "malformed"


class UnreadableError(Refusal):
    """The file is damaged: it does not open."""


class UnwantedError(Refusal):
    """The content is none of the types asked for, whatever its name says."""

    code = 11
    why = "type"


class ProtectedError(Refusal):
    """The file asks for a password."""

    code = 12
    why = "protected"


class HarmfulError(Refusal):
    """The file holds what can do harm, and cannot do without it."""

    code = 13
    why = "harmful"


REASONS = {each.code: each.why for each in (UnreadableError, UnwantedError, ProtectedError, HarmfulError)}
"""Exit code -> reason."""
