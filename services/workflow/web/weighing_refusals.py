"""Why a decision cannot go before others were done justice, in words with the article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.workflow.domain.weighing import DeviationUnexplainedError, ViewsAwaitedError, ViewsUnweighedError
from shared.events import Words

WEIGHING_REFUSALS: Final[Mapping[type[Exception], tuple[int, Words]]] = {
    ViewsAwaitedError: (
        409,
        Words(
            nl="Mensen moeten eerst kunnen reageren. De tijd daarvoor is niet om (Awb 3:16).",
            en="People must be able to react first. The time for that is not over (Awb 3:16).",
        ),
    ),
    ViewsUnweighedError: (
        409,
        Words(
            nl="Weeg eerst alle zienswijzen die op tijd kwamen (Awb 3:2 en 3:46).",
            en="First weigh all views that came in time (Awb 3:2 and 3:46).",
        ),
    ),
    DeviationUnexplainedError: (
        409,
        Words(
            nl="U wijkt af van een advies. Schrijf eerst in het besluit waarom (Awb 3:50).",
            en="You deviate from advice. First write in the decision why (Awb 3:50).",
        ),
    ),
}
