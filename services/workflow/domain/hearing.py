"""Hearing the applicant before an application is turned down, or why that was not needed (Awb 4:7 to 4:12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from services.workflow.domain.fault import Fault
from shared.events import Reason, Words

Hearing = Literal["heard", "own_facts", "urgent", "money"]

PARTY_HEARD: Final = "heard"

HEARINGS: Final[Mapping[Hearing, Words]] = {
    "heard": Words(
        nl="Ja, de aanvrager gaf een reactie of kreeg daarvoor de tijd (Awb 4:7)",
        en="Yes, the applicant reacted or had the time to (Awb 4:7)",
    ),
    "own_facts": Words(
        nl="Niet nodig: wij gaan uit van wat de aanvrager zelf opgaf (Awb 4:7 lid 1)",
        en="Not needed: we rely on what the applicant stated (Awb 4:7 lid 1)",
    ),
    "urgent": Words(nl="Niet gedaan: er is te veel haast (Awb 4:11)", en="Not done: too urgent (Awb 4:11)"),
    "money": Words(
        nl="Niet gedaan: het gaat om geld en bezwaar herstelt het (Awb 4:12)",
        en="Not done: it is about money and an objection mends it (Awb 4:12)",
    ),
}
"""How it was done, or on what ground it was not."""


def faults_in_hearing(hearing: Hearing | None, *, note: str) -> Iterator[Fault]:
    """Say what is missing: an answer, and with it what was said or why nobody was heard.

    That the decision rests on what the applicant stated speaks for itself.
    """
    if hearing is None:
        yield Fault("hearing", Words(nl="Kies of u de aanvrager hoorde.", en="Choose whether the applicant was heard."))
    elif hearing != "own_facts" and not note.strip():
        words = Words(
            nl="Schrijf op wanneer u hoorde en wat u ermee doet, of waarom niet.",
            en="Write when you heard the applicant and what you do with it, or why you did not.",
        )
        yield Fault("hearing_note", words)


def heard_reason(note: str) -> Reason:
    """Tell in the letter that the applicant was heard and what was done with it (Awb 3:46, 4:7)."""
    return Reason(text=f"Wij vroegen u eerst om een reactie. {note.strip()}", source="Awb 4:7")
