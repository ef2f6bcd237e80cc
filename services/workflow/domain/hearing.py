"""Hearing the applicant before an application is turned down, or why that was not needed (Awb 4:7 to 4:12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from services.workflow.domain.fault import Fault
from shared.events import Nature, Reason, Words

Hearing = Literal[
    "heard",
    "own_facts",
    "urgent",
    "money",
    "met_in_full",
    "waived",
    "no_reply",
    "plainly_unfounded",
    "plainly_inadmissible",
]

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

ON_OBJECTION: Final[Mapping[Hearing, Words]] = {
    "heard": Words(nl="Ja, er was een hoorzitting (Awb 7:2)", en="Yes, there was a hearing (Awb 7:2)"),
    "waived": Words(
        nl="Nee: wie bezwaar maakt, wil dat niet (Awb 7:3 onder c)",
        en="No: who objects does not want it (Awb 7:3 onder c)",
    ),
    "no_reply": Words(
        nl="Nee: wij kregen op onze vraag geen antwoord op tijd (Awb 7:3 onder d)",
        en="No: our question was not answered in time (Awb 7:3 onder d)",
    ),
    "met_in_full": Words(
        nl="Nee: het bezwaar krijgt helemaal gelijk en niemand heeft daar last van (Awb 7:3 onder e)",
        en="No: the objection is met in full and harms nobody (Awb 7:3 onder e)",
    ),
    "plainly_unfounded": Words(
        nl="Nee: het bezwaar is duidelijk ongegrond (Awb 7:3 onder b)",
        en="No: the objection is plainly unfounded (Awb 7:3 onder b)",
    ),
    "plainly_inadmissible": Words(
        nl="Nee: het bezwaar is duidelijk niet-ontvankelijk (Awb 7:3 onder a)",
        en="No: the objection is plainly inadmissible (Awb 7:3 onder a)",
    ),
}
"""Who objects is heard before every decision on it, but for these grounds (Awb 7:2 and 7:3, from memory)."""

ALL_HEARINGS: Final[Mapping[Hearing, Words]] = {**HEARINGS, **ON_OBJECTION}


def hearings_for(nature: Nature) -> Mapping[Hearing, Words]:
    """Give what can be chosen: for an objection other grounds count than for an application."""
    return ON_OBJECTION if nature is Nature.OBJECTION else HEARINGS


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


def faults_in_objection_hearing(hearing: Hearing | None, *, note: str) -> Iterator[Fault]:
    """Say what is missing about the hearing in an objection: how it was done, or the ground not to, with its reason."""
    if hearing not in ON_OBJECTION:
        yield Fault("hearing", Words(nl="Kies of er een hoorzitting was.", en="Choose whether there was a hearing."))
    elif not note.strip():
        words = Words(
            nl="Schrijf op wat er op de hoorzitting is gezegd, of waarom die er niet was.",
            en="Write what was said at the hearing, or why there was none.",
        )
        yield Fault("hearing_note", words)


def objection_hearing_reason(hearing: Hearing | None, *, note: str) -> Reason:
    """Tell in the letter what came of the hearing, or why there was none (Awb 7:3, 7:7 and 7:12 lid 1)."""
    if hearing == PARTY_HEARD:
        return Reason(text=f"Wij hebben u gehoord. {note.strip()}", source="Awb 7:2")
    return Reason(text=f"Er was geen hoorzitting. {note.strip()}", source="Awb 7:3")


def heard_reason(note: str) -> Reason:
    """Tell in the letter that the applicant was heard and what was done with it (Awb 3:46, 4:7)."""
    return Reason(text=f"Wij vroegen u eerst om een reactie. {note.strip()}", source="Awb 4:7")
