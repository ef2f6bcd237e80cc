"""What the rules accept by themselves, and the sample that a person sees all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.workflow.domain.at_once import accepted_by_rules, in_sample
from shared.events import AnswerRow, Cosignatory, SentFile, SubmissionReceived, Words
from tests.services.workflow.town import objecten, small_event, small_event_report, submission

FILE = SentFile(
    id=UUID(int=1),
    question="x",
    name="x.pdf",
    type="application/pdf",
    bytes=1,
    sha256="0" * 64,
    place="0",
    scan="clean",
)
NOBODY = Words(nl="uw buur", en="your neighbour")


def test_a_report_under_every_threshold_is_accepted_with_the_reasons_and_conditions_that_fit() -> None:
    found = accepted_by_rules(small_event_report(), product=small_event())
    assert found is not None
    assert [rule.rule for rule in found.rules] == ["go-ahead"]
    assert found.draft.result == "granted"
    assert set(found.draft.blocks) == {"small", "present", "passage", "quiet", "sound", "fire", "inform", "clean"}
    assert found.draft.own_reason == ""


def test_without_a_reason_that_fits_the_rule_itself_is_the_reason() -> None:
    process = replace(small_event().process, grant_reasons=())
    found = accepted_by_rules(small_event_report(), product=replace(small_event(), process=process))
    assert found is not None
    assert found.draft.own_reason.startswith("Uw evenement is klein")
    assert found.draft.own_source == "APV 2:25 lid 2"


def test_a_permit_is_for_a_person_to_weigh_whatever_the_rules_say() -> None:
    said = submission()
    assert any(rule.effect == "at_once" and rule.outcome == "fired" for rule in said.rules)
    assert accepted_by_rules(said, product=objecten()) is None


@pytest.mark.parametrize(
    "said",
    [
        small_event_report(visitors=151),
        replace(small_event_report(), files=(FILE,)),
        replace(small_event_report(), missing=(AnswerRow(question="bbq", label=NOBODY, text=NOBODY),)),
        replace(small_event_report(), sealed="x"),
        replace(
            small_event_report(),
            cosignatory=Cosignatory(request_id=UUID(int=2), who=NOBODY, name="", email="", answer_by=date(2026, 12, 1)),
        ),
    ],
    ids=["over a threshold", "a file", "an open question", "sealed answers", "a second signatory"],
)
def test_what_a_rule_cannot_read_or_does_not_accept_is_for_a_person(said: SubmissionReceived) -> None:
    assert accepted_by_rules(said, product=small_event()) is None


def test_four_eyes_are_never_those_of_the_rules() -> None:
    strict = replace(small_event(), process=replace(small_event().process, four_eyes=True))
    assert accepted_by_rules(small_event_report(), product=strict) is None


def test_the_sample_is_always_the_same_about_as_large_as_set_and_another_under_another_key() -> None:
    numbers = [f"Z-2026-{number:04}-{number:04}" for number in range(4_000)]
    drawn = {number for number in numbers if in_sample(number, percent=5, key="one")}
    assert drawn == {number for number in numbers if in_sample(number, percent=5, key="one")}
    assert 140 <= len(drawn) <= 260  # 5 % of 4,000 is 200; four standard deviations are 55
    assert drawn != {number for number in numbers if in_sample(number, percent=5, key="two")}


def test_none_or_all_of_them_can_be_the_sample() -> None:
    assert not any(in_sample(f"Z-{number}", percent=0, key="k") for number in range(200))
    assert all(in_sample(f"Z-{number}", percent=100, key="k") for number in range(200))
