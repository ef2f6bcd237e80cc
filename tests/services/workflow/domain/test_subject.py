"""A decision says what it is about in the words of its product."""

from __future__ import annotations

from dataclasses import replace

from services.workflow.domain.subject import subject_of
from shared.catalogue.definitions import Product
from tests.services.workflow.town import objecten, submission


def about(subject: str | None) -> Product:
    product = objecten()
    return replace(product, process=replace(product.process, subject=subject))


def test_the_subject_names_answers_as_the_resident_saw_them() -> None:
    product = about("werk bij {spot} met {objects}")
    said = subject_of(submission(), product=product, computed={})
    assert said == "werk bij Voor de deur met 1 container van 4 bij 2 meter, Voorbeeldstraat 14, 3811 LX Amersfoort"


def test_a_subject_may_name_a_calculated_value() -> None:
    assert subject_of(submission(), product=about("een vak van {area} m²"), computed={"area": 8}).startswith(
        "een vak van 8 m²,"
    )


def test_without_the_answer_the_subject_is_the_title_of_the_product() -> None:
    for product in (about("het feest van {organisation}"), about(None)):
        assert subject_of(submission(), product=product, computed={}).startswith("Voorwerp op of aan de weg,")


def test_who_is_represented_is_named_in_the_subject_of_the_letter_to_the_representative() -> None:
    said = replace(submission(), represented="Fatima Yilmaz")
    assert subject_of(said, product=about("een container"), computed={}).endswith("Amersfoort, namens Fatima Yilmaz")
