"""The pages of notify: what it is, and the letter behind a link."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.notify import actions, queries
from services.notify.domain.letters import MOST_WRONG_TRIES, PAUSE, Opening
from services.notify.ports import UnknownLetterError, Vault
from services.notify.store import LetterStore
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.crypto import same, sign, token_hash
from shared.database import Pool
from shared.events import Words
from shared.problems import ProblemError
from shared.web import limiter

COOKIE: Final = "notify_letter"
OPEN_FOR: Final = timedelta(minutes=30)

_WRONG: Final = "wrong"


def open_pages(*, pool: Pool, vault: Vault, key: str) -> Blueprint:
    """Make the doors; `key` signs the proof that a person knew the reference."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    @allows(Permission.PUBLIC)
    def about() -> ResponseReturnValue:
        return render_template("pages/about.html")

    @pages.get("/brieven/<token>")
    @limiter.limit("60/minute")
    @allows(Permission.PUBLIC)
    def letter(token: str) -> ResponseReturnValue:
        found = _find(pool, token=token)
        if not _has_key(token, key=key, now=utc_now()):
            return render_template("pages/ask.html", error=None, typed="")
        return render_template("pages/letter.html", letter=found, token=token)

    @pages.post("/brieven/<token>")
    @limiter.limit("20/minute")
    @allows(Permission.PUBLIC)
    def open_letter(token: str) -> ResponseReturnValue:
        now, typed = utc_now(), request.form.get("reference", "")
        with pool.connection() as connection:
            opening = _try(token, typed=typed, now=now, letters=LetterStore(connection))
        if opening is Opening.PAUSED:
            raise _too_many()
        if opening is Opening.WRONG:
            return render_template("pages/ask.html", error=_WRONG, typed=typed), 422
        return _with_key(redirect(request.full_path.rstrip("?"), 303), token=token, key=key, now=now)

    @pages.get("/brieven/<token>/besluit.pdf")
    @limiter.limit("60/minute")
    @allows(Permission.PUBLIC)
    def document(token: str) -> ResponseReturnValue:
        found = _find(pool, token=token)
        if not _has_key(token, key=key, now=utc_now()):
            return redirect(url_for("pages.letter", token=token), 303)
        return _pdf(vault.get(found.sha256), download="download" in request.args)

    return pages


def _find(pool: Pool, *, token: str) -> queries.OpenLetter:
    with pool.connection() as connection:
        found = queries.find_letter(connection, token_hash=token_hash(token))
    if found is None:
        raise _no_letter()
    return found


def _try(token: str, *, typed: str, now: datetime, letters: LetterStore) -> Opening:
    try:
        return actions.open_letter(token, typed=typed, now=now, letters=letters)
    except UnknownLetterError:
        raise _no_letter() from None


def _pdf(content: bytes, *, download: bool) -> Response:
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"{'attachment' if download else 'inline'}; filename=besluit.pdf"
    # the browser's own viewer brings its style and frame; nothing in a PDF of ours runs
    response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _with_key(response: ResponseReturnValue, *, token: str, key: str, now: datetime) -> Response:
    made = current_app.make_response(response)
    until = int((now + OPEN_FOR).timestamp())
    made.set_cookie(
        COOKIE,
        f"{until}.{_proof(token, until=until, key=key)}",
        max_age=OPEN_FOR,
        path=url_for("pages.letter", token=token),
        secure=current_app.config["HTTPS"],
        httponly=True,
        samesite="Lax",
    )
    return made


def _has_key(token: str, *, key: str, now: datetime) -> bool:
    until, _, proof = request.cookies.get(COOKIE, "").partition(".")
    # no more digits than an instant has: a longer text is nobody's cookie
    if not (until.isascii() and until.isdigit() and len(until) < 12):
        return False
    return same(proof, _proof(token, until=int(until), key=key)) and now.timestamp() < int(until)


def _proof(token: str, *, until: int, key: str) -> str:
    return sign(f"opened {token} {until}", key=key)


def _no_letter() -> ProblemError:
    nl = "Deze link klopt niet. Neem de hele link over uit de e-mail."
    return ProblemError(404, title=Words(nl=nl, en="This link is not right. Copy the whole link from the e-mail."))


def _too_many() -> ProblemError:
    minutes = PAUSE // timedelta(minutes=1)
    title = Words(
        nl=f"U vulde {MOST_WRONG_TRIES} keer een verkeerd zaaknummer in. Probeer het over {minutes} minuten opnieuw.",
        en=f"You typed a wrong reference {MOST_WRONG_TRIES} times. Try again in {minutes} minutes.",
    )
    return ProblemError(429, title=title, retry_after=int(PAUSE.total_seconds()))
