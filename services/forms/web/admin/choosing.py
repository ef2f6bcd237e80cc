"""Which text of a product a page is about: the working copy, or one of its versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import abort

from services.forms.domain.inspection import inspect, with_examples
from services.forms.domain.working import WorkingCopy
from services.forms.ports.desk import Desk, KnownVersion
from services.forms.web.admin.room import desk_means
from services.forms.web.counter import now
from shared.catalogue.definitions import Product
from shared.catalogue.publications import Publication
from shared.events import Words

WORKING: Final = "werk"
"""How an address names the working copy."""


@dataclass(frozen=True, kw_only=True)
class File:
    """All that is known of one product on one page."""

    id: str
    title: Words
    copy: WorkingCopy | None
    versions: Sequence[KnownVersion]
    publications: Sequence[Publication]

    @property
    def serving(self) -> Publication | None:
        """What serves now."""
        return next((one for one in self.publications if one.called_off_at is None and one.serves_from <= now()), None)

    @property
    def waiting(self) -> Sequence[Publication]:
        """What waits for its moment, the first to come first."""
        waiting = [one for one in self.publications if one.called_off_at is None and one.serves_from > now()]
        return waiting[::-1]

    def number(self, version: str | None) -> int | None:
        """The number by which people call a version."""
        return next((one.number for one in self.versions if one.version == version), None)

    @property
    def usual(self) -> str:
        """What a page is about when its address does not say: the working copy, else what serves."""
        if self.copy is not None:
            return WORKING
        return self.serving.version if self.serving else self.versions[-1].version if self.versions else ""

    @property
    def newest(self) -> str:
        """The text that was not seen by residents yet: the working copy, else what waits; else what serves."""
        return self.waiting[0].version if self.waiting and self.copy is None else self.usual


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One text of a product; `product` is None while its faults keep it from being tried."""

    key: str
    files: Mapping[str, str]
    product: Product | None


def open_file(product_id: str) -> File:
    """All that is known of a product; 404 for one that nobody ever heard of."""
    means = desk_means()
    with means.open_desk() as desk:
        copy, versions = desk.find_copy(product_id), desk.versions_of(product_id)
        if copy is None and not versions:
            abort(404)
        publications = desk.publications_of(product_id)
        title = _title(product_id, versions=versions, desk=desk)
    return File(id=product_id, title=title, copy=copy, versions=versions, publications=publications)


def choose(file: File, *, key: str) -> Chosen:
    """The text of this name: "werk" or a version; 404 when the product has none."""
    if key == WORKING:
        return _working(file)
    if file.number(key) is None:
        abort(404)
    with desk_means().open_desk() as desk:
        product = desk.find_version(file.id, version=key)
    examples = next((one.examples for one in file.publications if one.version == key and one.examples), None)
    return Chosen(key=key, files=with_examples(product.files, examples=examples), product=product)


def _working(file: File) -> Chosen:
    if file.copy is None:
        abort(404)
    means = desk_means()
    others = {name: product for name, product in means.serving().items() if name != file.id}
    found = inspect(file.copy.files, product_id=file.id, municipality=means.municipality, others=others)
    return Chosen(key=WORKING, files=file.copy.files, product=found.tryable)


def _title(product_id: str, *, versions: Sequence[KnownVersion], desk: Desk) -> Words:
    serving = desk_means().serving().get(product_id)
    if serving is None and versions:
        serving = desk.find_version(product_id, version=versions[-1].version)
    return serving.title if serving else Words(nl=product_id, en=product_id)
