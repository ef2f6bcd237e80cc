"""Before and after: what a version that went live did to waiting, faults and forms that are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.workflow.domain.effect import (
    Effect,
    Windows,
    per_form,
    share,
    waiting,
    windows_of,
    without_season,
)
from services.workflow.effect_store import Counted, Switch, count_sides, switches
from services.workflow.web.office import now, reading, today
from shared.access import Permission, allows
from shared.catalogue.versions import recall
from shared.database import Connection
from shared.problems import problem_of

pages = Blueprint("effects", __name__)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One figure before and after; `season` is what is left of it without what the year before did."""

    name: str
    effect: Effect | None
    season: Effect | None


@pages.get("/voor-en-na")
@allows(Permission.TRY_RULES)
def show_all() -> ResponseReturnValue:
    """List the versions that took the place of another."""
    with reading() as connection:
        found = [(switch, _windows(switch)) for switch in switches(connection, now=now())]
        titles = {
            switch.id: recall(connection, product_id=switch.product, version=switch.version).title
            for switch, _ in found
        }
    return render_template("effects.html", found=found, titles=titles)


@pages.get("/voor-en-na/<int:publication>")
@allows(Permission.TRY_RULES)
def show(publication: int) -> ResponseReturnValue:
    """Show what one version did."""
    with reading() as connection:
        switch = next((each for each in switches(connection, now=now()) if each.id == publication), None)
        if switch is None:
            raise problem_of(404)
        title = recall(connection, product_id=switch.product, version=switch.version).title
        windows = _windows(switch)
        measured = _measure(connection, switch=switch, windows=windows) if windows else []
    return render_template("effect.html", switch=switch, title=title, windows=windows, measured=measured)


def _windows(switch: Switch) -> Windows | None:
    return windows_of(switch.live, former=switch.former_live, until=switch.until or today())


def _measure(connection: Connection, *, switch: Switch, windows: Windows) -> Sequence[Measured]:
    versions = (switch.former, switch.version)
    now_sides = count_sides(connection, product=switch.product, windows=windows, versions=versions)
    then_sides = count_sides(connection, product=switch.product, windows=windows.year_before)
    found, then = (_effects(sides, horizon=windows.horizon) for sides in (now_sides, then_sides))
    return [
        Measured(name=name, effect=effect, season=without_season(effect, year_before=then[name]))
        for name, effect in found.items()
    ]


def _effects(sides: tuple[Counted, Counted], *, horizon: int) -> dict[str, Effect | None]:
    before, after = sides
    return {
        "waiting": waiting(before.waits, after=after.waits, horizon=horizon),
        "faults": per_form(before.faults, after=after.faults),
        "left": share(before.left, after=after.left),
    }
