"""Keys that seal: what they close opens only for what it is about, and says nothing by its length."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.keyring import BrokenSealError, Keyring, WeakKeyError

OLD, NEW = "the-old-key-" + "o" * 30, "the-new-key-" + "n" * 30
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(JSON)
def test_what_is_sealed_opens_as_it_was(value: Any) -> None:
    assert Keyring(NEW).open(Keyring(NEW).seal(value, about="a draft"), about="a draft") == value


def test_a_seal_opens_only_as_what_it_is_about_and_never_when_changed() -> None:
    sealed = Keyring(NEW).seal("999970100", about="draft 1 answer bsn")
    for wrong in (sealed[:-8] + "AAAAAAA=", sealed[20:], "", "?", "AAAA" * 30):
        with pytest.raises(BrokenSealError):
            Keyring(NEW).open(wrong, about="draft 1 answer bsn")
    with pytest.raises(BrokenSealError):
        Keyring(NEW).open(sealed, about="draft 2 answer bsn")
    with pytest.raises(BrokenSealError):
        Keyring(OLD).open(sealed, about="draft 1 answer bsn")


def test_the_newest_key_seals_and_all_of_them_open() -> None:
    before, both, after = Keyring(OLD), Keyring(f"{NEW}\n{OLD}\n"), Keyring(NEW)
    assert both.open(before.seal("no", about="x"), about="x") == "no"
    sealed = both.seal("yes", about="x")
    assert after.open(sealed, about="x") == "yes"
    with pytest.raises(BrokenSealError):
        before.open(sealed, about="x")


def test_the_same_answer_is_sealed_differently_each_time() -> None:
    assert Keyring(NEW).seal("yes", about="x") != Keyring(NEW).seal("yes", about="x")


def test_a_yes_is_as_long_as_a_no_and_as_a_short_sentence() -> None:
    lengths = {len(Keyring(NEW).seal(value, about="x")) for value in (True, False, "walker", ["walker", "wheelchair"])}
    assert len(lengths) == 1


def test_a_person_is_known_again_by_a_mark_also_after_a_new_key_came() -> None:
    before, both, after = (Keyring(keys).marks("999970100") for keys in (OLD, f"{NEW},{OLD}", NEW))
    assert set(before) & set(both)
    assert set(both) & set(after)
    assert not set(before) & set(after)
    assert not set(both) & set(Keyring(f"{NEW},{OLD}").marks("999990676"))
    assert not any("999970100" in mark for mark in both)


@pytest.mark.parametrize("keys", ["", " \n", "short", f"{NEW} short"])
def test_a_ring_without_a_strong_key_is_refused(keys: str) -> None:
    with pytest.raises(WeakKeyError):
        Keyring(keys)
