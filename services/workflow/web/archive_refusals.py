"""Why an act of a records manager cannot be done, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.workflow.domain.destruction import (
    DestructionOrderedError,
    ListClosedError,
    OwnListError,
    UnknownListError,
)
from shared.events import Words
from shared.problems import TITLES

ARCHIVE_REFUSALS: Final[Mapping[type[Exception], tuple[int, Words]]] = {
    DestructionOrderedError: (
        409,
        Words(
            nl="Het vernietigen van deze zaak is al goedgekeurd.",
            en="The destruction of this case was approved already.",
        ),
    ),
    ListClosedError: (
        409,
        Words(nl="Over deze lijst is al geoordeeld.", en="Somebody judged this list already."),
    ),
    OwnListError: (
        409,
        Words(
            nl="U maakte deze lijst zelf. Een collega keurt hem goed (Archiefbesluit 8).",
            en="You drew up this list yourself. A colleague approves it (Archiefbesluit 8).",
        ),
    ),
    UnknownListError: (404, TITLES[404]),
}
