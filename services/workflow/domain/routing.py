"""To which team a case goes: the table of the municipality first, then the rules of its product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.workflow.domain.fault import Fault
from shared.catalogue.definitions import Effect, Product
from shared.events import SubmissionReceived, Words

MOST_LINES: Final = 40
LONGEST_PLACE: Final = 80
LONGEST_REASON: Final = 1000
MOST_SAMPLES: Final = 3

_CHOOSE: Final = Words(nl="Kies een team uit de lijst.", en="Choose a team from the list.")
_UNKNOWN: Final = Words(nl="Kies iets uit de lijst.", en="Choose something from the list.")
_LONG: Final = Words(
    nl=f"Gebruik hooguit {LONGEST_PLACE} tekens.",
    en=f"Use at most {LONGEST_PLACE} characters.",
)
_WHY: Final = Words(nl="Schrijf op waarom u dit verandert.", en="Write why you change this.")
_LONG_REASON: Final = Words(
    nl=f"Gebruik hooguit {LONGEST_REASON} tekens.",
    en=f"Use at most {LONGEST_REASON} characters.",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table: a case that has all this goes to `team`; "" asks nothing.

    `place` is a part of the place that the application is about, in capitals or not.
    """

    team: str = ""
    product: str = ""
    kind: str = ""
    channel: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A version of the table: the first line that fits a case says where it goes."""

    number: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Features:
    """What a table looks at in a case; `own` is the team of the rules of its product ("" where they name none)."""

    product: str
    kind: str
    channel: str
    place: str
    own: str


@dataclass(frozen=True, kw_only=True)
class Route:
    """Where a case goes ("" where nothing says so), and by which line, counted from 1 (None: by its product)."""

    team: str
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Lying:
    """An open case: its id, the team that it lies with, and what a table looks at."""

    case: str
    team: str
    features: Features


@dataclass(frozen=True, kw_only=True)
class Move:
    """Cases of one product that lie with one team and would go to another."""

    product: str
    came: str
    goes: str


@dataclass
class DryRun:
    """What a table would do with open cases: how many each line takes, which would move, and a few of those."""

    looked_at: int = 0
    stay: int = 0
    lost: int = 0
    by_line: Counter[int] = field(default_factory=Counter)
    moves: Counter[Move] = field(default_factory=Counter)
    samples: dict[Move, list[str]] = field(default_factory=dict)


def own_team(fired: Collection[str], *, product: Product) -> str:
    """Give the team that the rules of a product name, of which these fired, else that of the product itself."""
    named = (rule.value for rule in product.rules if rule.effect is Effect.ROUTE and rule.id in fired)
    return next((team for team in named if team), product.process.team or "")


def features_of(submission: SubmissionReceived, *, product: Product) -> Features:
    """Give what a table looks at in an application."""
    fired = {outcome.rule for outcome in submission.rules if outcome.outcome == "fired"}
    return Features(
        product=submission.product,
        kind=submission.link.kind if submission.link else "application",
        channel=submission.channel,
        place=submission.place or "",
        own=own_team(fired, product=product),
    )


def route(features: Features, *, lines: Sequence[Line]) -> Route:
    """Give where a case with this goes."""
    for number, line in enumerate(lines, 1):
        if _fits(line, features):
            return Route(team=line.team, line=number)
    return Route(team=features.own)


def try_out(lines: Sequence[Line], *, on: Iterable[Lying], teams: Collection[str]) -> DryRun:
    """See what these lines would do with open cases; one that goes to none of the `teams` is lost."""
    found = DryRun()
    for case in on:
        goes = route(case.features, lines=lines)
        found.looked_at += 1
        if goes.line:
            found.by_line[goes.line] += 1
        if goes.team not in teams:
            found.lost += 1
        elif goes.team == case.team:
            found.stay += 1
        else:
            move = Move(product=case.features.product, came=case.team, goes=goes.team)
            found.moves[move] += 1
            if found.moves[move] <= MOST_SAMPLES:
                found.samples.setdefault(move, []).append(case.case)
    return found


def faults_of(lines: Sequence[Line], *, because: str, known: Mapping[str, Collection[str]]) -> tuple[Fault, ...]:
    """Say what is wrong in a table; `known` says by field what can be chosen."""
    faults = [fault for number, line in enumerate(lines) for fault in _faults_in(line, number=number, known=known)]
    faults += [fault for number in range(len(lines)) for fault in _fault_of_unreached(lines, number=number)]
    if not because.strip():
        faults.append(Fault("because", _WHY))
    elif len(because) > LONGEST_REASON:
        faults.append(Fault("because", _LONG_REASON))
    return tuple(faults)


def _faults_in(line: Line, *, number: int, known: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    if line.team not in known["team"]:
        yield Fault(f"lines.{number}.team", _CHOOSE)
    for name in ("product", "kind", "channel"):
        if getattr(line, name) and getattr(line, name) not in known[name]:
            yield Fault(f"lines.{number}.{name}", _UNKNOWN)
    if len(line.place) > LONGEST_PLACE:
        yield Fault(f"lines.{number}.place", _LONG)


def _fault_of_unreached(lines: Sequence[Line], *, number: int) -> Iterator[Fault]:
    """A line that asks no less than one above it never gets a case."""
    above = next((other for other in range(number) if _covers(lines[other], lines[number])), None)
    if above is not None:
        words = Words(
            nl=f"Deze regel krijgt nooit een zaak. Regel {above + 1} gaat altijd voor.",
            en=f"This line never gets a case. Line {above + 1} always goes first.",
        )
        yield Fault(f"lines.{number}.team", words)


def _covers(first: Line, second: Line) -> bool:
    same = all(getattr(first, name) in ("", getattr(second, name)) for name in ("product", "kind", "channel"))
    return same and _folded(first.place) in _folded(second.place)


def _fits(line: Line, features: Features) -> bool:
    same = all(getattr(line, name) in ("", getattr(features, name)) for name in ("product", "kind", "channel"))
    return same and _folded(line.place) in _folded(features.place)


def _folded(place: str) -> str:
    return " ".join(place.casefold().split())
