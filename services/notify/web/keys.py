"""The key to one letter: a cookie that proves, for half an hour, that a person knew the reference."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from flask import current_app, request, url_for
from werkzeug.wrappers import Response

from shared.crypto import same, sign

COOKIE: Final = "notify_letter"
OPEN_FOR: Final = timedelta(minutes=30)


def give_key(response: Response, *, token: str, key: str, now: datetime) -> Response:
    """Let this browser open the letter behind the token, and no other, until half an hour from now."""
    until = int((now + OPEN_FOR).timestamp())
    response.set_cookie(
        COOKIE,
        f"{until}.{_proof(token, until=until, key=key)}",
        max_age=OPEN_FOR,
        path=url_for("pages.letter", token=token),
        secure=current_app.config["HTTPS"],
        httponly=True,
        samesite="Lax",
    )
    return response


def has_key(token: str, *, key: str, now: datetime) -> bool:
    """Tell whether the request carries the key to this letter."""
    until, _, proof = request.cookies.get(COOKIE, "").partition(".")
    # no more digits than an instant has: a longer text is nobody's cookie
    if not (until.isascii() and until.isdigit() and len(until) < 12):
        return False
    return same(proof, _proof(token, until=int(until), key=key)) and now.timestamp() < int(until)


def _proof(token: str, *, until: int, key: str) -> str:
    return sign(f"opened {token} {until}", key=key)
