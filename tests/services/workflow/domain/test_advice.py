"""What is shown to an adviser, when they are reminded, and what a decision owes their advice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.workflow.domain.advice import Advice, Given, Opinion, faults_of, findings_of, rows_to_show, usual_rows
from services.workflow.domain.decision import Draft, OwnCondition
from shared.ids import new_id
from tests.services.workflow.town import NOW, objecten, submission


def given(opinion: Opinion, *conditions: str, words: str = "Uitleg.") -> Given:
    return Given(opinion=opinion, words=words, conditions=conditions, by="Brandweer", at=NOW)


def advice(answer: Given | None = None, **fields: Any) -> Advice:
    told: dict[str, Any] = {
        "id": new_id(),
        "adviser": "fire",
        "name": "Brandweer",
        "email": "brandweer@example.org",
        "question": "Is dit veilig?",
        "questions": (),
        "files": (),
        "asked_at": datetime(2026, 11, 24, 9, tzinfo=UTC),
        "answer_by": date(2026, 12, 8),
        **fields,
    }
    return Advice(**told, given=answer)


@pytest.mark.parametrize(
    ("answer", "draft", "owed"),
    [
        (None, Draft(result="granted"), "nog geen advies"),
        (given("negative"), Draft(result="granted"), "wijkt af"),
        (given("negative"), Draft(result="granted", own_reason="De stoep is verbreed."), None),
        (given("negative"), Draft(result="refused"), None),
        (given("positive"), Draft(result="refused"), "wijkt af"),
        (given("positive"), Draft(result="granted"), None),
        (given("conditional", "Een lamp."), Draft(result="granted"), "niet elke voorwaarde"),
        (
            given("conditional", "Een lamp."),
            Draft(result="granted", own_conditions=(OwnCondition(text="Een lamp."),)),
            None,
        ),
        (given("none"), Draft(result="granted"), None),
    ],
)
def test_a_decision_says_why_it_deviates_from_advice(answer: Given | None, draft: Draft, owed: str | None) -> None:
    found = [each.nl for each in findings_of([advice(answer)], draft=draft)]
    assert (owed in found[0]) if owed else found == []


def test_who_is_outside_is_reminded_two_working_days_before_the_last_day() -> None:
    assert advice().remind_on == date(2026, 12, 4)
    assert advice(email="").remind_on is None
    assert advice(answer_by=date(2026, 11, 26)).remind_on is None


def test_what_is_about_the_applicant_is_not_chosen_to_begin_with() -> None:
    said, product = submission(), objecten()
    assert "purpose" in usual_rows(said, product=product)
    assert not {"name", "email", "phone"} & set(usual_rows(said, product=product))
    assert {row.question for row in rows_to_show(said, product=product)} >= {"purpose", "spot"}


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (given("conditional"), "conditions"),
        (given("negative", words=""), "words"),
        (given("none", words=" "), "words"),
        (given("positive", *[f"Voorwaarde {n}" for n in range(11)]), "conditions"),
        (given("positive", words="x" * 4001), "words"),
    ],
)
def test_an_answer_says_what_it_must(answer: Given, fault: str) -> None:
    assert [each.name for each in faults_of(answer)] == [fault]


def test_a_plain_yes_is_enough() -> None:
    assert faults_of(given("positive", words="")) == ()
