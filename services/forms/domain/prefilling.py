"""What we know already: answers from a register or the sign-in, and whether they stayed as they came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from services.forms.domain.identity import Identity
from shared.catalogue.definitions import Prefill, Product
from shared.events import AnswerSource, Words


@dataclass(frozen=True, kw_only=True)
class Prefilled:
    """What a draft begins with. `origins` says of each such answer where it came from and what it was then.

    One whose register did not answer stands there too, without a value: the resident types it.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


SOURCES: Final[Mapping[str, Words]] = {
    "brp": Words(
        nl="Dit weten wij al, uit de Basisregistratie Personen. Klopt het niet? Verander het dan hier.",
        en="We know this already, from the Personal Records Database. Is it wrong? Then change it here.",
    ),
    "kvk": Words(
        nl="Dit weten wij al, uit het Handelsregister. Klopt het niet? Verander het dan hier.",
        en="We know this already, from the Business Register. Is it wrong? Then change it here.",
    ),
    "sign_in": Words(
        nl="Dit weten wij al, doordat u hebt ingelogd. Klopt het niet? Verander het dan hier.",
        en="We know this already, since you signed in. Is it wrong? Then change it here.",
    ),
    "away": Words(
        nl="Wij konden dit nu niet voor u opzoeken. Vul het zelf in.",
        en="We could not look this up for you now. Please fill it in yourself.",
    ),
}
"""What stands beside a question, by where its answer came from."""

_REGISTER: Final[Mapping[str, str]] = {"person": "brp", "company": "kvk"}


def begin_with(product: Product, *, who: Identity, found: Mapping[Prefill, Any] | None) -> Prefilled:
    """The answers that are known of whoever signed in; `found` is what the register says, None when it is away."""
    told = {**(found or {}), **_from_sign_in(who)}
    answers: dict[str, Any] = {}
    origins: dict[str, Mapping[str, Any]] = {}
    for question in product.questions:
        if question.prefill is None:
            continue
        value = told.get(question.prefill)
        if value is not None:
            source = "sign_in" if question.prefill in _from_sign_in(who) else _REGISTER[who.kind]
            answers[question.id] = value
            origins[question.id] = {"source": source, "value": value}
        elif found is None and question.prefill.value.startswith(f"{who.kind}."):
            origins[question.id] = {"source": "away", "value": None}
    return Prefilled(answers=answers, origins=origins)


def source_of(question_id: str, *, origins: Mapping[str, Mapping[str, Any]], answers: Mapping[str, Any]) -> str | None:
    """Where an answer comes from; "typed" once it was changed, None for a question that never came from elsewhere."""
    origin = origins.get(question_id)
    if origin is None:
        return None
    if origin["source"] == "away":
        return "away"
    return str(origin["source"]) if answers.get(question_id) == origin["value"] else "typed"


def sources_of(*, origins: Mapping[str, Mapping[str, Any]], answers: Mapping[str, Any]) -> dict[str, AnswerSource]:
    """Where each answer comes from that could have come from elsewhere."""
    found = {name: source_of(name, origins=origins, answers=answers) for name in origins if name in answers}
    return {name: source for name, source in found.items() if source}  # type: ignore[misc]


def _from_sign_in(who: Identity) -> dict[Prefill, str]:
    known = {Prefill.ACCOUNT_EMAIL: who.email, Prefill.ACCOUNT_PHONE: who.phone}
    if who.kind == "company":
        known |= {Prefill.COMPANY_KVK: who.number, Prefill.COMPANY_BRANCH: who.branch}
    else:
        known |= {Prefill.PERSON_BSN: who.number}
    return {name: value for name, value in known.items() if value}
