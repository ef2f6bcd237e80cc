"""Who may read and answer what a second signatory is asked: whoever knows the name, or signed in under it."""

from __future__ import annotations

from typing import Literal

from flask import render_template

from services.forms.domain.cosigning import is_called
from services.forms.domain.identity import is_enough, ways_of
from services.forms.web.cosign_finding import Asked
from services.forms.web.counter import may_see, means

AS_COSIGNER = ".akkoord"
"""After the name of a product: the ways to sign in are those of its second signatory."""

Standing = Literal["in", "name", "sign_in", "other", "applicant"]


def standing_of(asked: Asked, *, token: str) -> Standing:
    """How far whoever opened this link is: in, still to give a name or to sign in, or signed in as somebody else."""
    ways = ways_of(asked.rule.sign_in)
    if not ways:
        return "in" if may_see(token) else "name"
    who = means().who
    if who is None or not is_enough(who, ways=ways):
        return "sign_in"
    if who.mark == asked.submitted.owner:
        return "applicant"
    return "in" if is_called(asked.cosigning.name, typed=who.name) else "other"


def show_sign_in(token: str, *, asked: Asked, standing: Standing) -> str:
    """Ask to sign in, and say why this sign-in is not the right one."""
    return render_template(
        "forms/cosign-sign-in.html",
        asked=asked,
        ways=ways_of(asked.rule.sign_in),
        back=f"/akkoord/{token}",
        product_id=asked.submitted.product + AS_COSIGNER,
        standing=standing,
    )
