"""What goes when stands in a table: it has a place for every fact, and a wrong row is named where it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from services.notify.domain.messages import Kind
from services.notify.domain.tellings import message_of, paper_of
from services.notify.table import FACTS, FILE, OWN, ROOM, TELLABLE, standing_table, table_of
from shared.catalogue.faults import FaultyCatalogueError
from shared.catalogue.plan import sensitive_names
from shared.events import CaseMoved, Nature
from shared.term_events import DecisionRenewed, DefaultReceived, TermSuspended
from tests.contracts.samples import SAMPLES
from tests.products import CATALOGUE
from tests.services.notify.noor import ASKED, CHANGED, CONTACT, NOW, OPENED, STARTED, TABLE

CONTENT = (OWN / ROOM / FILE).read_text(encoding="utf-8")


def faults(wrong: str, *, instead_of: str) -> str:
    """What is said of the table with this in it."""
    assert instead_of in CONTENT
    with pytest.raises(FaultyCatalogueError) as raised:
        table_of(CONTENT.replace(instead_of, wrong, 1))
    return str(raised.value)


def test_every_fact_of_the_house_is_told_or_stays_silent_for_a_reason() -> None:
    silent = [name for each in TABLE.silent for name in each.facts]
    assert sorted([*TABLE.tells, *silent]) == sorted(FACTS)
    assert set(TABLE.tells) == set(TELLABLE)
    assert all(len(each.because) > 20 for each in TABLE.silent)


def test_a_letter_of_each_product_that_asks_something_sensitive_and_on_each_objection_asks_a_code() -> None:
    products = CATALOGUE.products.items()
    objections = {name for name, product in products if product.nature is Nature.OBJECTION}
    assert objections
    assert set(TABLE.coded) == {name for name, product in products if sensitive_names(product)} | objections


def test_every_text_has_a_row_and_every_row_makes_a_message_of_a_fact() -> None:
    told = [each.template for rows in TABLE.tells.values() for each in rows]
    assert set(told) == set(Kind)
    made = {
        message.kind
        for fact in SAMPLES
        for telling in TABLE.tellings_of(fact)
        if not telling.letter and (message := message_of(fact, telling, now=NOW))
    }
    assert len(made) >= 20
    for letter in ("decision", "extension", "penalty", "withdrawal", "conditions"):
        assert TABLE.bringing(letter).letter == letter


def test_a_row_may_depend_on_what_the_fact_says_and_names_the_day_that_goes_with_it() -> None:
    (suspended,) = (each for each in SAMPLES if isinstance(each, TermSuspended))
    (default,) = (each for each in SAMPLES if isinstance(each, DefaultReceived))
    for fact, kind, day in (
        (replace(suspended, last=suspended.first), Kind.SUSPENDED, suspended.decide_by),
        (replace(suspended, last=None), Kind.SUSPENDED, None),
        (replace(default, penalty_from=default.earliest), Kind.DEFAULT, default.earliest),
        (replace(default, penalty_from=None), Kind.DEFAULT_EARLY, default.earliest),
    ):
        (telling,) = TABLE.tellings_of(fact)
        message = message_of(fact, telling, now=NOW)
        assert message
        assert (message.kind, message.day) == (kind, day)


def test_who_did_not_object_is_told_what_an_objection_put_in_the_place_of_their_decision() -> None:
    (renewed,) = (each for each in SAMPLES if isinstance(each, DecisionRenewed))
    assert TABLE.tellings_of(replace(renewed, by_applicant=True)) == ()
    (telling,) = TABLE.tellings_of(replace(renewed, by_applicant=False))
    for email in (renewed.contact.email, ""):  # who gave no address gets a letter
        message = message_of(replace(renewed, contact=replace(renewed.contact, email=email)), telling, now=NOW)
        assert message
        assert (message.kind, message.recipient, message.at) == (Kind.DECISION_RENEWED, email, renewed.at)
    assert paper_of(renewed, telling=telling).text == renewed.outcome.nl


def test_nobody_gets_a_letter_that_only_says_that_we_began() -> None:
    on_paper = replace(STARTED, contact=replace(CONTACT, email=""))
    (telling,) = TABLE.tellings_of(on_paper)
    assert message_of(on_paper, telling, now=NOW) is None
    assert message_of(STARTED, telling, now=NOW)


def test_a_letter_says_what_is_asked_why_and_what_was_filled_in() -> None:
    for fact, text in ((ASKED, ASKED.question), (CHANGED, CHANGED.because.nl), (OPENED, "")):
        (telling,) = TABLE.tellings_of(fact)
        assert paper_of(fact, telling=telling).text == text
    assert TABLE.tellings_of(OPENED)[0].shown == "shown"


def test_a_row_that_is_wrong_is_named_with_its_line_and_the_nearest_right_name() -> None:
    told = faults("day: keep_untill", instead_of="day: keep_until")
    assert f"{ROOM}/{FILE}:" in told
    assert "Did you mean 'keep_until'?" in told
    assert "has other values" in faults("when: {status: begun}", instead_of="when: {status: in_progress}")
    assert "Did you mean 'CaseOpened'?" in faults("  CaseOpend:", instead_of="  CaseOpened:")
    assert "'template'" in faults("template: recept", instead_of="template: receipt")
    assert "Unknown field" in faults("days: keep_until", instead_of="day: keep_until")
    assert "'DayBegan' is missing" in faults("facts: []", instead_of="facts: [DayBegan]")
    assert "'CaseOpened' stands here 2 times" in faults("[CaseOpened, DayBegan]", instead_of="[DayBegan]")
    assert "'penalty' are brought by 0" in faults("day: decide_by", instead_of="letter: penalty")
    assert "nobody's address" in faults("to: adviser", instead_of="shown: shown")
    assert "'DayBegan' is no fact about a case" in faults("calls: [DayBegan,", instead_of="calls: [CaseOpened,")


def test_a_municipality_may_have_a_table_of_its_own_and_one_with_faults_stops_nothing(tmp_path: Path) -> None:
    assert standing_table(tmp_path) == TABLE
    own = tmp_path / ROOM / FILE
    own.parent.mkdir()
    own.write_text(CONTENT.replace("when: {status: in_progress}", "when: {status: received}"), encoding="utf-8")
    moved = CaseMoved(**{**vars(STARTED), "status": "received"})
    assert standing_table(tmp_path).tellings_of(moved)
    assert not TABLE.tellings_of(moved)
    own.write_text("tells: {}\n", encoding="utf-8")
    assert standing_table(tmp_path) == TABLE
