"""The vault keeps what it got, and notices when it changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from services.notify.vault import DamagedFileError, DiskVault, MissingFileError


def test_what_is_put_in_comes_out_under_its_own_hash(tmp_path: Path) -> None:
    vault = DiskVault(tmp_path / "vault")
    sha256 = vault.put(b"a letter")
    assert sha256 == hashlib.sha256(b"a letter").hexdigest()
    assert vault.get(sha256) == b"a letter"


def test_the_same_content_is_kept_once_and_no_half_file_stays(tmp_path: Path) -> None:
    vault = DiskVault(tmp_path)
    assert vault.put(b"a letter") == vault.put(b"a letter")
    assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 1


def test_others_on_the_machine_cannot_look_inside(tmp_path: Path) -> None:
    DiskVault(tmp_path / "vault").put(b"a letter")
    folders = [each for each in (tmp_path / "vault").rglob("*") if each.is_dir()]
    assert folders
    assert all(each.stat().st_mode & 0o077 == 0 for each in folders)


def test_a_changed_file_is_not_given(tmp_path: Path) -> None:
    vault = DiskVault(tmp_path)
    sha256 = vault.put(b"a letter")
    next(each for each in tmp_path.rglob("*") if each.is_file()).write_bytes(b"another letter")
    with pytest.raises(DamagedFileError):
        vault.get(sha256)


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd"])
def test_an_unknown_file_is_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(MissingFileError):
        DiskVault(tmp_path / "vault").get(name)


def test_a_vault_without_a_place_does_not_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        DiskVault(tmp_path / "file").works()
    assert DiskVault(tmp_path / "vault").works()
