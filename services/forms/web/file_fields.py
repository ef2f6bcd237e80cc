"""The files of a question on its page: what was added, what was refused, and what can be used again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.forms.domain.files import StoredFile, accepted, most_files, types_text
from services.forms.domain.pages import Form
from services.forms.domain.showing import show_size
from services.forms.web.counter import said
from shared.catalogue.definitions import Question
from shared.events import Words


@dataclass(frozen=True, kw_only=True)
class FileList:
    """The files of a question: those added, those that the scanner refused later, and those of elsewhere in the form.

    Each has an id, title, size, scan, and an href while it may be opened. `accept` is what the browser offers.
    """

    accept: str
    most: int
    uploaded: Sequence[Mapping[str, str]]
    refused: Sequence[Mapping[str, str]]
    reusable: Sequence[Mapping[str, str]]


def file_list(question: Question, *, form: Form) -> FileList:
    """The files of this draft as the page of a step shows them."""
    known = {str(file.id): file for file in form.files}
    answered = form.draft.answers.get(question.id) or ()
    return FileList(
        accept=accepted(question),
        most=most_files(question),
        uploaded=[listed(known[one["id"]]) for one in answered if one["id"] in known],
        refused=[listed(file) for file in form.files if file.refused and file.question == question.id],
        reusable=[listed(file) for file in form.reusable(question)],
    )


def one_file(question: Question) -> dict[str, str]:
    """The field in which one file is chosen, outside the pages of a form."""
    return {
        "name": question.id,
        "label": said(question.label),
        "hint": with_limits(said(question.hint) if question.hint else "", question=question),
        "accept": accepted(question),
    }


def listed(file: StoredFile, *, below: str = "") -> Mapping[str, str]:
    """A file as a page lists it, with its address below that of the page; without one while it may not be opened."""
    return {
        "id": str(file.id),
        "title": file.name,
        "size": said(show_size(file.bytes)),
        "scan": file.scan.value,
        "href": f"{below}bestand/{file.id}" if file.opens else "",
    }


def with_limits(hint: str, *, question: Question) -> str:
    """A hint with what the question takes behind it, as sentences."""
    stop = "." if hint and hint[-1] not in ".?!" else ""
    return f"{hint}{stop} {limits(question)}".strip()


def limits(question: Question) -> str:
    """What a question takes: how many files, of which types, how large."""
    types, size = types_text(question), question.max_mb
    most = most_files(question)
    if most == 1:
        return said(Words(nl=f"Eén bestand: {types.nl}, tot {size} MB.", en=f"One file: {types.en}, up to {size} MB."))
    return said(
        Words(
            nl=f"Hooguit {most} bestanden: {types.nl}, elk tot {size} MB.",
            en=f"At most {most} files: {types.en}, each up to {size} MB.",
        )
    )
