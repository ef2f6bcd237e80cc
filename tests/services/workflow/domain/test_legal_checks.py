"""The list of what the law wants says the same as the gates that keep a decision from going."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.clock import Clock, read_clock, terms_of
from services.workflow.domain.decision import Draft, compose, faults_of
from services.workflow.domain.hearing import HEARINGS
from services.workflow.domain.ledger import Entry, Kind
from services.workflow.domain.legal_checks import Facts, legal_checks
from services.workflow.domain.outcomes import (
    GivenByLawError,
    NotByLawError,
    NotProcessableError,
    check_outcome,
    outcomes_of,
)
from shared.catalogue.definitions import Product, Silence, SilenceEffect
from shared.law.calendar import long_date
from shared.law.objection import objection_term
from tests.services.workflow.town import objecten, submission

RECEIVED = date(2026, 2, 2)
LONG_AFTER = date(2026, 9, 1)
GRANT = Draft(result="granted", blocks=("no-harm",))
RESULTS = ("granted", "granted_partly", "refused", "not_needed", "not_processed", "by_law")


def product(*, silent: bool = False, four_eyes: bool = False) -> Product:
    plain = objecten()
    silence = Silence(effect=SilenceEffect.GRANTED, article="APV 2:10") if silent else None
    return replace(plain, process=replace(plain.process, silence=silence, four_eyes=four_eyes, publish=True))


def clock_on(today: date, *, of: Product) -> Clock:
    received = Entry(kind=Kind.RECEIVED, at=datetime(RECEIVED.year, RECEIVED.month, RECEIVED.day, 12, tzinfo=UTC))
    return read_clock((received,), terms=terms_of(of.process), today=today)


def facts(draft: Draft = GRANT, *, today: date = RECEIVED, of: Product | None = None) -> Facts:
    of = of or product()
    return Facts(
        draft=draft,
        product=of,
        clock=clock_on(today, of=of),
        today=today,
        letter=f"bezwaar tot en met {long_date(objection_term(today).safe)}",
        may_sign=True,
        prepared=False,
        waiting=False,
    )


def blocked(given_facts: Facts) -> list[str]:
    return [check.name for check in legal_checks(given_facts) if check.state == "block"]


def warned(given_facts: Facts) -> list[str]:
    return [check.name for check in legal_checks(given_facts) if check.state == "warn"]


def test_a_sound_grant_in_time_is_blocked_by_nothing_and_warns_of_others_where_it_is_published() -> None:
    assert blocked(facts()) == []
    assert warned(facts()) == ["others"]


def test_each_gate_blocks_by_itself_and_says_what_to_do() -> None:
    sound = facts()
    for name, broken in {
        "waiting": replace(sound, waiting=True),
        "reasons": replace(sound, draft=Draft(result="granted")),
        "hearing": replace(sound, draft=Draft(result="refused", blocks=("safety",))),
        "remedies": replace(sound, letter="Dag."),
        "mandate": replace(sound, may_sign=False),
        "four_eyes": replace(facts(of=product(four_eyes=True)), prepared=True),
        "outcome": replace(sound, draft=replace(GRANT, result="by_law")),
    }.items():
        assert blocked(broken) == [name]
        assert all(check.todo for check in legal_checks(broken) if check.state != "ok")


def test_a_late_decision_goes_with_a_warning_of_the_penalty() -> None:
    assert warned(facts(today=LONG_AFTER)) == ["others", "term"]
    assert blocked(facts(today=LONG_AFTER)) == []


def test_silence_leaves_only_the_announcement_where_a_regulation_says_so() -> None:
    silent = product(silent=True)
    after = clock_on(LONG_AFTER, of=silent)
    assert outcomes_of(after) == ("by_law",)
    with pytest.raises(GivenByLawError):
        check_outcome("refused", clock=after, today=LONG_AFTER)
    check_outcome("by_law", clock=after, today=LONG_AFTER)
    for clock in (clock_on(RECEIVED, of=silent), clock_on(LONG_AFTER, of=product())):
        assert "by_law" not in outcomes_of(clock)
        with pytest.raises(NotByLawError):
            check_outcome("by_law", clock=clock, today=LONG_AFTER)


def test_what_the_law_gave_is_told_with_its_day_and_its_articles_and_keeps_its_conditions() -> None:
    silent = product(silent=True)
    clock = clock_on(LONG_AFTER, of=silent)
    draft = Draft(result="by_law", blocks=("dates",))
    decision = compose(draft, submission=submission(), product=silent, on=LONG_AFTER, handler="Samir", clock=clock)
    (reason,) = decision.reasons
    assert clock.silent is not None
    assert clock.silent.from_day == clock.term.rolled + timedelta(days=3)
    assert f"Dit geldt vanaf {long_date(clock.silent.from_day)}." in reason.text
    assert reason.source == "Awb 4:20b en APV 2:10"
    assert len(decision.conditions) == 1


DRAFTS = st.builds(
    Draft,
    result=st.sampled_from([None, *RESULTS]),
    blocks=st.sets(st.sampled_from(["no-harm", "safety", "dates"])).map(lambda chosen: tuple(sorted(chosen))),
    own_reason=st.sampled_from(["", " ", "Het past."]),
    own_source=st.sampled_from(["", "APV 1:8"]),
    given=st.sampled_from(["", "De container."]),
    withheld=st.sampled_from(["", "De steiger."]),
    hearing=st.sampled_from([None, *HEARINGS]),
    hearing_note=st.sampled_from(["", "Gebeld."]),
)


@given(draft=DRAFTS, today=st.dates(RECEIVED, LONG_AFTER), silent=st.booleans())
def test_the_list_blocks_exactly_what_the_gates_refuse(draft: Draft, today: date, silent: bool) -> None:
    of = product(silent=silent)
    refused = bool(faults_of(draft, product=of, on=today))
    try:
        check_outcome(draft.result, clock=clock_on(today, of=of), today=today)
    except (GivenByLawError, NotByLawError, NotProcessableError):
        refused = True
    assert bool(blocked(facts(draft, today=today, of=of))) == refused


@given(draft=DRAFTS)
def test_a_letter_never_gives_reasons_of_the_other_side(draft: Draft) -> None:
    decision = compose(draft, submission=submission(), product=product(), on=RECEIVED, handler="Samir")
    grounds = {f"{block.text} {block.because}".strip() for block in product().process.refusal_grounds}
    if draft.result not in ("refused", "granted_partly"):
        assert not grounds & {reason.text for reason in decision.reasons}


def test_an_inadmissible_objection_asks_whether_it_could_be_mended_first() -> None:
    inadmissible = facts(Draft(result="inadmissible", own_reason="De gronden ontbreken."))
    assert "mending" in warned(inadmissible)
    asked = {check.name: check for check in legal_checks(replace(inadmissible, mending="none"))}
    assert (asked["mending"].state, asked["mending"].article) == ("ok", "Awb 6:6")
    assert "mending" in warned(replace(inadmissible, mending="complete"))
    partly = {check.name: check for check in legal_checks(replace(inadmissible, mending="partly"))}
    assert (partly["mending"].state, partly["mending"].said.nl) == ("warn", "De indiener vulde een deel aan.")
    assert "mending" not in {check.name for check in legal_checks(replace(inadmissible, mending="open"))}
    assert "mending" not in {check.name for check in legal_checks(facts())}
