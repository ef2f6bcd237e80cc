"""What goes to the case handler, how answers read, and references that cannot be mistaken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.forms.domain.progress import Progress
from services.forms.domain.references import SIGNS, is_reference, new_reference, tidy_reference
from services.forms.domain.showing import show, show_number
from services.forms.domain.submissions import IncompleteError, applicant, decide_by, hand_in
from shared.events import SubmissionReceived
from shared.wire import from_wire, to_wire
from tests.services.forms.noor import ANSWERS, CATALOGUE, HOME, NOW, OBJECTEN, TODAY


def submission(**changes: object) -> SubmissionReceived:
    answers = {name: value for name, value in {**ANSWERS, **changes}.items() if value is not None}
    return hand_in(
        Progress(OBJECTEN, answers, TODAY),
        reference="Z-2026-7KQ4-M2XD",
        received_at=NOW,
        channel="web",
        language="nl",
        status_link="http://forms.example/status/x",
    )


def test_the_case_handler_gets_everything_in_one_fact() -> None:
    told = submission()
    assert from_wire("SubmissionReceived", version=1, payload=to_wire(told)) == told
    assert told.applicant.kind == "person"
    assert told.applicant.name == "Noor de Vries"
    assert told.place == "Voorbeeldstraat 14, 3811 LX Amersfoort"
    assert (str(told.starts), str(told.ends)) == ("2027-01-14", "2027-01-18")
    assert told.fee_cents == 5000
    assert "permit-at-once" in {rule.rule for rule in told.rules if rule.outcome == "fired"}


def test_a_company_applies_with_its_name_and_number() -> None:
    party = submission(applicant_kind="company", organisation="Bouwbedrijf Voorbeeld", kvk="12345678").applicant
    assert (party.kind, party.organisation, party.kvk) == ("company", "Bouwbedrijf Voorbeeld", "12345678")


def test_who_applies_for_somebody_else_is_written_to_and_names_them() -> None:
    letter = {"id": "1", "name": "machtiging.pdf", "type": "application/pdf", "bytes": 9, "sha256": "a" * 64}
    given = {"represented": "Fatima Yilmaz", "represented_address": HOME, "authorisation": [letter]}
    told = submission(applicant_kind="represented", **given)
    assert (told.represented, told.applicant.kind, told.applicant.name) == ("Fatima Yilmaz", "person", "Noor de Vries")
    shown = {row.question: row.text.nl for section in told.shown for row in section.rows}
    assert (shown["represented"], shown["authorisation"]) == ("Fatima Yilmaz", "machtiging.pdf (1 kB)")
    assert submission(represented="Fatima Yilmaz").represented is None


@pytest.mark.parametrize("product", ["terras", "standplaats"])
def test_a_form_that_asks_only_a_company_number_is_of_a_company(product: str) -> None:
    known = {"name": "Noor de Vries", "email": "noor@example.org", "kvk": "12345678"}
    assert applicant(CATALOGUE.product(product).roles, answers=known).kind == "company"


def test_a_form_that_asks_no_company_number_is_of_a_person() -> None:
    known = {"name": "Noor de Vries", "email": "noor@example.org"}
    assert applicant(CATALOGUE.product("klein-evenement").roles, answers=known).kind == "person"


def test_a_hidden_answer_is_never_sent() -> None:
    assert "kvk" not in submission(kvk="12345678").answers


def test_an_incomplete_form_tells_nothing() -> None:
    with pytest.raises(IncompleteError):
        submission(email=None)


def test_answers_read_as_people_write_them() -> None:
    sections = show(OBJECTEN, evaluation=Progress(OBJECTEN, ANSWERS, TODAY).evaluation)
    rows = {row.question: row.text.nl for section in sections for row in section.rows}
    assert rows["objects"] == "Voorwerp 1: Container, lengte 4 m, breedte 2 m, aantal 1"
    assert rows["area_together"] == "8 m²"
    assert rows["days_placed"] == "5"
    assert rows["starts"] == "donderdag 14 januari 2027"
    assert rows["phone"] == "06 12345678"
    assert rows["works_permit"] == "Niet ingevuld"
    assert rows["truth"] == "Ja"
    assert "kvk" not in rows


def test_numbers_have_a_comma_in_dutch_and_a_point_in_english() -> None:
    text = show_number("1234.50", unit="m")
    assert (text.nl, text.en) == ("1.234,5 m", "1,234.5 m")


def test_the_decision_date_comes_with_its_steps() -> None:
    term = decide_by(OBJECTEN, received=TODAY)
    assert str(term.safe) == "2027-01-19"
    assert [step.article for step in term.steps] == ["APV 1:2 lid 1"]


def test_a_reference_is_recognised_however_it_is_typed() -> None:
    reference = new_reference(2026)
    assert is_reference(reference)
    assert tidy_reference(f" {reference.lower().replace('-', ' ')} ") == reference


@given(place=st.integers(0, 7), sign=st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_noticed(place: int, sign: str) -> None:
    signs = "7KQ4M2X"
    right = next(one for last in SIGNS if (one := tidy_reference(f"Z2026{signs}{last}")))
    plain = right.replace("-", "")
    typed = plain[: 5 + place] + sign + plain[6 + place :]
    assert (tidy_reference(typed) is None) == (typed != plain)


@given(place=st.integers(0, 6))
def test_two_signs_swapped_are_always_noticed(place: int) -> None:
    plain = new_reference(2026).replace("-", "")
    swapped = plain[: 5 + place] + plain[6 + place] + plain[5 + place] + plain[7 + place :]
    assert (tidy_reference(swapped) is None) == (swapped != plain)


def test_references_cannot_be_guessed() -> None:
    drawn = {new_reference(2026) for _ in range(2000)}
    assert len(drawn) == 2000
    assert all(len({reference[place] for reference in drawn}) == len(SIGNS) for place in (7, 8, 9, 10, 12, 13, 14))


@pytest.mark.parametrize("typed", ["", "Z", "Z-2026-AAAA-AAAA-AAAA", "🙂", "x" * 1000, "Z-2026-0000-0000"])
def test_what_cannot_be_a_reference_is_none(typed: str) -> None:
    assert tidy_reference(typed) is None
