"""The code on a letter: nobody can guess it, and a person who copies it need not be precise."""

from __future__ import annotations

from services.notify.domain.codes import new_code, read_code


def test_a_code_has_eighty_bits_and_none_is_made_twice() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    signs = set("".join(codes)) - {"-"}
    assert (len(signs), signs & set("OILU")) == (32, set())
    assert {len(each.replace("-", "")) for each in codes} == {16}


def test_a_code_is_read_with_other_dashes_capitals_and_signs_that_look_alike() -> None:
    for typed in ("7K2M-9QXR-4TBV-PN61", " 7k2m 9qxr 4tbv pn6l ", "7K2M9QXR4TBVPN6I", "7K2M–9QXR–4TBV–PN6i"):
        assert read_code(typed) == "7K2M-9QXR-4TBV-PN61"
    assert read_code("OOOO-0000-oooo-0000") == "0000-0000-0000-0000"


def test_what_is_no_code_is_told_apart() -> None:
    for typed in (
        "",
        "7K2M",
        "7K2M-9QXR-4TBV-PN6D-1",
        "7K2M-9QXR-4TBV-PN6U",
        "<b>7K2M-9QXR-4TB",
        "\x00" * 16,
        "漢" * 16,
    ):
        assert read_code(typed) is None
