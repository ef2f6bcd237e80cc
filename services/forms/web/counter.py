"""What every page has at hand: the means of the actions, the municipality, the day, and the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import TypeVar, cast
from urllib.parse import quote, urlencode

from flask import Flask, current_app, g, redirect, request, session
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from services.forms.domain.natures import WORDS, NatureWords
from services.forms.pace import Paces
from services.forms.ports import Means
from services.forms.web.visitor import clerk_here, signed_in
from shared.access import Permission, allows
from shared.catalogue.definitions import Municipality, Product
from shared.clock import utc_now
from shared.database import Connection, Pool
from shared.events import Language, Words
from shared.law.calendar import local_date
from shared.web import limiter

MOST_CASES = 30
_KEY = "balie_forms"
T = TypeVar("T")

public = allows(Permission.PUBLIC)
"""Every door of this service is open to anyone: what is private lies behind a secret of its own."""

at_most = limiter.limit
"""So many requests from one address: `@at_most("20/minute")`."""


class LinkGoneError(NotFound):
    """Nothing stands behind a link from a message (any more); `page` tells what its reader can do.

    It is the very same for a guess as for what is over.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page


def or_gone(found: T | None, *, page: str) -> T:
    """Give what stands behind a link. Raises LinkGoneError."""
    if found is None:
        raise LinkGoneError(page)
    return found


@dataclass(frozen=True, kw_only=True)
class Counter:
    """The parts that live as long as the process; `address` is where browsers find this service.

    `payment_hook` is where the payment provider finds it.
    """

    means: Means
    pool: Pool
    paces: Paces
    municipality: Municipality
    address: str
    payment_hook: str


def furnish(app: Flask, *, counter: Counter) -> None:
    """Give the app its counter, and its templates the words of this service."""
    app.extensions[_KEY] = counter
    app.jinja_env.filters["said"] = said
    app.jinja_env.globals["house"] = counter.municipality
    app.before_request(_switch_language)
    app.context_processor(lambda: {"languages": _languages(), "visitor": means().who})


def counter() -> Counter:
    """The counter of the app at work."""
    return cast(Counter, current_app.extensions[_KEY])


def means() -> Means:
    """What the actions work with, for whoever is signed in; in a trial, what it works with."""
    rehearsed: Means | None = g.get("means")
    if rehearsed is not None:
        return rehearsed
    who = signed_in(now())
    clerk = clerk_here(now())
    return replace(counter().means, who=who, clerk=clerk) if who or clerk else counter().means


@contextmanager
def reading() -> Iterator[Connection]:
    """Lend a connection for reading."""
    with counter().pool.reading() as connection:
        yield connection


def now() -> datetime:
    """The instant of this request (UTC)."""
    if "now" not in g:
        g.now = utc_now()
    return cast(datetime, g.now)


def today() -> date:
    """The calendar day of this request in the Netherlands."""
    return local_date(now())


def language() -> Language:
    """The language that the reader chose; Dutch until then."""
    return "en" if session.get("language") == "en" else "nl"


def said(words: Words) -> str:
    """A text in the reader's language."""
    return cast(str, getattr(words, language()))


def words_for(product: Product) -> NatureWords:
    """How the pages call what this product is about."""
    return WORDS[product.nature]


def let_in(status_token: str) -> None:
    """Remember in this browser that it may see this case."""
    known = [one for one in session.get("cases", []) if one != _mark(status_token)]
    session["cases"] = [*known, _mark(status_token)][-MOST_CASES:]
    session.permanent = True


def may_see(status_token: str) -> bool:
    """Whether this browser sent the form, or gave the right reference before."""
    return _mark(status_token) in session.get("cases", [])


def _mark(status_token: str) -> str:
    """A cookie is signed but can be read: it holds no link, only a mark of it."""
    return sha256(f"seen:{status_token}".encode()).hexdigest()[:16]


def _switch_language() -> ResponseReturnValue | None:
    """`?taal=en` chooses a language and leads back to the clean address."""
    chosen = request.args.get("taal")
    if request.method != "GET" or chosen not in ("nl", "en"):
        return None
    session["language"] = chosen
    session.permanent = True
    rest = urlencode([(name, text) for name, text in request.args.items(multi=True) if name != "taal"])
    return redirect(f"{_path()}?{rest}".rstrip("?"), code=303)


def _languages() -> list[tuple[str, str, str]]:
    return [(code, name, f"{_path()}?taal={code}") for code, name in (("nl", "Nederlands"), ("en", "English"))]


def _path() -> str:
    """The path of this request with one slash before it: with two it would lead to another site."""
    return "/" + quote(request.path.lstrip("/"))
