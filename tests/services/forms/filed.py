"""Noor's form with questions for files, and a scanner that speaks clamd's protocol."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from dev.scanner import Conversation, Scanner
from shared.catalogue.definitions import Catalogue, FileType, Kind, Product, Question, Step
from shared.events import Words
from tests.services.forms.noor import CATALOGUE, OBJECTEN

DRAWING = Question(
    id="drawing",
    kind=Kind.FILE,
    label=Words(nl="Situatietekening", en="Site plan"),
    basis="APV 2:10",
    types=(FileType.PDF, FileType.JPG, FileType.PNG),
    max_mb=1,
    minimum=1,
    maximum=2,
    errors={"missing": Words(nl="Voeg een tekening toe", en="Add a drawing")},
)
EXTRA = Question(
    id="extra",
    kind=Kind.FILE,
    label=Words(nl="Andere bijlagen", en="Other attachments"),
    optional=True,
    types=tuple(FileType),
    max_mb=2,
    minimum=1,
    maximum=3,
)
NOTE = Question(id="note", kind=Kind.TEXT, label=Words(nl="Toelichting", en="Explanation"), basis="APV 2:10")
FILES_STEP = Step(
    id="files",
    title=Words(nl="Uw bestanden", en="Your files"),
    short=Words(nl="Bestanden", en="Files"),
    intro=None,
    questions=(DRAWING, EXTRA, NOTE),
)
FILED: Product = replace(OBJECTEN, version="with-files", steps=(*OBJECTEN.steps, FILES_STEP))
FILED_CATALOGUE: Catalogue = replace(CATALOGUE, products={**CATALOGUE.products, "objecten": FILED})


@contextmanager
def open_scanner() -> Iterator[str]:
    """The address of a scanner that runs until the end of the block."""
    with Scanner(("127.0.0.1", 0), Conversation) as scanner:
        threading.Thread(target=scanner.serve_forever, daemon=True).start()
        yield f"tcp://127.0.0.1:{scanner.server_address[1]}"
        scanner.shutdown()
