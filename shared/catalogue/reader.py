"""Reading the catalogue: a folder of products into typed definitions, with every fault found in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.catalogue.check import check_product
from shared.catalogue.check.sense import check_sense
from shared.catalogue.check.town import check_town
from shared.catalogue.definitions import CASES, Catalogue, Municipality, Product
from shared.catalogue.faults import Fault, FaultyProductError, Place, nearest_name
from shared.catalogue.form import read_form
from shared.catalogue.handling import read_process
from shared.catalogue.municipality import read_municipality
from shared.catalogue.nodes import Entry, Text, Written
from shared.catalogue.origins import Origins

FORM, PROCESS = "form.yaml", "process.yaml"
_NOT_PRODUCTS = ("messages", "migrations", "__pycache__")


def read_catalogue(folder: Path, *, municipality: Municipality | None = None) -> Catalogue:
    """Read all products; one with faults is left out and its faults are told.

    They are those of the municipality in the folder, unless another is given.

    Raises:
        FaultyCatalogueError: the municipality itself cannot be read, so nobody speaks.
    """
    municipality = municipality or read_municipality(folder)
    read = {each.name: _examine_folder(each) for each in product_folders(folder)}
    sound = {name: each.product if each.sound else None for name, each in read.items()}
    faults: list[Fault] = []
    products: dict[str, Product] = {}
    for name, each in read.items():
        found = list(each.faults)
        if each.product is not None:
            found += check_town(each.product, origins=each.origins, municipality=municipality, others=sound)
        faults.extend(found)
        if each.product is not None and not _wrong(found):
            products[name] = each.product
    return Catalogue(
        products=products,
        municipality=municipality,
        faults=tuple(_wrong(faults)),
        unknown=tuple(fault for fault in faults if fault.kind == "unknown"),
        left_out=tuple(name for name in read if name not in products),
        in_folder=frozenset(read),
    )


@dataclass(frozen=True, kw_only=True)
class Examined:
    """What came of reading a product: itself, if its texts can be read at all, with all that is wrong or unknown."""

    product: Product | None
    faults: tuple[Fault, ...]
    origins: Origins

    @property
    def sound(self) -> bool:
        """Whether the product can be offered."""
        return self.product is not None and not _wrong(self.faults)


def examine(files: Mapping[str, str], *, product_id: str) -> Examined:
    """Read and check one product from its texts by relative path; nothing is raised."""
    faults: list[Fault] = []
    origins = Origins()
    _check_files(files, product_id=product_id, faults=faults)
    product = _read(files, product_id=product_id, origins=origins, faults=faults)
    if product is not None:
        faults.extend(check_product(product, origins=origins))
        if not _wrong(faults):
            faults.extend(check_sense(product, origins=origins))
    return Examined(product=product, faults=tuple(faults), origins=origins)


def reopen_product(files: Mapping[str, str], *, product_id: str) -> Product:
    """Read a version that was published before; what is asked of a product only since then counts for new ones.

    Raises:
        FaultyProductError: it cannot be read at all.
    """
    faults: list[Fault] = []
    product = _read(files, product_id=product_id, origins=Origins(), faults=faults)
    if product is None:
        raise FaultyProductError(faults)
    return product


def product_folders(folder: Path) -> list[Path]:
    """Give the folders of a catalogue that hold a product; beside this file stands code as well."""
    return sorted(
        each
        for each in folder.iterdir()
        if each.is_dir() and each.name not in _NOT_PRODUCTS and not (each / "__init__.py").exists()
    )


def product_files(folder: Path) -> dict[str, str]:
    """Read the texts that make a product what it is; example cases are not among them.

    Raises:
        FaultyProductError: a file is no UTF-8 text.
    """
    files: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith((f"{CASES}/", ".")):
            try:
                files[name] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                place = Place(file=f"{folder.name}/{name}")
                raise FaultyProductError([Fault(place=place, sentence="This file is no UTF-8 text.")]) from None
    return files


def version_of(files: Mapping[str, str]) -> str:
    """Name a version: SHA-256 over all texts by path, blind to how a machine ends its lines."""
    canonical = {path: "\n".join(text.splitlines()) for path, text in files.items()}
    return hashlib.sha256(json.dumps(canonical, sort_keys=True).encode()).hexdigest()


def _wrong(faults: Iterable[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.kind == "fault"]


def _examine_folder(folder: Path) -> Examined:
    try:
        return examine(product_files(folder), product_id=folder.name)
    except FaultyProductError as error:
        return Examined(product=None, faults=error.faults, origins=Origins())


def _read(files: Mapping[str, str], *, product_id: str, origins: Origins, faults: list[Fault]) -> Product | None:
    form_entry = _open(files, FORM, product_id=product_id, faults=faults, written=origins.written)
    process_entry = _open(files, PROCESS, product_id=product_id, faults=faults, written=origins.written)
    form = read_form(form_entry, origins=origins) if form_entry else None
    process = read_process(process_entry, origins=origins) if process_entry else None
    if form is None or process is None:
        return None
    return Product(
        id=product_id,
        version=version_of(files),
        title=form.title,
        nature=form.nature,
        theme=form.theme,
        synonyms=form.synonyms,
        sign_in=form.sign_in,
        payment=form.payment,
        cosign=form.cosign,
        about=form.about,
        steps=form.steps,
        computed=form.computed,
        rules=form.rules,
        fees=form.fees,
        roles=form.roles,
        process=process,
        files=dict(files),
    )


def _open(
    files: Mapping[str, str], name: str, *, product_id: str, faults: list[Fault], written: list[Written]
) -> Entry | None:
    if name not in files:
        return None
    return Text(file=f"{product_id}/{name}", faults=faults, written=written).open(files[name])


def _check_files(files: Mapping[str, str], *, product_id: str, faults: list[Fault]) -> None:
    for name in (FORM, PROCESS):
        if name not in files:
            place = Place(file=f"{product_id}/{name}")
            faults.append(Fault(place=place, sentence=f"The file '{name}' is missing."))
    for name in files:
        if name not in (FORM, PROCESS) and not name.startswith("letters/"):
            place = Place(file=f"{product_id}/{name}")
            nearest = nearest_name(name, among=(FORM, PROCESS))
            faults.append(Fault(place=place, sentence=f"The file '{name}' has no place here.", nearest=nearest))
