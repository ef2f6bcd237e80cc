"""The entrance of staff: signing in at the municipality's provider, signing out, and a session that ended meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from shared.access import Permission, Person, allows
from shared.oidc import (
    CALLBACK,
    PROVIDER,
    SignInFailedError,
    lead_to_provider,
    own_path,
    read_claims,
    sign_out_of_provider,
)
from shared.staff import person_of
from shared.web import SAFE_METHODS

_BACK: Final = "staff_back"


@dataclass(frozen=True, kw_only=True)
class Entrance:
    """How staff come into a service that browsers find at `site()`; its doors stand `under` a path, and lead to `home`.

    `find` gives who is in, `let_in` keeps who came, `let_out` forgets them. `layout` is the template that its pages
    extend, `callback` where the `provider` leads back to.
    """

    site: Callable[[], str]
    layout: str
    find: Callable[[], Person | None]
    let_in: Callable[[Person], None]
    let_out: Callable[[], None]
    home: str = "/"
    under: str = ""
    provider: str = PROVIDER
    callback: str = CALLBACK


def open_entrance(entrance: Entrance, *, name: str = "sign_in") -> Blueprint:
    """Make the doors."""
    pages = Blueprint(name, __name__)

    @pages.get(f"{entrance.under}/inloggen")
    @allows(Permission.PUBLIC)
    def begin() -> ResponseReturnValue:
        back = own_path(request.args.get("terug", entrance.home))
        if entrance.find():
            return redirect(back, 303)
        session[_BACK] = back
        return lead_to_provider(entrance.site(), name=entrance.provider, to=entrance.callback)

    @pages.get(entrance.callback)
    @allows(Permission.PUBLIC)
    def finish() -> ResponseReturnValue:
        person = person_of(read_claims(name=entrance.provider))
        back = own_path(session.pop(_BACK, entrance.home))
        entrance.let_in(person)
        return redirect(back, 303)

    @pages.post(f"{entrance.under}/uitloggen")
    @allows(Permission.PUBLIC)
    def leave() -> ResponseReturnValue:
        entrance.let_out()
        return redirect(url_for(".left"), 303)

    @pages.get(f"{entrance.under}/uitgelogd")
    @allows(Permission.PUBLIC)
    def left() -> ResponseReturnValue:
        elsewhere = sign_out_of_provider(entrance.site(), name=entrance.provider)
        return render_template("look/left.html", layout=entrance.layout, elsewhere=elsewhere, again=url_for(".begin"))

    return pages


def ask_to_sign_in(entrance: Entrance, *, name: str = "sign_in") -> Callable[[Exception], ResponseReturnValue]:
    """Give what leads to the sign-in and back; what was sent after a session ended can be sent again from its page."""

    def ask(_error: Exception) -> ResponseReturnValue:
        if request.method in SAFE_METHODS:
            return redirect(url_for(f"{name}.begin", terug=request.full_path.rstrip("?")), 303)
        sent = list(request.form.items(multi=True))
        begin = url_for(f"{name}.begin")
        return render_template("look/expired.html", layout=entrance.layout, fields=sent, begin=begin), 401

    return ask


def tell_failure(entrance: Entrance, *, name: str = "sign_in") -> Callable[[SignInFailedError], ResponseReturnValue]:
    """Give what says that the sign-in did not succeed."""

    def tell(error: SignInFailedError) -> ResponseReturnValue:
        page = render_template(
            "look/sign-in-failed.html",
            layout=entrance.layout,
            unreachable=error.unreachable,
            again=url_for(f"{name}.begin"),
        )
        return page, 503 if error.unreachable else 400

    return tell
