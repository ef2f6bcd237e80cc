"""The picture of a form: all of the form is in it, nothing stands on anything else, and everybody can read it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.forms.picture import arrange, draw, sketch
from services.forms.picture.arranging import rising
from shared.catalogue.definitions import Product
from shared.events import Language, Words
from shared.rules import compile_expression
from tests.services.forms.noor import CATALOGUE, OBJECTEN

PRODUCTS = sorted(CATALOGUE.products)


def drawn(product: Product, *, language: Language = "nl") -> ElementTree.Element:
    return ElementTree.fromstring(draw(arrange(sketch(product), language=language), language=language))  # noqa: S314 our own


def texts(picture: ElementTree.Element) -> str:
    return " ".join(" ".join(each.text or "" for each in picture.iter("text")).split())


@pytest.mark.parametrize("product_id", PRODUCTS)
def test_every_step_question_value_rule_and_condition_is_in_the_picture(product_id: str) -> None:
    product = CATALOGUE.product(product_id)
    said = texts(drawn(product))
    wanted = [step.title.nl for step in product.steps] + [rule.id for rule in product.rules]
    wanted += [question.label.nl for question in product.questions]
    wanted += [each.when for each in (*product.questions, *product.rules) if each.when]
    assert [text for text in wanted if " ".join(text.split()) not in said] == []


@pytest.mark.parametrize("product_id", PRODUCTS)
def test_a_line_leads_from_everything_that_a_rule_reads_to_the_rule(product_id: str) -> None:
    product = CATALOGUE.product(product_id)
    found = sketch(product)
    for rule in product.rules:
        read = {box.id for box in found.read_by(f"rule {rule.id}")}
        assert read == set(compile_expression(rule.when).names)
    ends = {box.id for box in found.boxes}
    assert {end for link in found.links for end in (link.source, link.target)} <= ends
    for question in product.questions:
        asking = {f"rule {rule.id}" for rule in product.rules if rule.value == question.id and question.by_rule}
        assert asking <= {box.id for box in found.read_by(question.id)}


@pytest.mark.parametrize("product_id", PRODUCTS)
def test_nothing_stands_on_anything_else_or_outside_the_picture(product_id: str) -> None:
    arranged = arrange(sketch(CATALOGUE.product(product_id)), language="nl")
    assert set(arranged.spots) == {box.id for box in arranged.sketch.boxes}
    for column in {spot.x for spot in arranged.spots.values()}:
        inner = sorted((spot for spot in arranged.spots.values() if spot.x == column), key=lambda spot: spot.y)
        assert all(above.y + above.height < below.y for above, below in pairwise(inner))
        assert inner[0].y >= 0
        assert inner[-1].y + inner[-1].height <= arranged.height
        assert all(spot.x + spot.width <= arranged.width for spot in inner)


def test_who_does_not_see_the_picture_is_told_what_it_is_and_where_the_list_stands() -> None:
    picture = drawn(OBJECTEN)
    assert picture.get("role") == "img"
    told = {each.get("id"): each.text for each in picture if each.tag in ("title", "desc")}
    assert told[picture.get("aria-labelledby") or ""] == "Het formulier Voorwerp op of aan de weg in beeld"
    described = told[picture.get("aria-describedby") or ""] or ""
    assert described.startswith("4 stappen met 31 vragen, 3 berekende waarden en 17 regels.")
    assert "The list below tells the same." in (drawn(OBJECTEN, language="en").findtext("desc") or "")


def test_letters_take_the_colour_of_the_page_so_that_any_choice_of_colours_can_be_read() -> None:
    picture = drawn(OBJECTEN)
    assert {each.get("fill") for each in picture.iter("text")} == {"currentColor"}
    grounds = [each for each in picture.iter("rect") if each.get("fill") != "Canvas"]
    assert all(float(each.get("fill-opacity") or 1) <= 0.12 for each in grounds)
    assert not [each for each in picture.iter() if each.get("style") or each.get("class")]


def test_what_is_written_in_a_form_stays_text_in_the_picture() -> None:
    evil = "</text><script>alert(1)</script> \" onload='x' &amp;"
    question = replace(OBJECTEN.questions[0], label=Words(nl=evil, en=evil))
    first = replace(OBJECTEN.steps[0], questions=(question, *OBJECTEN.steps[0].questions[1:]))
    picture = drawn(replace(OBJECTEN, steps=(first, *OBJECTEN.steps[1:])))
    assert evil in texts(picture)
    assert {each.tag for each in picture.iter()} == {"svg", "title", "desc", "g", "rect", "text", "path"}


@given(st.lists(st.floats(-1e4, 1e4), max_size=40))
def test_what_would_overlap_is_pooled_and_nothing_moves_further_than_it_must(wanted: list[float]) -> None:
    found = rising(wanted)
    assert all(first <= second + 1e-6 for first, second in pairwise(found))
    assert sum(found) == pytest.approx(sum(wanted), abs=1e-3)
    if wanted == sorted(wanted):
        assert found == pytest.approx(wanted)
