"""The style sheet in the tree is the one its sources make, and holds no rule that cannot match."""

from dev.css.__main__ import STATIC
from dev.css.purge import keep_rules, keep_tokens, tokens_after
from dev.css.sheet import build


def test_the_kept_files_are_what_the_sources_give() -> None:
    made = build()
    assert [name for name, content in made.items() if (STATIC / name).read_bytes() != content] == []


def test_the_built_sheet_names_no_other_house() -> None:
    sheet = (STATIC / "balie.css").read_text()
    assert "voorbeeld" not in sheet
    assert "url(http" not in sheet


def test_a_rule_stays_only_if_each_class_is_used() -> None:
    css = ".a{x:1}.b{x:2}.a .b,.a:is(.a,.a:not(.b)){x:3}@media print{.b{x:4}.a{x:5}}"
    assert keep_rules(css, {"a"}) == ".a{x:1}.a:is(.a,.a:not(.b)){x:3}@media print{.a{x:5}}"


def test_tokens_are_kept_through_each_other_and_the_last_counts() -> None:
    tokens = "--a: var(--b); --b: 1; --c: 2; --b: 3;"
    assert keep_tokens(tokens, used_in="p{color:var(--a)}") == "--a:var(--b);--b:3"


def test_a_token_that_leans_on_a_changed_one_is_said_again() -> None:
    assert (
        tokens_after("--size: 2;", "--size:1;--line:var(--size);--box:var(--line);--other:5")
        == "--line:var(--size);--box:var(--line)"
    )
