"""One filled example of every event of what residents think."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from shared import events as e
from shared import participation
from shared.draft_events import SupportTyped

AT: Final = datetime(2026, 11, 24, 9, 42, 7, tzinfo=UTC)
ID: Final = UUID("019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f")
REFERENCE: Final = "Z-2026-K4T9-2QXM"

VOICES: Final[tuple[object, ...]] = (
    e.OpinionGiven(
        product="objecten", subject="purpose", verdict="unclear", words="Wat bedoelt u?", on=date(2026, 11, 24)
    ),
    e.MarkGiven(reference=REFERENCE, at=AT, mark=8, words="Snel.", steps=(e.StepMark(step="form", mark=7),)),
    e.RemarkAnswered(
        answer_id=ID,
        at=AT,
        product="objecten",
        subject="purpose",
        outcome="done",
        said="De vraag was niet duidelijk.",
        done="Er staat nu een voorbeeld bij.",
        standing=True,
    ),
    e.AdviceGiven(reference=REFERENCE, advice_id=ID, name="Brandweer"),
    participation.PanelSent(panel_id="panel-1a2b3c4d"),
    participation.PanelAsked(
        title=e.Words(nl="Het park in uw buurt", en="The park in your neighbourhood"),
        email="bea@example.org",
        day=date(2026, 12, 8),
        link="http://forms.example/panel/token",
    ),
    SupportTyped(
        title=e.Words(nl="Burgerinitiatief", en="Citizens’ initiative"),
        email="bea@example.org",
        language="nl",
        link="http://forms.example/handtekening/token",
        keep_until=date(2026, 12, 1),
    ),
    participation.SupportGathered(reference=REFERENCE, at=AT, signed=34, sealed="c2VhbGVk"),
)
