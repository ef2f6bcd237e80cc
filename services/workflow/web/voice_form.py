"""What staff send from the page on residents: the remarks they chose, and what they tell back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import request

from services.workflow.domain.fault import Fault
from services.workflow.voice_store import AnswerBack
from services.workflow.web.reading import read_text
from shared.events import Words
from shared.ids import new_id

LONGEST: Final = 500
_CHOOSE: Final = Words(nl="Kies een of meer opmerkingen.", en="Choose one or more remarks.")
_SAID: Final = Words(nl="Schrijf kort op wat inwoners zeiden.", en="Write in a word what residents said.")
_DONE: Final = Words(nl="Schrijf op wat u deed, of waarom niet.", en="Write what you did, or why not.")
_OUTCOME: Final = Words(nl="Kies of u er iets mee deed.", en="Choose whether you did something with it.")


def read_chosen() -> list[int]:
    """The remarks that were chosen."""
    return [int(each) for each in request.form.getlist("remark") if each.isdecimal() and len(each) < 18]


def read_answer(product: str, *, subjects: Mapping[int, str]) -> tuple[AnswerBack | None, list[Fault]]:
    """Read what is told back on remarks with these subjects, by their numbers; None with the faults in it."""
    typed: dict[str, Any] = {name: read_text(request.form, name=name).strip()[:LONGEST] for name in ("said", "done")}
    outcome = request.form.get("outcome", "")
    asked = (
        ("remark", bool(subjects), _CHOOSE),
        ("outcome", outcome in ("done", "not_done"), _OUTCOME),
        ("said", bool(typed["said"]), _SAID),
        ("done", bool(typed["done"]), _DONE),
    )
    faults = [Fault(name, words) for name, fine, words in asked if not fine]
    if faults:
        return None, faults
    about = set(subjects.values())
    subject = about.pop() if len(about) == 1 else ""
    return AnswerBack(id=new_id(), product=product, subject=subject, outcome=outcome, **typed), []
