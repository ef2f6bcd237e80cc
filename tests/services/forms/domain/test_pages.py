"""Fields of a page become answers, answers become fields again, and nothing is lost between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.forms.domain.conditions import in_words, plain_waits, waits_for
from services.forms.domain.drafts import Draft
from services.forms.domain.origins import questions_behind
from services.forms.domain.pages import Form, Page, merge, sum_up
from services.forms.domain.progress import Progress
from services.forms.domain.reading import read_fields
from services.forms.domain.retyping import national_phone, retype
from services.forms.domain.rows import add_row, remove_row
from shared.catalogue.definitions import Question, Step
from shared.ids import new_id
from tests.services.forms.noor import ANSWERS, OBJECTEN, TODAY, asked, fields


def step_of(step_id: str) -> Step:
    return next(step for step in OBJECTEN.steps if step.id == step_id)


def on_page(step_id: str) -> dict[str, Question]:
    return {question.id: question for question in step_of(step_id).questions}


def form_with(answers: dict[str, Any]) -> Form:
    draft = Draft(
        id=new_id(),
        product="objecten",
        version=OBJECTEN.version,
        language="nl",
        answers=answers,
        typed={},
        skipped=(),
        went_on=False,
        revision=0,
        keep_until=TODAY + timedelta(days=30),
        reference=None,
    )
    return Form(draft=draft, progress=Progress(OBJECTEN, answers, TODAY))


def test_the_fields_of_a_page_are_read_as_answers() -> None:
    reading = read_fields(step_of("when").questions, typed=fields("when"))
    assert reading.answers == {"starts": "2027-01-14", "ends": "2027-01-18"}
    assert reading.faults == ()


def test_an_empty_row_at_the_end_is_no_mistake() -> None:
    typed = add_row(OBJECTEN.question("objects"), name="objects", typed=fields("what"))
    assert "objects.1.length" in typed
    reading = read_fields(step_of("what").questions, typed=typed)
    assert len(reading.answers["objects"]) == 1


def test_a_row_that_cannot_be_read_is_told_beside_what_is_missing_in_others() -> None:
    typed = fields("what", objects__0__length="lang", objects__1__kind="crane", objects__1__width="2")
    reading = read_fields(step_of("what").questions, typed=typed)
    assert [fault.name for fault in reading.faults] == ["objects.0.length"]
    assert reading.answers["objects"][1] == {"kind": "crane", "width": "2"}


def test_removing_a_row_moves_the_rows_after_it_up() -> None:
    typed = fields("what", objects__1__kind="crane", objects__2__kind="other")
    left = remove_row("objects", typed=typed, index=1)
    assert left["objects.1.kind"] == ["other"]
    assert "objects.2.kind" not in left
    assert left["purpose"] == ["Verbouwing van de keuken"]


def test_the_last_row_stays() -> None:
    assert remove_row("objects", typed=fields("what"), index=0) == fields("what")


def test_stored_answers_fill_the_fields_they_came_from() -> None:
    typed = retype(OBJECTEN.questions, answers=ANSWERS)
    assert typed["starts.day"] == ["14"]
    assert typed["objects.0.length"] == ["4"]
    assert typed["surfaces"] == ["pavement"]
    assert typed["phone"] == ["06 12345678"]
    again = read_fields(OBJECTEN.questions, typed=typed)
    assert again.faults == ()
    assert again.answers["objects"] == ANSWERS["objects"]


def test_a_foreign_number_is_shown_with_its_country() -> None:
    assert national_phone("+32470123456") == "+32 470 12 34 56"


def test_a_question_that_hides_keeps_its_answer_for_when_it_comes_back() -> None:
    form = form_with({**ANSWERS})
    page = Page(step="where", asked=asked("where"), typed={}, language="nl")
    progress, gone = merge(form, step=step_of("where"), page=page, answers={"surfaces": ["green"]})
    assert "footway_width" not in progress.evaluation.visible
    assert "footway_width" not in gone
    assert progress.answers["footway_width"] == "1.8"
    assert "footway_width" not in progress.evaluation.answers


def test_an_answer_that_is_taken_away_is_gone() -> None:
    page = Page(step="where", asked=asked("where"), typed={}, language="nl")
    kept = {name: ANSWERS[name] for name in ("place", "surfaces", "footway_width")}
    progress, gone = merge(form_with({**ANSWERS}), step=step_of("where"), page=page, answers=kept)
    assert gone == ("spot", "supplies")
    assert "spot" not in progress.answers


def test_faults_come_in_the_order_of_the_page() -> None:
    progress = Progress(OBJECTEN, {}, TODAY)
    names = [fault.name for fault in sum_up(progress, step=step_of("who"), found=())]
    assert names == ["applicant_kind", "name", "contact_address", "email", "phone", "truth"]


def test_answers_that_do_not_go_together_are_told_at_the_question_that_says_so() -> None:
    progress = Progress(OBJECTEN, {**ANSWERS, "ends": "2027-01-02"}, TODAY)
    assert [fault.name for fault in progress.faults] == ["ends"]
    assert progress.unfinished == step_of("when")


def test_a_step_knows_its_neighbours() -> None:
    progress = Progress(OBJECTEN, ANSWERS, TODAY)
    assert progress.number(progress.step("where")) == 2
    assert progress.before(progress.step("what")) is None
    assert progress.after(progress.step("who")) is None
    assert progress.unfinished is None


def test_plain_conditions_are_known_to_the_page_and_others_to_the_server_only() -> None:
    assert plain_waits("'road' in surfaces && !road_closed") == (("surfaces", ("road",)), ("road_closed", ("false",)))
    assert plain_waits("applicant_kind == 'company'") == (("applicant_kind", ("company",)),)
    assert plain_waits("objects.exists(r, r.kind == 'other')") is None
    assert waits_for(OBJECTEN.question("other_object"), among=on_page("what")) == ()


def test_a_list_of_codes_is_a_plain_condition_too() -> None:
    assert plain_waits("kind in ['crane', 'lift']") == (("kind", ("crane", "lift")),)
    assert plain_waits("kind in codes") is None


def test_a_question_waits_for_the_nearest_answer_only() -> None:
    waits = waits_for(OBJECTEN.question("carriageway_width"), among=on_page("where"))
    assert waits == (("road_closed", ("false",)),)
    assert in_words(waits, among=on_page("where")).nl.endswith("’ Nee")
    road = (("surfaces", ("road", "green")),)
    assert in_words(road, among=on_page("where")).nl.startswith("‘Op de rijbaan of het fietspad’ of ‘")


def test_a_rule_about_a_calculated_value_belongs_to_the_questions_behind_it() -> None:
    assert questions_behind(["days_placed", "total_area"], product=OBJECTEN) == {"starts", "ends", "objects"}
