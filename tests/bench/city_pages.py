"""The pages of staff that must stay fast with many cases, by what is aimed at: each is asked for some times, warm."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask.testing import FlaskClient

from tests.bench.rounds import percentile
from tests.counting import CountingCursor

LISTS: Final = (
    "/",
    *(f"/?lijst={view}" for view in ("mine", "late", "week", "free", "waiting", "decided", "all")),
    *(f"/?lijst={view}" for view in ("escalated", "answered", "mentioned", "followed", "rules", "advice_late")),
    *(f"/?sorteer={sort}" for sort in ("applicant", "-received", "handler", "status", "-deadline")),
    "/?soort=objecten",
    "/?lijst=all&soort=evenement&sorteer=applicant",
    "/?lijst=all&status=withdrawn",
    "/?termijn=soon",
    "/?blad=20",
    "/?lijst=decided&blad=200",
)
SEARCHES: Final = (
    *("de vries", "lindelaan", "verbouwing", "container keuken", "haddad molenweg", "38", "marktplein 12", "noor"),
    *("tekening", "janssen 2024", "vergunning", "z 2023"),
)
TYPOS: Final = ("stationsplien", "vergunnign", "lindelaann", "jansenn", "parkeervergunnig")
FIGURES: Final = {
    "throughput times": (
        *(f"/doorlooptijden?periode=12m&per={per}" for per in ("product", "team", "channel", "month")),
        *(f"/doorlooptijden?periode={period}" for period in ("3m", "6m", "12m", "2022", "2025")),
        *(f"/doorlooptijden?{chosen}" for chosen in ("soort=objecten", "team=permits", "kanaal=web")),
        "/doorlooptijden?soort=objecten&team=permits&kanaal=web&periode=12m&per=month",
        *(f"/doorlooptijden.{form}?periode=12m" for form in ("csv", "xlsx", "json")),
    ),
    "what will be late": (
        *("/wat-wordt-te-laat", "/wat-wordt-te-laat?lijst=voorbij", "/wat-wordt-te-laat?lijst=voorbij&blad=3"),
        *(f"/wat-wordt-te-laat?{chosen}" for chosen in ("soort=objecten", "collega=ja", "meer=ja&dicht=ja", "blad=9")),
    ),
    "goals and indicators": ("/doelen", "/indicatoren", "/indicatoren.csv", "/indicatoren.xlsx", "/indicatoren.json"),
    "rules, voices and trials": (
        *("/minder-regels", "/minder-regels/objecten", "/voor-en-na", "/regelproef", "/inwoners"),
        *("/inwoners/objecten", "/verdeling", "/verdeling/zonder-team"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How long pages took, in ms; the slowest of them by its own 95th percentile; the most statements of one page."""

    p95: float
    slowest: str
    slowest_p95: float
    statements: int

    def details(self) -> dict[str, Any]:
        """What stands beside the figure."""
        return {"slowest": self.slowest, "slowest_ms": self.slowest_p95, "statements": self.statements}


def time_pages(client: FlaskClient, pages: Sequence[str], *, rounds: int) -> Shown:
    """Ask for each page once to warm up, then so many times in turn."""
    statements = 0
    for page in pages:
        CountingCursor.said = 0
        _ask(client, page)
        statements = max(statements, CountingCursor.said)
    took: dict[str, list[float]] = {page: [] for page in pages}
    for _ in range(rounds):
        for page in pages:
            began = time.perf_counter()
            _ask(client, page)
            took[page].append(1000 * (time.perf_counter() - began))
    by_page = {page: percentile(sorted(times), part=0.95) for page, times in took.items()}
    slowest = max(by_page, key=by_page.__getitem__)
    every = sorted(ms for times in took.values() for ms in times)
    return Shown(p95=percentile(every, part=0.95), slowest=slowest, slowest_p95=by_page[slowest], statements=statements)


def _ask(client: FlaskClient, page: str, /) -> None:
    """Ask for one page as a browser does, where it leads on as well: an error is no fast page."""
    assert client.get(page, follow_redirects=True).status_code == 200, page
