"""What the pages of the routing table show: its lines in words, what can be chosen, and what a dry run found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from werkzeug.datastructures import MultiDict

from services.workflow.domain.linked import IN_A_WORD
from services.workflow.domain.routing import MOST_LINES, DryRun, Line, Move, try_out
from services.workflow.routing_store import lying_cases
from services.workflow.trial_store import references_of
from services.workflow.web.office import me, office
from services.workflow.web.reading import read_text
from shared.access import Permission, scope_of
from shared.catalogue.publications import serving_at
from shared.catalogue.versions import recall
from shared.database import Connection
from shared.events import Words

_LINE: Final = re.compile(r"lines\.(\d{1,2})\.(team|product|kind|channel|place)")
_KINDS: Final[Mapping[str, Words]] = {
    "application": Words(nl="Aanvraag of melding", en="Application or report"),
    **IN_A_WORD,
    "talk": Words(nl="Na een gesprek vooraf", en="After a talk before the start"),
}
_CHANNELS: Final[Mapping[str, Words]] = {
    "web": Words(nl="Via de website", en="On the website"),
    "desk": Words(nl="Aan de balie", en="At the desk"),
    "phone": Words(nl="Per telefoon", en="By telephone"),
    "post": Words(nl="Per post", en="By post"),
    "api": Words(nl="Via een ander systeem", en="By another system"),
    "other": Words(nl="Op een andere manier", en="In another way"),
}

Choices = Mapping[str, Mapping[str, Words]]
"""By field of a line, what can be chosen and its words."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a dry run found; `moves` with how many cases each and those of them that the reader may see."""

    found: DryRun
    moves: Sequence[tuple[Move, int, Sequence[str]]]


def team_names() -> Mapping[str, str]:
    """Give the teams of the municipality by id."""
    return {team.id: team.name for team in office().municipality.teams}


def choices_in(connection: Connection, *, now: datetime) -> Choices:
    """Give what each field of a line can be."""
    served = serving_at(connection, at=now)
    titles = {each: recall(connection, product_id=each, version=served[each].version).title for each in served}
    return {
        "team": {team: Words(nl=name, en=name) for team, name in team_names().items()},
        "product": dict(sorted(titles.items(), key=lambda pair: pair[1].nl)),
        "kind": _KINDS,
        "channel": _CHANNELS,
    }


def trial_of(connection: Connection, *, lines: Sequence[Line]) -> Trial:
    """Try these lines out on the open cases."""
    found = try_out(lines, on=lying_cases(connection), teams=team_names())
    sampled = [case for cases in found.samples.values() for case in cases]
    seen = references_of(connection, cases=sampled, scope=scope_of(me(), permission=Permission.SEE_CASES))
    moves = [
        (move, count, [seen[case] for case in found.samples[move] if case in seen])
        for move, count in found.moves.most_common()
    ]
    return Trial(found=found, moves=moves)


def read_table(form: MultiDict[str, str]) -> tuple[tuple[Line, ...], str]:
    """Read the lines of the form in their order, and why they change."""
    numbers = sorted({int(found.group(1)) for name in form if (found := _LINE.fullmatch(name))})
    lines = tuple(_read_line(form, number=number) for number in numbers[:MOST_LINES])
    return lines, read_text(form, name="because")


def with_line_act(lines: Sequence[Line], *, act: str) -> tuple[Line, ...]:
    """Add a line, take one away or put one higher, as a button asked."""
    if act == "add:lines":
        return (*lines, Line())[:MOST_LINES]
    if found := re.fullmatch(r"(remove|up):lines:(\d{1,2})", act):
        number, kept = int(found.group(2)), list(lines)
        if number >= len(kept):
            return tuple(kept)
        line = kept.pop(number)
        if found.group(1) == "up":
            kept.insert(max(0, number - 1), line)
        return tuple(kept)
    return tuple(lines)


def _read_line(form: MultiDict[str, str], *, number: int) -> Line:
    chosen = {name: form.get(f"lines.{number}.{name}", "") for name in ("team", "product", "kind", "channel")}
    return Line(**chosen, place=" ".join(read_text(form, name=f"lines.{number}.place").split()))
