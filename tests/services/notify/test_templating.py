"""Texts with holes: what a person typed never becomes more than text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.templating import fill, holes_of, in_lines, missing_in
from services.notify.markup import html_of, text_of


def test_a_name_is_the_same_in_any_case_and_with_any_blanks() -> None:
    assert fill("Dag ((First name)), ((first_name))", values={"FIRST-NAME": "Noor"}) == "Dag Noor, Noor"
    assert [hole.name for hole in holes_of("((a b)) ((A_B)) ((c??d))", "((e))")] == ["a b", "c", "e"]


def test_a_template_is_read_once_however_many_rows_are_filled_in() -> None:
    subject, body = "Afspraak ((name))", "Kom op ((day))((id??, met ((paper))))."
    first = holes_of(subject, body)
    assert [hole.key for hole in first] == ["name", "day", "id", "paper"]
    assert holes_of("Afspraak ((name))", body) is first
    assert holes_of(body, subject) != first


def test_an_optional_part_is_there_when_its_name_says_yes() -> None:
    text = "Kom langs((id??, met uw paspoort (of rijbewijs)))."
    assert fill(text, values={"id": "yes"}) == "Kom langs, met uw paspoort (of rijbewijs)."
    assert fill(text, values={"id": "ja"}) == "Kom langs, met uw paspoort (of rijbewijs)."
    assert fill(text, values={"id": "no"}) == "Kom langs."


def test_what_has_no_value_is_named() -> None:
    assert missing_in({"Name": "x"}, holes=holes_of("((name)) ((Day of week)) ((b??c))")) == ("Day of week", "b")
    with pytest.raises(KeyError):
        fill("((name))", values={})


def test_a_list_is_a_sentence_in_a_line_and_bullets_of_its_own() -> None:
    values = {"items": ["een", "twee", "", "drie"]}
    assert fill("Neem ((items)) mee", values=values) == "Neem een, twee en drie mee"
    assert fill("((items))", values=values, write=in_lines) == "* een\n* twee\n* drie"
    assert html_of("Neem mee:\n\n((items))", values=values) == (
        "<p>Neem mee:</p>\n<ul><li>een</li><li>twee</li><li>drie</li></ul>\n"
    )


def test_a_value_that_looks_like_a_hole_stays_what_it_is() -> None:
    values = {"a": "((b))", "b": "secret"}
    assert fill("((a))", values=values) == "((b))"
    assert html_of("((a))", values=values) == "<p>((b))</p>\n"


def test_the_marks_of_the_writer_work_and_those_of_a_value_do_not() -> None:
    values = {"name": "# <b>*Noor*</b> [klik](https://kwaad.example)", "link": "https://balie.example/?a=1&b=<2>"}
    html = html_of("# Dag\n\n*((name))* [uw zaak](((link)))", values=values)
    assert html == (
        "<h2>Dag</h2>\n<p><em># &lt;b&gt;*Noor*&lt;/b&gt; [klik](https://kwaad.example)</em> "
        '<a href="https://balie.example/?a=1&amp;b=%3C2%3E">uw zaak</a></p>\n'
    )
    assert "uw zaak: https://balie.example/?a=1&b=<2>" in text_of("[uw zaak](((link)))", values=values)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", " //x", "JaVaScRiPt:alert(1)", "x"])
def test_a_link_that_a_value_gives_leads_to_the_web_or_nowhere(link: str) -> None:
    assert '<a href="#">' in html_of("[x](((link)))", values={"link": link})


def test_the_text_of_an_optional_part_is_text() -> None:
    assert "&lt;script&gt;" in html_of("((a??<script>))", values={"a": "yes"})


@given(st.text(max_size=60))
def test_no_value_whatsoever_becomes_a_mark(value: str) -> None:
    plain = html_of("Dag ((x))", values={"x": "y"})
    html = html_of("Dag ((x))", values={"x": value})
    assert html.replace("<br>", "").count("<") == plain.count("<")
