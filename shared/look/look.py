"""Gives a Flask service the house style: templates, files to keep, texts in two languages, Dutch dates."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from flask import Flask, Response, request, send_from_directory
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from werkzeug.local import LocalProxy

from shared.access import Permission, allows
from shared.look.texts import Texts

FOLDER = Path(__file__).parent
TRANSLATIONS = FOLDER / "translations"

_STATIC = FOLDER / "static"
_PLACE = "/static/look/"
_HERE = ZoneInfo("Europe/Amsterdam")
_YEAR = 365 * 24 * 3600
_LOCALES = {"nl": "nl_NL", "en": "en_GB"}


class UnknownAssetError(LookupError):
    """The house style has no such file."""


def install(app: Flask, *, texts: Texts, municipality: Callable[[], str], language_of: Callable[[], str]) -> None:
    """Add the house style to a service.

    `language_of` tells the language ("nl" or "en") of the request at hand, `municipality` the name that pages bear.
    """
    words = _Words(texts, language_of)
    env = app.jinja_env
    env.loader = ChoiceLoader([loader for loader in (env.loader, FileSystemLoader(FOLDER / "templates")) if loader])
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.globals.update({"_": words.gettext, "ngettext": words.ngettext, "language": language_of})
    env.globals.update({"asset": asset, "municipality": LocalProxy(municipality)})
    env.filters.update({"field_id": field_id, **words.filters()})
    app.add_url_rule(f"{_PLACE}<version>/<path:name>", "look_asset", _serve)


def asset(name: str) -> str:
    """The address of a file of the house style; it changes with the content, so browsers may keep it for ever."""
    return _asset_below(request.script_root, name)


def field_id(name: str) -> str:
    """The id of the control with this name: "objects.0.length" -> "objects-0-length"."""
    return name.replace(".", "-")


def long_date(day: date, *, language: str) -> str:
    """5 januari 2027 | 5 January 2027."""
    return _day(day, "d MMMM yyyy", language)


def short_date(day: date, *, language: str) -> str:
    """5 jan 2027 | 5 Jan 2027."""
    return _day(day, "d MMM yyyy", language).replace(".", "")


def clock(moment: datetime, *, language: str) -> str:
    """An aware instant on the clock of the Netherlands: 24 november 2026, 10.42 uur | 24 November 2026, 10:42."""
    here = moment.astimezone(_HERE)
    time = f"{here:%H:%M}" if language == "en" else f"{here.hour}.{here:%M} uur"
    return f"{long_date(here.date(), language=language)}, {time}"


def euro(amount: Decimal | float, *, language: str) -> str:
    """Euros, with a space that does not break: € 210,00 | €210.00."""
    return format_currency(amount, "EUR", locale=_LOCALES[language])


def cents(amount: int, *, language: str) -> str:
    """Cents of a euro as euros: 5000 is € 50,00."""
    return euro(Decimal(amount) / 100, language=language)


def number(value: Decimal | float, *, language: str) -> str:
    """1.234,5 | 1,234.5, at most three decimals."""
    return _number(value + 0, language)  # minus nought is nought


@lru_cache(5_000)  # a page of figures writes 600, most of them often
def _number(value: Decimal | float, language: str) -> str:
    return format_decimal(value, locale=_LOCALES[language])


@lru_cache(2_000)  # a list of fifty cases shows few different days, and each costs 50 µs
def _day(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, _LOCALES[language])


@dataclass(frozen=True)
class _Words:
    texts: Texts
    language_of: Callable[[], str]

    def gettext(self, msgid: str, /, **values: object) -> str:
        return self.texts.gettext(self.language_of(), msgid, **values)

    def ngettext(self, one: str, many: str, n: int, /, **values: object) -> str:
        return self.texts.ngettext(self.language_of(), one, many, n, **values)

    def filters(self) -> dict[str, Callable[..., str]]:
        return {
            "long_date": lambda day: long_date(day, language=self.language_of()),
            "short_date": lambda day: short_date(day, language=self.language_of()),
            "clock": lambda moment: clock(moment, language=self.language_of()),
            "euro": lambda amount: euro(amount, language=self.language_of()),
            "cents": lambda amount: cents(amount, language=self.language_of()),
            "number": lambda value: number(value, language=self.language_of()),
        }


@allows(Permission.PUBLIC)
def _serve(version: str, name: str) -> Response:
    current = version == _version()
    response = send_from_directory(_STATIC, name, max_age=_YEAR if current else 60)
    response.cache_control.public = True
    if current:
        response.cache_control.immutable = True
    return response


@lru_cache(200)  # `url_for` takes 25 µs, and a page names four
def _asset_below(root: str, name: str) -> str:
    if name not in _files():
        raise UnknownAssetError(name)
    return f"{root}{_PLACE}{_version()}/{name}"


@cache
def _files() -> Mapping[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(_STATIC.iterdir()) if file.is_file()}


@cache
def _version() -> str:
    return hashlib.sha256(b"".join(name.encode() + content for name, content in _files().items())).hexdigest()[:12]
