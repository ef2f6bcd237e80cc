"""A zip is unpacked with distrust: what it may hold is little, and all else is refused with its reason."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from services.forms.domain.packages import pack, unpack
from services.forms.domain.working import LONGEST_FILE, UnfitTextError, check_file, check_product_id

FILES = {"form.yaml": "title: x\n", "process.yaml": "y: é\n", "cases/a.yaml": "on: z\n", "letters/besluit.txt": "Dag\n"}


def zipped(files: dict[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(UnfitTextError) as caught:
        unpack(content)
    return caught.value.code


def test_what_was_packed_comes_out_the_same_and_always_in_the_same_bytes() -> None:
    packed = pack(FILES, folder="klein-evenement")
    assert unpack(packed) == FILES
    assert pack(dict(reversed(FILES.items())), folder="klein-evenement") == packed


def test_the_files_may_lie_in_a_folder_or_without_one_beside_what_a_computer_adds() -> None:
    noise = {"__MACOSX/x/._form.yaml": b"\x00", "x/.DS_Store": b"\x00"}
    assert unpack(zipped({f"x/{name}": text for name, text in FILES.items()} | noise)) == FILES
    assert unpack(zipped(FILES)) == FILES
    assert unpack(zipped({"cases/a.yaml": "on: z\n"})) == {"cases/a.yaml": "on: z\n"}


def test_lines_end_as_we_keep_them_and_a_mark_of_byte_order_is_dropped() -> None:
    assert unpack(zipped({"form.yaml": b"\xef\xbb\xbfa: 1\r\nb: 2\r"})) == {"form.yaml": "a: 1\nb: 2\n"}


@pytest.mark.parametrize("name", ["../form.yaml", "/form.yaml", "x/../../form.yaml", "C:/form.yaml", "x\\form.yaml"])
def test_a_path_that_leads_out_of_the_folder_is_refused(name: str) -> None:
    assert refusal(zipped({name: "a"})) == "path"


@pytest.mark.parametrize(
    "name", ["form.yml", "x/y/form.yaml", "run.sh", "cases/a.exe", "letters/a.html", "form.yaml/x"]
)
def test_a_file_that_belongs_to_no_product_is_refused(name: str) -> None:
    assert refusal(zipped({"form.yaml": "a", name: "b"})) == "name"


def test_a_file_beside_the_folder_of_a_product_is_the_one_that_is_told() -> None:
    with pytest.raises(UnfitTextError) as caught:
        unpack(zipped({"x/cases/a.yaml": "on: z\n", "x/form.yaml": "a", "readme.txt": "b"}))
    assert (caught.value.code, caught.value.name) == ("name", "readme.txt")


def test_a_bomb_is_not_unpacked() -> None:
    assert refusal(zipped({"form.yaml": b"0" * 100_000_000})) == "large"
    assert refusal(zipped({"form.yaml": b"0" * 3_900_000})) == "long"
    assert refusal(zipped({f"cases/a{n}.yaml": "x" for n in range(101)})) == "many"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    content = zipped({"form.yaml": b"0" * 100_000_000})
    real = struct.pack("<L", 100_000_000)
    assert refusal(content.replace(real, struct.pack("<L", 10))) in ("no_zip", "large", "long")


def test_a_link_and_a_locked_file_are_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        link = zipfile.ZipInfo("form.yaml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert refusal(content.getvalue()) == "link"
    locked = bytearray(zipped({"form.yaml": "a"}))
    locked[6] |= 1
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(locked)) == "locked"


def test_the_same_file_twice_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("form.yaml", "a")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("form.yaml", "b")
    assert refusal(content.getvalue()) == "twice"


@pytest.mark.parametrize("content", [b"", b"PK", b"%PDF-1.7", zipped(FILES)[:-30], zipped(FILES)[20:]])
def test_what_is_no_whole_zip_is_refused(content: bytes) -> None:
    assert refusal(content) == "no_zip"


def test_an_empty_zip_and_what_is_no_text_are_refused() -> None:
    assert refusal(zipped({})) == "empty"
    assert refusal(zipped({"form.yaml": b"\xff\xfe\x00"})) == "no_text"
    assert refusal(zipped({"form.yaml": "a\x00b"})) == "no_text"


def test_a_text_has_a_longest_length() -> None:
    assert check_file("form.yaml", "x" * LONGEST_FILE)
    with pytest.raises(UnfitTextError):
        check_file("form.yaml", "x" * (LONGEST_FILE + 1))


@pytest.mark.parametrize("name", ["", "Terras", "a b", "../x", "beheer", "privacy", "-x", "x-", "9x", "a" * 61, "x\n"])
def test_not_every_word_can_be_the_address_of_a_product(name: str) -> None:
    with pytest.raises(UnfitTextError):
        check_product_id(name)
