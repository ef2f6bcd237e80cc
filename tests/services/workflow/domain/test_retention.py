"""How long a case is kept, by how it ended and what its product says; and who may judge a list to destroy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.workflow.domain import case as cases
from services.workflow.domain.case import Case
from services.workflow.domain.destruction import (
    DrawnUp,
    ListClosedError,
    ListState,
    OwnListError,
    check_may_judge,
    faults_of_hold,
)
from services.workflow.domain.outcomes import Renewal, Renewed
from services.workflow.domain.retention import Fate, Keeping, keeping_of
from shared.catalogue.definitions import PermitLife, Product, Retention, RetentionStart
from shared.events import Decision, Result
from tests.contracts.samples import DECISION
from tests.services.workflow.town import NOW, TODAY, objecten, submission, whole_catalogue

SENT = datetime(2026, 12, 1, 10, tzinfo=UTC)


def decided(result: Result) -> tuple[Case, Decision]:
    """Samir decided and the letter went on 1 December; the container stands from 14 to 18 December."""
    case = cases.open_case(UUID(int=1), submission=submission())
    case = cases.decide(cases.claim(case, by="samir"), by="samir", at=NOW)
    return cases.announce(case, at=SENT), replace(DECISION, result=result)


def kept(result: Result, *, product: Product | None = None, fate: Fate | None = None) -> Keeping:
    case, decision = decided(result)
    found = keeping_of(case, decision=decision, product=product or objecten(), fate=fate)
    assert found is not None
    return found


def with_process(**changes: Any) -> Product:
    return replace(objecten(), process=replace(objecten().process, **changes))


@pytest.mark.parametrize(
    ("result", "end", "number", "until"),
    [
        ("granted", "granted", "11.1.2", date(2027, 12, 18)),  # a year after the last day of the container
        ("granted_partly", "granted", "11.1.2", date(2027, 12, 18)),
        ("by_law", "granted", "11.1.2", date(2027, 12, 18)),
        ("refused", "refused", "11.2", date(2031, 12, 1)),  # five years after the letter
        ("not_processed", "broken_off", "11.4", date(2027, 12, 1)),
        ("not_needed", "broken_off", "11.4", date(2027, 12, 1)),
    ],
)
def test_the_result_decides_how_long(result: Result, end: str, number: str, until: date) -> None:
    found = kept(result)
    assert (found.end, found.rule.number, found.until) == (end, number, until)


def test_a_withdrawn_case_counts_from_its_withdrawal() -> None:
    case = cases.withdraw(cases.open_case(UUID(int=1), submission=submission()), at=NOW)
    found = keeping_of(case, decision=None, product=objecten())
    assert found is not None
    assert (found.end, found.until) == ("withdrawn", date(2027, 11, 24))


def test_a_case_is_kept_from_its_letter_on_and_not_before() -> None:
    case = cases.open_case(UUID(int=1), submission=submission())
    assert keeping_of(case, decision=None, product=objecten()) is None
    case = cases.decide(cases.claim(case, by="samir"), by="samir", at=NOW)
    assert keeping_of(case, decision=DECISION, product=objecten()) is None


def test_what_is_kept_for_ever_has_no_end() -> None:
    for_ever = Retention(number="6.1.9", years=None, starts=RetentionStart.CLOSED)
    found = kept("granted", product=with_process(retention={**objecten().process.retention, "granted": for_ever}))
    assert (found.until, found.rule.keep) == (None, True)
    assert found.reason.nl == "Blijvend bewaren (Selectielijst 6.1.9)"


@pytest.mark.parametrize(
    ("life", "until"),
    [
        (PermitLife(valid_until="ends"), date(2027, 12, 18)),
        (PermitLife(), date(2027, 12, 18)),
        (PermitLife(indefinite=True), None),
        (PermitLife(valid_until="purpose"), None),
    ],
    ids=["until an answer", "until the last day", "until it is taken back", "until no day"],
)
def test_a_permission_is_kept_from_its_end_and_without_one_nobody_knows_yet(
    life: PermitLife, until: date | None
) -> None:
    found = kept("granted", product=lasting(life))
    assert found.until == until
    assert ("nog onbekend" in found.reason.nl) == (until is None)


def lasting(life: PermitLife) -> Product:
    rule = Retention(number="11.1", years=1, starts=RetentionStart.PERMISSION_ENDS)
    return with_process(retention={**objecten().process.retention, "granted": rule}, permit=life)


@pytest.mark.parametrize(
    ("life", "over_on", "until"),
    [
        (PermitLife(indefinite=True), date(2027, 3, 1), date(2028, 3, 1)),
        (PermitLife(valid_until="ends"), date(2026, 12, 16), date(2027, 12, 16)),
        (PermitLife(valid_until="ends"), date(2027, 3, 1), date(2027, 12, 18)),  # it was over by itself before
        (PermitLife(indefinite=True), date(2026, 11, 30), date(2027, 12, 1)),  # never before the letter
    ],
)
def test_a_permission_that_is_given_up_or_taken_back_is_kept_from_that_day(
    life: PermitLife, over_on: date, until: date
) -> None:
    assert kept("granted", product=lasting(life), fate=Fate(ended_on=over_on)).until == until


def replaced(renewal: Renewal) -> Fate:
    """An objection that was decided on 1 February 2027."""
    at = datetime(2027, 2, 1, 10, tzinfo=UTC)
    return Fate(renewed=Renewed(renewal=renewal, text="", at=at, reference="Z-2027-1111-1111", sent_at=at))


@pytest.mark.parametrize(
    ("result", "renewal", "end", "until"),
    [
        ("refused", "granted", "granted", None),
        ("granted", "refused", "refused", date(2032, 2, 1)),
        ("granted", "revoked", "granted", date(2028, 2, 1)),
        ("refused", "revoked", "refused", date(2032, 2, 1)),
    ],
)
def test_what_an_objection_put_in_its_place_decides_how_long(
    result: Result, renewal: Renewal, end: str, until: date | None
) -> None:
    found = kept(result, product=lasting(PermitLife(indefinite=True)), fate=replaced(renewal))
    assert (found.end, found.closed_on, found.until) == (end, date(2027, 2, 1), until)


def test_an_objection_about_a_case_that_is_kept_for_ever_is_kept_with_it() -> None:
    found = kept("refused", fate=Fate(about_kept=True))
    assert (found.rule.keep, found.until, found.rule.number) == (True, None, "11.2")


@pytest.mark.parametrize(
    ("result", "until"),
    [
        ("founded", date(2031, 12, 1)),
        ("unfounded", date(2031, 12, 1)),
        ("inadmissible", date(2027, 12, 1)),  # nobody judged what it said: one year instead of five
    ],
)
def test_an_objection_that_was_inadmissible_is_kept_shorter_than_one_that_was_judged(
    result: Result, until: date
) -> None:
    found = kept(result, product=whole_catalogue().product("bezwaar"))
    assert (found.rule.number, found.until) == ("13.1", until)


def test_the_reason_and_the_steps_say_how_it_was_worked_out() -> None:
    found = kept("granted")
    assert found.reason.nl == "1 jaar na de laatste dag van de activiteit (18 december 2026), Selectielijst 11.1.2"
    assert found.term is not None
    (step,) = found.term.steps
    assert (step.nl, step.article) == ("1 jaar na 18 december 2026 is 18 december 2027.", "Selectielijst 11.1.2")


def drawn_up(state: ListState = "open") -> DrawnUp:
    return DrawnUp(id=UUID(int=1), month=date(2027, 1, 1), drawn_up_by="hanneke", drawn_up_at=NOW, state=state)


def test_who_drew_up_a_list_cannot_approve_it_but_may_take_it_back() -> None:
    with pytest.raises(OwnListError):
        check_may_judge(drawn_up(), by="hanneke", approve=True)
    check_may_judge(drawn_up(), by="hanneke", approve=False)
    check_may_judge(drawn_up(), by="joost", approve=True)


def test_a_list_is_judged_once() -> None:
    for state in ("approved", "refused"):
        with pytest.raises(ListClosedError):
            check_may_judge(drawn_up(state), by="joost", approve=True)  # type: ignore[arg-type]


def test_a_hold_has_a_reason_and_an_end_to_come_or_none() -> None:
    assert faults_of_hold("Beroep loopt", until=None, today=TODAY) == ()
    assert faults_of_hold("Beroep loopt", until=TODAY, today=TODAY) == ()
    wrong = faults_of_hold(" ", until=TODAY - timedelta(days=1), today=TODAY)
    assert [fault.name for fault in wrong] == ["because", "until.day"]
