"""The program that makes files safe, as it really runs: what it lets through, and how it ends."""

from __future__ import annotations

import io
import tempfile
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import pytest

from services.forms import scrubber
from services.forms.ports.files import RefusedFileError
from services.forms.scrubber import ProcessScrubber
from shared.catalogue.definitions import FileType
from tests.services.forms import files

ALL = tuple(FileType)


def scrub(folder: Path, content: bytes, *, types: tuple[FileType, ...] = ALL) -> tuple[FileType, bytes]:
    with tempfile.TemporaryFile() as source:
        source.write(content)
        scrubbed = ProcessScrubber(folder / "incoming").scrub(source, types=types)
        with closing(scrubbed.content):
            return scrubbed.kind, scrubbed.content.read()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.phone_photo(), FileType.JPG),
        (files.picture("PNG"), FileType.PNG),
        (files.pdf(root={"/OpenAction": files.script()}), FileType.PDF),
        (files.office("xlsx"), FileType.XLSX),
    ],
)
def test_a_file_comes_back_safe_with_what_it_is(tmp_path: Path, content: bytes, kind: FileType) -> None:
    found, safe = scrub(tmp_path, content)
    assert found is kind
    assert b"Noor was here" not in safe
    assert b"JavaScript" not in safe
    assert list((tmp_path / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MZ program", "type"),
        (files.EICAR, "type"),
        (files.picture()[:-300], "malformed"),
        (files.pdf_with_password(), "protected"),
        (files.office(extra={"word/vbaProject.bin": b"x"}), "harmful"),
        (files.png_bomb(), "huge"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (files.zip_bomb(), "harmful"),
    ],
)
def test_a_refused_file_comes_back_with_the_reason_and_leaves_nothing(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(RefusedFileError) as refused:
        scrub(tmp_path, content)
    assert refused.value.reason == reason
    assert list((tmp_path / "incoming").iterdir()) == []


def test_a_good_file_of_a_type_that_was_not_asked_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError, match="type"):
        scrub(tmp_path, files.picture(), types=(FileType.PDF,))


def test_a_pdf_that_unfolds_without_end_takes_nobody_down(tmp_path: Path) -> None:
    bomb = files.pdf_bomb()
    assert len(bomb) < 15_000_000
    with pytest.raises(RefusedFileError):
        scrub(tmp_path, bomb)


def test_the_program_sees_none_of_our_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "ours")
    seen: list[dict[str, str]] = []
    really = scrubber.subprocess.run

    def spy(*command: object, env: dict[str, str], **rest: object) -> object:
        seen.append(env)
        return really(*command, env=env, **rest)  # type: ignore[call-overload]

    monkeypatch.setattr(scrubber.subprocess, "run", spy)
    scrub(tmp_path, files.pdf())
    assert seen == [{}]


def test_a_file_that_was_read_before_is_read_from_its_beginning_again(tmp_path: Path) -> None:
    with tempfile.TemporaryFile() as source:
        source.write(files.pdf())
        source.seek(0)
        source.read()
        scrubbed = ProcessScrubber(tmp_path).scrub(source, types=ALL)
        scrubbed.content.close()
    assert scrubbed.kind is FileType.PDF


def test_a_program_that_takes_too_long_is_ended_and_the_file_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scrubber, "LONGEST_S", 0.01)
    with pytest.raises(RefusedFileError, match="harmful"):
        scrub(tmp_path, files.pdf())


def test_a_folder_that_cannot_be_written_is_our_own_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    source: BinaryIO = io.BytesIO(files.pdf())
    with pytest.raises(OSError, match="file"):
        ProcessScrubber(tmp_path / "file").scrub(source, types=ALL)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
