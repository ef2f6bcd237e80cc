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


class HugeError(Refusal):
    """The picture unfolds to more points than can stand in memory."""

    code = 14
    why = "huge"


class PhonePhotoError(Refusal):
    """It is a photo as a telephone keeps it (HEIC), which not every program opens."""

    code = 15
    why = "heic"


_ALL = (UnreadableError, UnwantedError, ProtectedError, HarmfulError, HugeError, PhonePhotoError)
REASONS = {each.code: each.why for each in _ALL}
"""Exit code -> reason."""
