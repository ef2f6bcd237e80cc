"""Why a message did not arrive, read from what a mail server or our own press said."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Trouble(StrEnum):
    """What went wrong, as far as it can be told."""

    NO_SUCH_ADDRESS = "no_such_address"
    NO_ADDRESS = "no_address"
    STOPPED = "stopped"
    FULL = "full"
    REFUSED = "refused"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    NO_HOME = "no_home"
    NO_PRINTER = "no_printer"
    MALWARE = "malware"
    UNSURE = "unsure"
    """The process ended while it was handed over: nobody knows whether it left."""
    OTHER = "other"


CAME_BACK: Final = "mail to this address came back before"
"""What we say ourselves of a mail that did not leave."""
_SAID: Final = re.compile(r"(?P<code>[245]\d\d)[ -]+(?P<words>.*)", re.DOTALL)
_ENHANCED: Final = re.compile(r"\b[245]\.(?P<subject>\d{1,3})\.(?P<detail>\d{1,3})\b")
_BY_STATUS: Final = {
    ("1", ""): Trouble.NO_SUCH_ADDRESS,
    ("2", "2"): Trouble.FULL,
    ("3", "4"): Trouble.REFUSED,
    ("7", ""): Trouble.REFUSED,
}
"""Enhanced status codes (RFC 3463): addressing, mailbox full, message too big, security or policy."""
_BY_CODE: Final = {
    "550": Trouble.NO_SUCH_ADDRESS,
    "551": Trouble.NO_SUCH_ADDRESS,
    "553": Trouble.NO_SUCH_ADDRESS,
    "552": Trouble.FULL,
    "452": Trouble.FULL,
    "554": Trouble.REFUSED,
}
"""Reply codes (RFC 5321, 4.2.3), where the server says no more."""
_NOBODY: Final = re.compile(r"(5\d\d[ -]+)?5\.1\.(1|2|3|6|10)(?![.\d])")
"""Codes of which each is about the addressee for good (RFC 3463, 3.2; 5.1.10: RFC 7505).

5.1.7 and 5.1.8 are about the sender, and a bare 550 is as often the policy of a relay: they prove nothing.
"""
_BY_WORDS: Final = {
    CAME_BACK: Trouble.STOPPED,
    "this is not an e-mail address": Trouble.NO_ADDRESS,
    "UnknownAddressError": Trouble.NO_HOME,
    "PRINT_FOLDER is not set": Trouble.NO_PRINTER,
}
_ERROR: Final = re.compile(r"\w*(Error|Timeout|Disconnected)\w*")
"""The name of an error of the connection, which is all that we keep of it."""


def trouble_of(outcome: str | None) -> Trouble:
    """Read what an attempt that did not succeed came to; None: nothing is known of its end."""
    if outcome is None:
        return Trouble.UNSURE
    for words, trouble in _BY_WORDS.items():
        if words in outcome:
            return trouble
    if said := _SAID.match(outcome):
        return _told_by_server(said["code"], words=said["words"])
    return Trouble.UNREACHABLE if _ERROR.match(outcome) else Trouble.OTHER


def proves_nobody(said: str, /) -> bool:
    """Tell whether a server's answer, or the status in a report, says by its code that this address has nobody."""
    return _NOBODY.match(said) is not None


def _told_by_server(code: str, *, words: str) -> Trouble:
    if status := _ENHANCED.search(words):
        for (subject, detail), trouble in _BY_STATUS.items():
            if status["subject"] == subject and detail in ("", status["detail"]):
                return trouble
    return _BY_CODE.get(code, Trouble.BUSY if code.startswith("4") else Trouble.REFUSED)
