"""What is counted of filling in a form, and that nothing of it says who or what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from services.forms.domain.faults import Fault
from services.forms.domain.measuring import Ended, Measured, Turn, from_plain, tally, to_plain, turn
from shared.events import Words
from tests.services.forms.noor import OBJECTEN

AT = 1_800_000_000
WHAT, WHERE = OBJECTEN.steps[0], OBJECTEN.steps[1]
WRONG = Fault(name="objects.0.length", text=Words(nl="Vul in", en="Fill in"), code="missing")


def turned(step: Any = WHAT, **changes: Any) -> Turn:
    plain: dict[str, Any] = {
        "step": step,
        "done": True,
        "onward": "where",
        "since": AT - 30,
        "at": AT,
        "before": {},
        "after": {"purpose": "Dak"},
        "faults": (),
        "open": "",
        "helped": frozenset(),
    }
    return Turn(**{**plain, **changes})


def after(*turns: Turn) -> Measured:
    measured = from_plain({})
    for each in turns:
        measured = from_plain(json.loads(json.dumps(to_plain(turn(measured, turned=each)))))
    return measured


def counts(measured: Measured, *, sent: bool = True, rules: Mapping[str, str] | None = None) -> dict[str, int]:
    ended = Ended(product="objecten", version="v", channel="web", sent=sent, measured=measured, rules=rules or {})
    return {" ".join(key): count for key, count in tally([ended])["objecten", "v"].items()}


def test_a_step_that_is_done_counts_with_its_time() -> None:
    assert counts(after(turned())) == {
        "form  sent.web": 1,
        "step what done": 1,
        "step what reached": 1,
        "step where reached": 1,
        "step what seconds.40": 1,
        "question purpose seconds.40": 1,
    }


def test_a_form_that_is_left_says_where() -> None:
    assert counts(after(turned()), sent=False)["step where left"] == 1
    refused = counts(after(turned(faults=(WRONG,))), sent=False)
    assert (refused["step what left"], refused["step what refused"]) == (1, 1)
    assert counts(after(), sent=False)["step  left"] == 1


def test_a_form_that_is_left_says_before_which_question_and_one_that_is_sent_says_none() -> None:
    stuck = after(turned(done=False, open="objects"), turned(done=False, open="surfaces"))
    assert counts(stuck, sent=False)["question surfaces left"] == 1
    assert "question objects left" not in counts(stuck, sent=False)
    assert "question surfaces left" not in counts(stuck)


def test_the_time_of_a_question_runs_until_its_answer_from_the_answer_before_it_or_the_page() -> None:
    first = turned(done=False, since=AT - 100, at=AT - 85, after={"purpose": "Dak"})
    both = {"purpose": "Dak", "other_object": "Een kraan"}
    kept = turned(done=False, since=AT - 100, at=AT - 80, before=first.after, after=first.after)
    second = turned(done=False, since=AT - 100, at=AT - 60, before=first.after, after=both)
    back = turned(since=AT - 4, before=both, after={**both, "purpose": "Goot"})
    found = counts(after(first, kept, second, back))
    assert {name: count for name, count in found.items() if name.startswith("question")} == {
        "question purpose seconds.20": 1,  # 15 seconds, and 4 on the page that was opened again
        "question other_object seconds.40": 1,  # 25, those in which nothing good was typed included
    }


def test_of_two_answers_that_came_with_one_page_nobody_knows_the_times() -> None:
    together = turned(after={"purpose": "Dak", "other_object": "Een kraan"})
    assert not [name for name in counts(after(together)) if name.startswith("question")]


def test_faults_count_by_question_and_kind() -> None:
    found = counts(after(turned(faults=(WRONG,)), turned(faults=(WRONG,)), turned()))
    assert (found["question objects error.missing"], found["step what refused"], found["step what done"]) == (2, 2, 1)


def test_the_time_of_a_step_runs_from_its_first_page_through_what_is_kept_for_later() -> None:
    kept = turned(done=False, since=AT - 100, at=AT - 50)
    assert counts(after(kept, turned(since=AT - 20)))["step what seconds.160"] == 1


@pytest.mark.parametrize("since", [0, AT + 5, AT - 200_000])
def test_a_moment_that_cannot_be_true_is_not_counted(since: int) -> None:
    assert not [name for name in counts(after(turned(since=since))) if "seconds" in name]


def test_only_an_answer_of_a_finished_step_counts_as_changed_and_once() -> None:
    typing = turned(done=False, before={"purpose": "D"}, after={"purpose": "Da"})
    assert "question purpose changed" not in counts(after(typing, turned()))
    again = turned(done=False, before={"purpose": "Dak"}, after={"purpose": "Goot"})
    more = turned(done=False, before={"purpose": "Goot"}, after={"purpose": "Goten"})
    end = turned(before={"purpose": "Goten"}, after={"purpose": "Goten"})
    assert counts(after(turned(), again, more, end))["question purpose changed"] == 1


def test_help_counts_once_a_draft_and_only_for_questions_of_the_step() -> None:
    opened = turned(done=False, helped=frozenset({"purpose", "<b>", "spot"}))
    found = counts(after(opened, opened, turned()))
    assert {name: count for name, count in found.items() if "helped" in name} == {"question purpose helped": 1}


def test_rules_count_by_what_they_said_and_drafts_add_up() -> None:
    one = Ended(
        product="objecten",
        version="v",
        channel="api",
        sent=True,
        measured=from_plain({}),
        rules={"late": "fired", "fee": "unknown"},
    )
    assert tally([one, one])["objecten", "v"] == {
        ("form", "", "sent.api"): 2,
        ("rule", "late", "fired"): 2,
        ("rule", "fee", "unknown"): 2,
    }


def test_what_stands_in_the_database_holds_no_answer() -> None:
    plain = to_plain(after(turned(before={"purpose": "Oud"}, after={"purpose": "Geheim"})))
    assert "Geheim" not in json.dumps(plain)
    assert "Oud" not in json.dumps(plain)
