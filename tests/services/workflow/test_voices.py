"""What residents think: marks of groups only, remarks with a status, and what is told back for everybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.workflow.actions import hearing
from services.workflow.domain.voices import Marks, by_quarter, by_step, first_day
from services.workflow.inbox import inbox
from services.workflow.people import remember_person
from shared.events import MarkGiven, OpinionGiven, StepMark
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import AUKE, ELS, PETER, TODAY, somebody, submission

NOW = datetime.now(UTC)
"""Pages look at the clock."""
PLACE = "/inwoners/objecten"
TOLD = "select payload from bus.event where name = 'RemarkAnswered' order by id"


def mark(town: Town, number: int, *, given: int, words: str = "", step: int | None = None) -> None:
    reference = f"Z-2026-MRK0-000{number}"
    town.receive(submission(reference))
    steps = () if step is None else (StepMark(step="time", mark=step),)
    with town.desk() as desk:
        happened = MarkGiven(reference=reference, at=NOW, mark=given, words=words, steps=steps)
        hearing.receive_mark(happened, now=NOW, desk=desk)


@pytest.fixture
def said(town: Town) -> Town:
    """Two people find a question unclear, four gave a mark, one of them with words."""
    with town.connection() as connection:
        remember_person(connection, person=PETER, now=NOW)
        for words in ("Wat is een steiger?", ""):
            opinion = OpinionGiven(product="objecten", subject="purpose", verdict="unclear", words=words, on=TODAY)
            inbox.handle(connection, opinion, now=NOW)
    for number in range(4):
        mark(town, number, given=6 + number, words="Het duurde lang." if number == 0 else "", step=4)
    return town


def test_a_mean_is_of_five_people_at_least_whatever_the_day() -> None:
    days = [date(2026, 10, 1), date(2026, 11, 27), date(2026, 9, 30)]
    marks = [Marks(day=day, step=step, count=4, total=30) for day in days for step in ("", "time")]
    quarters = by_quarter(marks, today=date(2026, 11, 27))
    assert [(each.year, each.number) for each in quarters[:4]] == [(2026, 4), (2026, 3), (2026, 2), (2026, 1)]
    assert [(each.all.count, each.all.mean, each.steps["time"].mean) for each in quarters[:2]] == [
        (8, None, None),  # who knows the mean of the year could subtract this one
        (4, None, None),
    ]
    assert by_quarter(marks[:4], today=date(2026, 11, 27))[0].all.mean == 7.5
    assert (by_step(marks)[""].count, by_step(marks)["form"].count) == (12, 0)
    assert first_day(date(2026, 11, 27)) == date(2025, 1, 1)


def test_a_mark_shows_and_its_words_are_read_once_five_people_gave_one(said: Town) -> None:
    page = said.client(PETER).get(PLACE).text
    assert "te weinig" in page
    assert "Het duurde lang." not in page
    mark(said, 4, given=10, step=9)
    page = said.client(PETER).get(PLACE).text
    assert "<strong>8</strong>" in page  # (6 + 7 + 8 + 9 + 10) / 5
    assert "<strong>5</strong>" in page  # (4 * 4 + 9) / 5
    assert "Het duurde lang." in page
    assert "<strong>8</strong>" in said.client(PETER).get("/inwoners").text


def test_words_change_and_go_with_the_mark_that_they_came_with(said: Town) -> None:
    for later, words, left in ((1, "Het viel mee.", ["Het viel mee."]), (2, "", [])):
        with said.desk() as desk:
            happened = MarkGiven(
                reference="Z-2026-MRK0-0000", at=NOW + timedelta(hours=later), mark=7, words=words, steps=()
            )
            hearing.receive_mark(happened, now=NOW, desk=desk)
        found = said.rows("select words from workflow.opinions where verdict = 'marked'")
        assert [row["words"] for row in found] == left


def test_a_remark_is_looked_at_answered_for_everybody_and_taken_down(said: Town) -> None:
    peter = said.client(PETER)
    first, second = (
        str(row["id"]) for row in said.rows("select id from workflow.opinions where subject <> '' order by id")
    )
    assert peter.post(PLACE, data={"act": "seen", "remark": first}).status_code == 303
    assert "Wat is een steiger?" in peter.get(f"{PLACE}?status=seen").text
    wrong = peter.post(PLACE, data={"act": "answer", "remark": second, "said": "Onduidelijk."})
    assert wrong.status_code == 422
    assert "Schrijf op wat u deed, of waarom niet." in wrong.text
    answer = {
        "act": "answer",
        "remark": [first, second],
        "outcome": "done",
        "said": "Onduidelijk.",
        "done": "Voorbeeld.",
    }
    assert "Iedereen kan het lezen" in peter.post(PLACE, data=answer, follow_redirects=True).text
    assert peter.post(PLACE, data=answer).status_code == 422  # neither of them waits any more
    assert "Wat is een steiger?" in peter.get(f"{PLACE}?status=done").text
    (kept,) = said.rows("select id from workflow.answers_back")
    for _ in range(2):
        peter.post(f"{PLACE}/antwoorden/{kept['id']}")
    told = [row["payload"] for row in said.rows(TOLD)]
    assert [(each["subject"], each["said"], each["standing"]) for each in told] == [
        ("purpose", "Onduidelijk.", True),
        ("purpose", "Onduidelijk.", False),
    ]
    assert "Wat is een steiger?" in peter.get(f"{PLACE}?status=seen").text


def test_who_only_reads_figures_answers_nobody(said: Town) -> None:
    page = said.client(AUKE).get(PLACE).text
    assert "Wat is een steiger?" in page
    assert "Publiceer het antwoord" not in page
    assert said.client(AUKE).post(PLACE, data={"act": "seen"}).status_code == 403
    assert said.client(ELS).post(PLACE, data={"act": "seen"}).status_code == 303
    assert said.client(somebody("daan", "Daan", "adviser")).get(PLACE).status_code == 403
    assert said.client(PETER).get("/inwoners/bestaat-niet").status_code == 404
