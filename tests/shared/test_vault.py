"""The vault keeps what it got under a name that says nothing, lets nobody read it elsewhere, and notices changes."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.shelves import Folder
from shared.vault import CHUNK, DamagedFileError, MissingFileError, Vault, new_name

KEY = "a key for tests only, long enough"
SITE = "http://forms.example"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(Folder(tmp_path / "vault"), key=KEY, site=SITE)


def put(vault: Vault, content: bytes) -> str:
    name = new_name()
    vault.put(io.BytesIO(content), name=name)
    return name


def read(vault: Vault, name: str) -> bytes:
    with vault.get(name) as opened:
        return opened.read()


def place_of(tmp_path: Path, name: str) -> Path:
    return tmp_path / "vault" / name[:2] / name


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_is_put_in_comes_out(vault: Vault, size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    assert read(vault, put(vault, content)) == content


def test_a_file_is_read_in_pieces_of_any_size(vault: Vault) -> None:
    name = put(vault, b"abc" * CHUNK)
    with vault.get(name) as opened:
        pieces = iter(lambda: opened.read(10_007), b"")
        assert b"".join(pieces) == b"abc" * CHUNK


def test_neither_content_nor_anything_of_it_can_be_read_on_the_disk(vault: Vault, tmp_path: Path) -> None:
    name = put(vault, b"a plan of the kitchen")
    assert b"kitchen" not in place_of(tmp_path, name).read_bytes()
    with pytest.raises(DamagedFileError):
        read(Vault(Folder(tmp_path / "vault"), key="another key"), name)


def test_the_same_content_is_never_the_same_bytes_on_the_disk(vault: Vault, tmp_path: Path) -> None:
    first, second = put(vault, b"same"), put(vault, b"same")
    assert place_of(tmp_path, first).read_bytes() != place_of(tmp_path, second).read_bytes()


def test_what_is_put_twice_under_one_name_is_kept_once_and_no_half_file_stays(vault: Vault, tmp_path: Path) -> None:
    name = new_name()
    vault.put(io.BytesIO(b"a letter"), name=name)
    vault.put(io.BytesIO(b"a letter"), name=name)
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [place_of(tmp_path, name)]


def test_a_put_that_fails_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        vault.put(Broken(), name=new_name())
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def test_others_on_the_machine_cannot_look_inside(vault: Vault, tmp_path: Path) -> None:
    put(vault, b"a letter")
    folders = [each for each in (tmp_path / "vault").rglob("*") if each.is_dir()]
    assert folders
    assert all(each.stat().st_mode & 0o077 == 0 for each in folders)


@pytest.mark.parametrize("size", [10, 2 * CHUNK, 3 * CHUNK + 10])
def test_a_changed_or_shortened_file_is_not_given(vault: Vault, tmp_path: Path, size: int) -> None:
    name = put(vault, b"x" * size)
    place = place_of(tmp_path, name)
    whole = place.read_bytes()
    for damaged in (
        whole[:-1],
        whole[: -CHUNK - 16] if size > CHUNK else whole[:-10],
        whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:],
        whole + b"more",
        b"#" + whole[1:],
        whole[:14],
        b"",
    ):
        place.write_bytes(damaged)
        with pytest.raises(DamagedFileError):
            read(vault, name)


def test_a_file_that_lies_under_the_name_of_another_is_not_given(vault: Vault, tmp_path: Path) -> None:
    mine, yours = put(vault, b"mine"), put(vault, b"yours")
    place_of(tmp_path, mine).write_bytes(place_of(tmp_path, yours).read_bytes())
    with pytest.raises(DamagedFileError):
        read(vault, mine)


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "A" * 32, "0" * 31, "0" * 32 + "/.."])
def test_an_unknown_file_is_missing(vault: Vault, name: str) -> None:
    with pytest.raises(MissingFileError):
        vault.get(name)


def test_a_deleted_file_is_gone_and_deleting_it_again_is_fine(vault: Vault) -> None:
    name = put(vault, b"a plan")
    vault.delete(name)
    vault.delete(name)
    with pytest.raises(MissingFileError):
        vault.get(name)


def test_a_link_opens_one_file_in_one_way_until_its_time_is_over(vault: Vault) -> None:
    name, other = new_name(), new_name()
    link = vault.link(name, until=NOW + timedelta(hours=1))
    seal = link.removeprefix(f"{SITE}/bestanden/{name}/")
    assert vault.admits(name, seal=seal, now=NOW) == "save"
    assert vault.admits(name, seal=seal, now=NOW + timedelta(hours=1)) is None
    assert vault.admits(other, seal=seal, now=NOW) is None
    assert vault.admits(name, seal=seal.replace("save", "show"), now=NOW) is None
    assert vault.admits(name, seal="show." + seal.partition(".")[2], now=NOW) is None


@pytest.mark.parametrize("seal", ["", "save", "save..", f"save.99999999999.{'0' * 32}", "x" * 10_000, "save.1.é"])
def test_a_link_that_we_did_not_make_opens_nothing(vault: Vault, seal: str) -> None:
    assert vault.admits(new_name(), seal=seal, now=NOW) is None


def test_a_link_of_one_site_opens_nothing_at_another(vault: Vault, tmp_path: Path) -> None:
    name = new_name()
    seal = vault.link(name, until=NOW + timedelta(hours=1)).rpartition("/")[2]
    elsewhere = Vault(Folder(tmp_path / "vault"), key=KEY, site="http://workflow.example")
    assert elsewhere.admits(name, seal=seal, now=NOW) is None


def test_a_vault_without_a_place_does_not_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        Vault(Folder(tmp_path / "file"), key=KEY).works()
    assert Vault(Folder(tmp_path / "vault"), key=KEY).works()
