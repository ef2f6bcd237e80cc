"""Files that an applicant or an adviser adds after the form was sent: what we take, and for how long."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from shared.catalogue.definitions import FileType, Kind, Question
from shared.events import Words
from shared.values import ADVICE_FILE

LATER: Final = Question(
    id="later",
    kind=Kind.FILE,
    label=Words(nl="Kies een bestand", en="Choose a file"),
    types=tuple(FileType),
    max_mb=10,
    maximum=1,
    errors={
        "missing": Words(nl="Kies eerst een bestand", en="Choose a file first"),
        "too_high": Words(
            nl="U hebt al 20 bestanden toegevoegd. Bel ons als u er nog een hebt",
            en="You have added 20 files already. Call us if you have another one",
        ),
    },
)
"""Asks for a file outside any form, one at a time."""

ADVISED: Final = replace(LATER, id=ADVICE_FILE)
"""Asks for a file of an adviser outside; the applicant does not see it on the status page."""

MOST_LATER: Final = 20
"""Files that may come after one form was sent."""

LONGEST_WORDS: Final = 300
"""Characters that an applicant may say about such a file."""
