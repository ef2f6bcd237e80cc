"""Asks the registers of persons and companies over HTTP, never longer than two seconds and not while they are away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, Final

import requests

from services.forms.breaker import AwayError, Breaker
from services.forms.domain.identity import Identity
from services.forms.domain.prefilling import Prefilled, begin_with
from services.forms.ports import Checker
from shared.catalogue.definitions import Prefill, Product

WAITS_S: Final = 2

_FIELDS = ["naam.volledigeNaam", "geboorte.datum", "verblijfplaats.verblijfadres"]

Found = Mapping[Prefill, Any]


class Persons:
    """The register of persons: Haal Centraal BRP Personen bevragen, version 2."""

    def __init__(self, url: str, *, key: str) -> None:
        """Ask at this address, with this key."""
        self._url, self._key = url.rstrip("/"), key
        self._breaker = Breaker(name="brp")

    def find(self, number: str) -> Found:
        """Name, birth date and address of a person; empty for one who is not there.

        Raises:
            AwayError: it cannot tell now.
        """
        return self._breaker.call(lambda: _in_time(lambda: self._ask(number)))

    def _ask(self, number: str) -> Found:
        question = {
            "type": "RaadpleegMetBurgerservicenummer",
            "burgerservicenummer": [number],
            "fields": _FIELDS,
        }
        answer = requests.post(
            f"{self._url}/personen", json=question, headers={"X-API-KEY": self._key}, timeout=WAITS_S
        )
        answer.raise_for_status()
        people = answer.json()["personen"]
        return _person(people[0]) if people else {}


class Companies:
    """The register of companies: KvK Basisprofiel, version 1."""

    def __init__(self, url: str, *, key: str) -> None:
        """Ask at this address, with this key."""
        self._url, self._key = url.rstrip("/"), key
        self._breaker = Breaker(name="kvk")

    def find(self, number: str) -> Found:
        """Name and visiting address of a company; empty for one that is not there.

        Raises:
            AwayError: it cannot tell now.
        """
        return self._breaker.call(lambda: _in_time(lambda: self._ask(number)))

    def _ask(self, number: str) -> Found:
        answer = requests.get(f"{self._url}/basisprofielen/{number}", headers={"apikey": self._key}, timeout=WAITS_S)
        if answer.status_code == requests.codes.not_found:
            return {}
        answer.raise_for_status()
        return _company(answer.json())


class Registers:
    """Fills in what the register of this person or company knows (the port `Prefiller`)."""

    def __init__(self, *, persons: Persons | None, companies: Companies | None, check: Checker) -> None:
        """Ask these registers; None is one that the municipality does not have."""
        self._persons, self._companies, self._check = persons, companies, check

    def __call__(self, product: Product, *, who: Identity) -> Prefilled:
        """The answers that are known already, as far as they fit their questions."""
        if not any(question.prefill for question in product.questions):
            return Prefilled()
        known = begin_with(product, who=who, found=self._found(who))
        fit = self._check(product, answers=known.answers).answers
        origins = {name: one for name, one in known.origins.items() if name in fit or one["source"] == "away"}
        return Prefilled(
            answers=fit,
            origins={name: {**one, "value": fit.get(name)} for name, one in origins.items()},
        )

    def _found(self, who: Identity) -> Found | None:
        register = self._persons if who.kind == "person" else self._companies
        try:
            return register.find(who.number) if register else {}
        except AwayError:
            return None


def _in_time(ask: Callable[[], Found]) -> Found:
    """Wait so long altogether: the timeout of a request begins anew with each byte that comes.

    Each asks in a thread of its own: one that hangs takes no place of another, and no service waits for it to end.
    """
    answer: Future[Found] = Future()
    threading.Thread(target=_keep_answer, args=(answer, ask), name="register", daemon=True).start()
    return answer.result(timeout=WAITS_S)


def _keep_answer(answer: Future[Found], ask: Callable[[], Found]) -> None:
    try:
        answer.set_result(ask())
    except Exception as error:
        answer.set_exception(error)


def _person(told: Mapping[str, Any]) -> Found:
    address = told.get("verblijfplaats", {}).get("verblijfadres", {})
    return _known(
        {
            Prefill.PERSON_NAME: told.get("naam", {}).get("volledigeNaam"),
            Prefill.PERSON_BIRTH_DATE: told.get("geboorte", {}).get("datum", {}).get("datum"),
            Prefill.PERSON_ADDRESS: _address(
                address,
                street=address.get("korteStraatnaam"),
                suffix=f"{address.get('huisletter', '')}{address.get('huisnummertoevoeging', '')}",
                town=address.get("woonplaats"),
            ),
        }
    )


def _company(told: Mapping[str, Any]) -> Found:
    main = told.get("_embedded", {}).get("hoofdvestiging", {})
    visited = [one for one in main.get("adressen", ()) if one.get("type") == "bezoekadres"]
    address = visited[0] if visited else {}
    return _known(
        {
            Prefill.COMPANY_NAME: told.get("naam"),
            Prefill.COMPANY_ADDRESS: _address(
                address,
                street=address.get("straatnaam"),
                suffix=f"{address.get('huisletter', '')}{address.get('huisnummerToevoeging', '')}",
                town=address.get("plaats"),
            ),
        }
    )


def _address(told: Mapping[str, Any], *, street: Any, suffix: str, town: Any) -> dict[str, str] | None:
    """The address in its stored form; None when a part of it is missing, as with an address that is kept secret."""
    postcode, number = str(told.get("postcode", "")), str(told.get("huisnummer", ""))
    if not (postcode and number and street and town):
        return None
    return {
        "postcode": f"{postcode[:4]} {postcode[4:].strip()}",
        "number": f"{number}-{suffix}" if suffix else number,
        "street": str(street),
        "town": str(town),
    }


def _known(told: Mapping[Prefill, Any]) -> Found:
    return {name: value for name, value in told.items() if value}
