"""What can be wrong with a file, each in words of its own that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.forms.domain.faults import Fault, fault
from services.forms.domain.files import StoredFile, shown_name, types_text
from shared.catalogue.definitions import Kind, Question
from shared.events import Words

_KEYS = {"infected": "unsafe", "harmful": "unsafe", "huge": "size"}
"""Reason -> the key under which a product may say it better."""

_TEXTS = {
    "type": (
        "‘{name}’ is geen {types}. Kies een ander bestand",
        "‘{name}’ is not {types}. Choose another file",
    ),
    "size": (
        "‘{name}’ is groter dan {most} MB. Maak het kleiner of kies een ander bestand",
        "‘{name}’ is larger than {most} MB. Make it smaller or choose another file",
    ),
    "empty": (
        "‘{name}’ is leeg. Kies een ander bestand",
        "‘{name}’ is empty. Choose another file",
    ),
    "infected": (
        "‘{name}’ is niet veilig: er zit een virus in. Kies een ander bestand",
        "‘{name}’ is not safe: it carries a virus. Choose another file",
    ),
    "harmful": (
        "‘{name}’ is niet veilig: er zit iets in dat vanzelf kan starten. Maak er een gewone pdf van",
        "‘{name}’ is not safe: something in it can start by itself. Make a plain pdf of it",
    ),
    "huge": (
        "‘{name}’ heeft te veel beeldpunten. Maak de foto kleiner en voeg die opnieuw toe",
        "‘{name}’ has too many pixels. Make the picture smaller and add it again",
    ),
    "heic": (
        "‘{name}’ is een foto van het type HEIC. Bewaar de foto als {types} en voeg die toe",
        "‘{name}’ is a photo of the type HEIC. Save it as {types} and add that",
    ),
    "protected": (
        "‘{name}’ heeft een wachtwoord. Haal dat weg en voeg het bestand opnieuw toe",
        "‘{name}’ has a password. Take that off and add the file again",
    ),
    "malformed": (
        "Wij kunnen ‘{name}’ niet openen: het is beschadigd. Bewaar het opnieuw of kies een ander bestand",
        "We cannot open ‘{name}’: it is damaged. Save it again or choose another file",
    ),
    "failed": (
        "Het lukte niet om ‘{name}’ te bewaren. Probeer het nog een keer",
        "We could not keep ‘{name}’. Try again",
    ),
}


def file_fault(question: Question, *, reason: str, name: str) -> Fault:
    """The fault of this file, with its name; in the question's own words where it has them.

    `reason`: type, size, empty, infected, harmful, huge, heic, protected, malformed or failed.
    """
    own = question.errors.get(_KEYS.get(reason, reason))
    shown, types = shown_name(name), types_text(question)
    if own:
        return Fault(name=question.id, text=Words(nl=f"‘{shown}’: {own.nl}", en=f"‘{shown}’: {own.en}"))
    nl, en = _TEXTS[reason]
    most = question.max_mb
    text = Words(
        nl=nl.format(name=shown, types=types.nl, most=most), en=en.format(name=shown, types=types.en, most=most)
    )
    return Fault(name=question.id, text=text)


def fill_in_files(
    questions: Iterable[Question], *, answers: Mapping[str, Any], sent: Sequence[StoredFile]
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """The answers with all that is known of their files, and the faults of files that nobody sent for that question."""
    known = {(file.question, str(file.id)): file for file in sent}
    whole, faults = dict(answers), []
    for question in questions:
        if question.kind is not Kind.FILE or question.id not in answers:
            continue
        files = [known.get((question.id, one["id"])) for one in answers[question.id]]
        whole[question.id] = [file.answer for file in files if file]
        if not all(files):
            faults.append(fault(question, code="malformed"))
        faults += [file_fault(question, reason="infected", name=file.name) for file in files if file and file.refused]
    return whole, tuple(faults)


def too_many(question: Question) -> Fault:
    """The question has as many files as it takes."""
    return fault(question, code="too_high")


def too_large_together(question: Question) -> Fault:
    """So much came at once that nothing of it was read."""
    text = Words(
        nl="Uw bestanden zijn samen te groot. Voeg ze één voor één toe",
        en="Your files are too large together. Add them one by one",
    )
    return Fault(name=question.id, text=text)


def together(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """One fault a question, with the words of all its files."""
    texts: dict[str, list[Words]] = {}
    for one in faults:
        texts.setdefault(one.name, []).append(one.text)
    return tuple(
        Fault(name=name, text=Words(nl=". ".join(each.nl for each in said), en=". ".join(each.en for each in said)))
        for name, said in texts.items()
    )
