"""A folder with faults never takes a service down: the last good version serves on."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import shared.catalogue
from services.forms.publications import publish_catalogue
from services.forms.standing import standing_catalogue
from shared.catalogue import versions
from shared.catalogue.faults import FaultyCatalogueError
from shared.catalogue.municipality import standing_municipality
from shared.database import connect
from tests.shared.catalogue.texts import FILES, FORM

MUNICIPALITY = Path(shared.catalogue.__file__).parent / "municipality.yaml"
BROKEN = FORM.replace("kind: integer", "kind: interger")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue with the trial product."""
    versions.forget()
    shutil.copy(MUNICIPALITY, tmp_path)
    (tmp_path / "trial").mkdir()
    for name, text in FILES.items():
        (tmp_path / "trial" / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def forms(database: Any) -> str:
    """The address of an empty database for the form service."""
    return str(database.dsn("forms"))


def write(folder: Path, form: str) -> None:
    (folder / "trial" / "form.yaml").write_text(form, encoding="utf-8")


def version(folder: Path, url: str) -> str | None:
    product = standing_catalogue(folder, database_url=url).products.get("trial")
    return product.version if product else None


def test_a_product_with_faults_serves_as_it_was_last_published(folder: Path, forms: str) -> None:
    assert publish_catalogue(folder, database_url=forms) == ["trial"]
    good = version(folder, forms)
    write(folder, BROKEN)
    assert publish_catalogue(folder, database_url=forms) == []
    assert version(folder, forms) == good
    assert len(standing_catalogue(folder, database_url=forms).faults) == 1


def test_what_was_rolled_back_to_is_what_serves_on(folder: Path, forms: str) -> None:
    publish_catalogue(folder, database_url=forms)
    first = version(folder, forms)
    write(folder, FORM.replace("en: Trial}", "en: Test}", 1))
    publish_catalogue(folder, database_url=forms)
    assert version(folder, forms) != first
    write(folder, FORM)
    publish_catalogue(folder, database_url=forms)
    publish_catalogue(folder, database_url=forms)
    write(folder, BROKEN)
    assert version(folder, forms) == first


def test_a_product_that_never_was_without_faults_is_left_out(folder: Path, forms: str) -> None:
    write(folder, BROKEN)
    assert version(folder, forms) is None


def test_a_product_that_is_no_longer_there_is_no_longer_offered(folder: Path, forms: str) -> None:
    publish_catalogue(folder, database_url=forms)
    shutil.rmtree(folder / "trial")
    assert version(folder, forms) is None


@pytest.mark.parametrize("content", [b"name: x\n", b"\xff\xfe", None])
def test_the_municipality_speaks_on_as_it_was_last_published(
    folder: Path, database: Any, forms: str, content: bytes | None
) -> None:
    path = folder / "municipality.yaml"
    publish_catalogue(folder, database_url=forms)
    publish_catalogue(folder, database_url=forms)
    path.unlink() if content is None else path.write_bytes(content)
    for service in ("forms", "workflow", "notify"):
        assert standing_municipality(folder, database_url=database.dsn(service)).name == "Gemeente Amersfoort"
    assert publish_catalogue(folder, database_url=forms) == ["trial"]


def test_a_municipality_that_was_never_published_cannot_speak(folder: Path, database: Any, forms: str) -> None:
    with connect(database.dsn()) as owner:
        owner.execute("truncate catalogue.municipality")
    (folder / "municipality.yaml").unlink()
    with pytest.raises(FaultyCatalogueError):
        standing_catalogue(folder, database_url=forms)
