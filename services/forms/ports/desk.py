"""What publishing needs: one transaction over the working copies and the published versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from services.forms.domain.working import WorkingCopy
from shared.access import Person
from shared.catalogue.definitions import Municipality, Product
from shared.catalogue.publications import Publication, Signature

Act = Literal["begun", "changed", "added", "removed", "uploaded", "thrown_away", "published", "offered"]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One thing that somebody did to the text of a product before it was published."""

    at: datetime
    signed_by: str
    act: Act
    file: str


@dataclass(frozen=True, kw_only=True)
class KnownVersion:
    """A version of a product that was ever kept; `number` counts them from 1 in the order they came."""

    version: str
    number: int


@dataclass(frozen=True, kw_only=True)
class SpeakerText:
    """A text of municipality.yaml that was published; `signed_by` None is the folder that came with the software.

    One that `waits` came with the folder after somebody published by hand, and never served.
    """

    id: int
    content: str
    published_at: datetime
    signed_by: str | None
    because: str
    waits: bool


class Desk(Protocol):
    """The desk of a functional administrator."""

    def find_copy(self, product_id: str) -> WorkingCopy | None:
        """The working copy of a product."""
        ...

    def begin_copy(self, copy: WorkingCopy) -> bool:
        """Keep a new working copy; False when there is one already."""
        ...

    def change_copy(self, product_id: str, *, files: Mapping[str, str], revision: int, signed: Signature) -> bool:
        """Keep these texts; False when the working copy is not at this revision any more."""
        ...

    def drop_copy(self, product_id: str, *, revision: int) -> bool:
        """Forget the working copy; False when it is not at this revision any more."""
        ...

    def note(self, product_id: str, *, act: Act, signed: Signature, file: str = "") -> None:
        """Keep for ever who did this."""
        ...

    def edits_of(self, product_id: str) -> Sequence[Edit]:
        """What was done to the text of a product, the latest first; at most fifty."""
        ...

    def versions_of(self, product_id: str) -> Sequence[KnownVersion]:
        """Every version of a product, the oldest first."""
        ...

    def publications_of(self, product_id: str) -> Sequence[Publication]:
        """Every publication of a product, the latest first."""
        ...

    def find_version(self, product_id: str, *, version: str) -> Product:
        """A version as it was kept. Raises UnknownVersionError."""
        ...

    def remember(self, product: Product) -> None:
        """Keep a version that nobody is offered."""
        ...

    def publish(
        self, product: Product, *, signed: Signature, serves_from: datetime, examples: Mapping[str, str] | None
    ) -> None:
        """Offer this version from a moment on. Raises InThePastError."""
        ...

    def call_off(self, publication_id: int, *, by: Person, at: datetime) -> None:
        """Call off what does not serve yet. Raises AlreadyServesError."""
        ...

    def speaker_texts(self) -> Sequence[SpeakerText]:
        """Every text about the municipality, the latest first."""
        ...

    def hold_speaker(self) -> None:
        """Let nobody else publish a text about the municipality until this desk closes."""
        ...

    def publish_speaker(self, content: str, *, signed: Signature) -> None:
        """Have this text about the municipality serve from now on."""
        ...


@dataclass(frozen=True, kw_only=True)
class DeskMeans:
    """All that the actions of a functional administrator work with; `serving` gives the products that serve now."""

    open_desk: Callable[[], AbstractContextManager[Desk]]
    serving: Callable[[], Mapping[str, Product]]
    municipality: Municipality
