"""What stands on the timeline of a case, by subject, so that one subject can be looked at alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ALL: Final = "alles"

_OF_CLOCK: Final = "term_"

SUBJECTS: Final[Mapping[str, frozenset[str]]] = {
    "brieven": frozenset(
        {
            "sent",
            "asked",
            "answered",
            "part_answered",
            "reminded",
            "expiry_told",
            "given_up",
            "permit_withdrawn",
            "conditions_added",
            "withdrawal_prepared",
            "renewed",
            "file_added",
            "file_added_too_late",
            "advice_file",
            "advice_file_too_late",
            "marked",
            "advice_asked",
            "advice_given",
            "advice_resent",
            "advice_reminded",
            "invited_on",
            "notice_published",
            "notice_taken_down",
            "view_given",
            "view_given_late",
            "view_weighed",
        }
    ),
    "termijn": frozenset(
        {"received", "asked", "answered", "lapsed", "cosign_lapsed", "escalated", "withdrawn", "decided"}
    ),
    "mensen": frozenset(
        {
            "claimed",
            "assigned",
            "released",
            "routed",
            "placed",
            "escalated",
            "cosigned",
            "not_cosigned",
            "cosign_elsewhere",
        }
    ),
    "taken": frozenset({"task_done", "task_skipped", "task_reopened"}),
    "notities": frozenset({"note"}),
}
"""The word in the address of the page, and the kinds of lines that it shows; what is of none stands among all."""


def is_about(kind: str, *, subject: str) -> bool:
    """Whether a line of this kind is shown when this subject is asked for."""
    if subject == ALL:
        return True
    return kind in SUBJECTS[subject] or (subject == "termijn" and kind.startswith(_OF_CLOCK))
