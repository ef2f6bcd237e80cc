"""Every date of a case follows from its ledger and the law."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.workflow.domain.clock import Clock, NotReceivedError, Terms, may_extend, read_clock
from services.workflow.domain.clock_cards import cards_of
from services.workflow.domain.ledger import Entry, Kind
from shared.catalogue.definitions import SilenceEffect
from shared.ids import new_id
from shared.law.extended import EXTENDED_DECISION, EXTENSION_NOTICE
from shared.law.terms import Amount, Ground, Policy, SetBy, TermRule, Unit

EIGHT_WEEKS = TermRule(amount=8, unit=Unit.weeks, set_by=SetBy.ordinance, article="APV 1:2 lid 1")
BY_LAW = TermRule(amount=8, unit=Unit.weeks, set_by=SetBy.act, article="Awb 4:13 lid 2")
RECEIVED = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
QUESTION = UUID(int=1)


def on(day: date, *, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def received() -> Entry:
    return Entry(kind=Kind.RECEIVED, at=RECEIVED)


def asked(day: date, *, until: date, question: UUID = QUESTION) -> Entry:
    return Entry(kind=Kind.ASKED, at=on(day), who="samir", request_id=question, answer_by=until)


def answered(day: date, *, question: UUID = QUESTION) -> Entry:
    return Entry(kind=Kind.ANSWERED, at=on(day), request_id=question)


def clock(*entries: Entry, today: date, rule: TermRule = EIGHT_WEEKS, **more: Any) -> Clock:
    return read_clock(entries, terms=Terms(rule=rule, **more), today=today)


def test_eight_weeks_run_from_the_day_of_receipt_with_the_article_beside_it() -> None:
    found = clock(received(), today=date(2026, 2, 10))
    assert found.decide_by == date(2026, 3, 30)
    assert [step.article for step in found.term.steps] == ["APV 1:2 lid 1"]
    assert found.waiting_until is None


def test_receipt_just_before_midnight_in_the_netherlands_counts_on_that_day() -> None:
    late_evening = Entry(kind=Kind.RECEIVED, at=datetime(2026, 2, 2, 22, 59, 59, tzinfo=UTC))
    past_midnight = Entry(kind=Kind.RECEIVED, at=datetime(2026, 2, 2, 23, 0, tzinfo=UTC))
    assert clock(late_evening, today=date(2026, 2, 10)).decide_by == date(2026, 3, 30)
    assert clock(past_midnight, today=date(2026, 2, 10)).decide_by == date(2026, 3, 31)


def test_the_days_between_question_and_answer_do_not_count() -> None:
    ledger = (received(), asked(date(2026, 2, 9), until=date(2026, 3, 2)), answered(date(2026, 2, 20)))
    found = clock(*ledger, today=date(2026, 2, 23))
    assert found.suspended_days == 10  # 10 up to and including 19 February (Awb 4:15 lid 1 a: "tot")
    assert found.decide_by == date(2026, 4, 9)
    assert "Awb 4:15 lid 1 onder a" in [step.article for step in found.term.steps]


def test_an_answer_on_the_day_after_the_question_stops_nothing() -> None:
    ledger = (received(), asked(date(2026, 2, 9), until=date(2026, 3, 2)), answered(date(2026, 2, 10)))
    assert clock(*ledger, today=date(2026, 2, 11)).suspended_days == 0


def test_while_a_question_is_open_the_clock_stands_still() -> None:
    found = clock(received(), asked(date(2026, 2, 9), until=date(2026, 3, 2)), today=date(2026, 2, 20))
    assert found.stopped
    assert found.waiting_until == date(2026, 3, 2)
    assert found.decide_by == date(2026, 4, 9)


def test_without_an_answer_the_clock_runs_again_after_the_last_day_whether_or_not_anyone_noticed() -> None:
    question = asked(date(2026, 2, 9), until=date(2026, 3, 2))
    noticed = Entry(kind=Kind.LAPSED, at=on(date(2026, 3, 5)), request_id=QUESTION)
    for ledger in ((received(), question), (received(), question, noticed)):
        found = clock(*ledger, today=date(2026, 3, 10))
        assert not found.stopped
        assert found.suspended_days == 21
        assert found.decide_by == date(2026, 4, 20)


def test_a_late_answer_moves_no_date() -> None:
    ledger = (received(), asked(date(2026, 2, 9), until=date(2026, 3, 2)), answered(date(2026, 3, 6)))
    assert clock(*ledger, today=date(2026, 3, 10)).suspended_days == 21


def test_two_questions_add_up_their_own_days() -> None:
    other = new_id()
    ledger = (
        received(),
        asked(date(2026, 2, 9), until=date(2026, 2, 23)),
        answered(date(2026, 2, 12)),
        asked(date(2026, 2, 16), until=date(2026, 3, 2), question=other),
        answered(date(2026, 2, 19), question=other),
    )
    assert clock(*ledger, today=date(2026, 2, 23)).suspended_days == 4


def test_a_question_after_the_last_day_stops_nothing() -> None:
    found = clock(received(), asked(date(2026, 3, 31), until=date(2026, 4, 14)), today=date(2026, 4, 2))
    assert not found.stopped
    assert found.waiting_until == date(2026, 4, 14)
    assert found.suspended_days == 0
    assert found.decide_by == date(2026, 3, 30)


def test_a_question_on_the_last_day_stops_nothing_either() -> None:
    found = clock(received(), asked(date(2026, 3, 30), until=date(2026, 4, 14)), today=date(2026, 4, 2))
    assert not found.stopped


def test_a_term_set_by_law_that_ends_on_a_holiday_moves_to_the_next_working_day() -> None:
    ledger = (Entry(kind=Kind.RECEIVED, at=on(date(2026, 3, 20))),)
    assert clock(*ledger, today=date(2026, 4, 1), rule=BY_LAW).decide_by == date(2026, 5, 18)  # 15 May is decreed free


def test_after_the_decision_no_day_is_added_any_more() -> None:
    ledger = (received(), Entry(kind=Kind.DECIDED, at=on(date(2026, 3, 2)), who="samir"))
    found = clock(*ledger, today=date(2026, 7, 1))
    assert found.decided_on == date(2026, 3, 2)
    assert found.decide_by == date(2026, 3, 30)
    assert found.objection is None


def test_the_objection_term_runs_from_the_sending_not_from_the_decision() -> None:
    ledger = (
        received(),
        Entry(kind=Kind.DECIDED, at=on(date(2026, 3, 2)), who="samir"),
        Entry(kind=Kind.SENT, at=on(date(2026, 3, 3))),
    )
    found = clock(*ledger, today=date(2026, 3, 4))
    assert found.sent_on == date(2026, 3, 3)
    assert found.objection is not None
    assert found.objection.safe == date(2026, 4, 14)


def test_without_receipt_there_are_no_dates() -> None:
    with pytest.raises(NotReceivedError):
        clock(today=date(2026, 2, 2) + timedelta(days=1))


EXTENDABLE = TermRule(
    amount=8,
    unit=Unit.weeks,
    set_by=SetBy.ordinance,
    article="APV 1:2 lid 1",
    extension=Amount(amount=8, unit=Unit.weeks, article="APV 1:2 lid 2"),
)


def stopped(ground: Ground, first: date, last: date | None = None) -> Entry:
    return Entry(
        kind=Kind.SUSPENDED, at=on(first), who="samir", request_id=QUESTION, ground=ground, first=first, last=last
    )


def resumed(day: date) -> Entry:
    return Entry(kind=Kind.RESUMED, at=on(day), who="samir", request_id=QUESTION, day=day)


def test_consent_stops_the_clock_for_the_days_that_were_agreed_on() -> None:
    found = clock(received(), stopped(Ground.consent, date(2026, 2, 9), date(2026, 2, 15)), today=date(2026, 3, 1))
    assert found.suspended_days == 7
    assert not found.stopped


def test_a_day_on_two_grounds_counts_once() -> None:
    other = Entry(
        kind=Kind.SUSPENDED,
        at=on(date(2026, 2, 15)),
        request_id=UUID(int=2),
        ground=Ground.consent,
        first=date(2026, 2, 15),
        last=date(2026, 2, 28),
    )
    ledger = (received(), asked(date(2026, 2, 10), until=date(2026, 2, 24)), answered(date(2026, 2, 20)), other)
    assert clock(*ledger, today=date(2026, 3, 10)).suspended_days == 18  # T052 of the worked examples


def test_force_majeure_without_an_end_stops_the_clock_until_someone_says_it_is_over() -> None:
    begun = stopped(Ground.force_majeure, date(2026, 2, 9))
    running = clock(received(), begun, today=date(2026, 2, 18))
    assert running.stopped
    assert running.suspended_days == 10
    ended = clock(received(), begun, resumed(date(2026, 2, 18)), today=date(2026, 3, 20))
    assert not ended.stopped
    assert ended.suspended_days == 10


def test_the_day_of_a_third_partys_view_counts_only_under_the_woo() -> None:
    woo = clock(
        received(),
        stopped(Ground.third_party_view, date(2026, 2, 9)),
        resumed(date(2026, 2, 12)),
        today=date(2026, 3, 1),
    )
    awb = clock(
        received(), stopped(Ground.abroad, date(2026, 2, 9)), resumed(date(2026, 2, 12)), today=date(2026, 3, 1)
    )
    assert (woo.suspended_days, awb.suspended_days) == (4, 3)  # "tot en met" against "tot"


def test_an_extension_adds_its_weeks_once_and_can_be_announced_up_to_the_last_day() -> None:
    before = clock(received(), today=date(2026, 3, 30), rule=EXTENDABLE)
    assert before.extend_by == date(2026, 3, 30)
    assert may_extend(before, announced=date(2026, 3, 30))
    assert not may_extend(clock(received(), today=date(2026, 3, 31), rule=EXTENDABLE), announced=date(2026, 3, 31))
    after = clock(
        received(), Entry(kind=Kind.EXTENDED, at=on(date(2026, 3, 20))), today=date(2026, 4, 1), rule=EXTENDABLE
    )
    assert (after.decide_by, after.extended, after.extend_by) == (date(2026, 5, 25), True, None)


def test_a_delay_notice_promises_a_day_and_moves_nothing() -> None:
    told = Entry(kind=Kind.DELAYED, at=on(date(2026, 3, 25)), until=date(2026, 4, 17))
    found = clock(received(), told, today=date(2026, 3, 26))
    assert (found.promised, found.decide_by) == (date(2026, 4, 17), date(2026, 3, 30))


def test_without_a_statutory_term_a_named_day_counts_if_it_was_told_in_time() -> None:
    named = Entry(kind=Kind.NAMED_TERM, at=on(date(2026, 3, 25)), until=date(2026, 5, 1))
    assert clock(received(), named, today=date(2026, 3, 26), rule=BY_LAW).decide_by == date(2026, 5, 1)


def test_an_outage_gives_the_applicant_more_time_to_answer() -> None:
    moved = Entry(kind=Kind.OUTAGE, at=on(date(2026, 3, 2)), request_id=QUESTION, until=date(2026, 3, 4))
    ledger = (received(), asked(date(2026, 2, 9), until=date(2026, 3, 2)), moved)
    assert clock(*ledger, today=date(2026, 3, 4)).waiting_until == date(2026, 3, 4)
    assert clock(*ledger, today=date(2026, 3, 10)).suspended_days == 23


def test_an_unused_repair_term_gives_four_weeks_to_refuse_to_process() -> None:
    question = asked(date(2026, 2, 9), until=date(2026, 3, 2))
    assert clock(received(), question, today=date(2026, 3, 2)).refuse_by is None
    lapsed = clock(received(), question, today=date(2026, 3, 3)).refuse_by
    supplemented = clock(received(), question, answered(date(2026, 2, 20)), today=date(2026, 3, 3)).refuse_by
    assert lapsed is not None
    assert lapsed.safe == date(2026, 3, 30)
    assert supplemented is not None
    assert supplemented.safe == date(2026, 3, 20)


def notice(day: date) -> Entry:
    """A notice of default that came by post and was entered a day later."""
    return Entry(kind=Kind.DEFAULTED, at=on(day + timedelta(days=1)), day=day)


def test_a_notice_of_default_on_the_last_day_is_premature_and_starts_nothing() -> None:
    found = clock(received(), notice(date(2026, 3, 30)), today=date(2026, 5, 1))
    assert found.premature == (date(2026, 3, 30),)
    assert found.penalty is None


def test_the_penalty_counts_from_the_fifteenth_day_after_the_notice_until_the_day_before_the_announcement() -> None:
    ledger = (received(), notice(date(2026, 4, 1)))
    waiting = clock(*ledger, today=date(2026, 4, 15)).penalty
    assert waiting is not None
    assert (waiting.days, waiting.euros, waiting.first_day.safe) == (0, 0, date(2026, 4, 16))
    running = clock(*ledger, today=date(2026, 5, 5)).penalty
    assert running is not None
    assert (running.days, running.euros, running.running) == (20, 532, True)
    full = clock(*ledger, today=date(2026, 7, 1)).penalty
    assert full is not None
    assert (full.days, full.euros, full.running) == (42, 1442, False)
    assert full.determine_by is not None
    assert full.determine_by.safe == date(2026, 6, 10)
    sent = Entry(kind=Kind.SENT, at=on(date(2026, 4, 17)))
    stopped_early = clock(*ledger, sent, today=date(2026, 5, 1)).penalty
    assert stopped_early is not None
    assert (stopped_early.days, stopped_early.euros) == (1, 23)
    assert stopped_early.determine_by is not None
    assert stopped_early.determine_by.safe == date(2026, 4, 30)  # from 16 April, the last day that cost money


def test_a_late_woo_decision_costs_no_penalty_and_what_the_law_gave_only_when_it_was_not_announced() -> None:
    ledger = (received(), notice(date(2026, 4, 1)))
    woo = TermRule(amount=4, unit=Unit.weeks, set_by=SetBy.act, article="Woo 4.4 lid 1", no_penalty=True)
    assert clock(*ledger, today=date(2026, 5, 5), rule=woo).penalty is None
    silent = clock(*ledger, today=date(2026, 5, 5), silence=SilenceEffect.GRANTED)
    assert (silent.penalty, silent.premature) == (None, (date(2026, 4, 1),))  # two weeks to announce end on 13 April
    late = clock(received(), notice(date(2026, 4, 14)), today=date(2026, 5, 1), silence=SilenceEffect.GRANTED).penalty
    assert late is not None
    assert (late.first_day.safe, late.euros) == (date(2026, 4, 29), 3 * 23)
    assert late.first_day.steps[0].article == "Awb 4:20d lid 1"
    sent = Entry(kind=Kind.SENT, at=on(date(2026, 4, 13)))
    in_time = clock(received(), sent, notice(date(2026, 4, 14)), today=date(2026, 5, 1), silence=SilenceEffect.GRANTED)
    assert (in_time.penalty, in_time.withdraw_by) == (None, date(2026, 5, 26))  # 25 May is Whit Monday


def test_silence_grants_on_the_third_day_or_allows_on_the_first_day_after_the_term() -> None:
    found = clock(received(), today=date(2026, 3, 31), silence=SilenceEffect.GRANTED)
    assert found.silent is not None
    assert found.silent.from_day == date(2026, 4, 2)
    assert found.announce_by is not None
    assert found.announce_by.safe == date(2026, 4, 13)
    told = "Maak dat bekend uiterlijk op 13 april 2026"
    assert any(card.note and told in card.note.nl for card in cards_of(found, at=on(date(2026, 3, 31))))
    sent = clock(
        received(),
        Entry(kind=Kind.SENT, at=on(date(2026, 4, 10))),
        today=date(2026, 4, 10),
        silence=SilenceEffect.GRANTED,
    )
    assert not any(card.note and "Maak dat bekend" in card.note.nl for card in cards_of(sent, at=on(date(2026, 4, 10))))
    allowed = clock(received(), today=date(2026, 3, 31), silence=SilenceEffect.ALLOWED).silent
    assert allowed is not None
    assert allowed.from_day == date(2026, 3, 31)
    assert clock(received(), today=date(2026, 3, 30), silence=SilenceEffect.GRANTED).silent is None


def test_who_takes_an_application_back_after_its_term_is_told_of_no_silence_and_not_called_late() -> None:
    ledger = (received(), Entry(kind=Kind.WITHDRAWN, at=on(date(2026, 4, 10))))
    found = clock(*ledger, today=date(2026, 4, 20), silence=SilenceEffect.GRANTED)
    assert (found.silent, found.withdrawn_on) == (None, date(2026, 4, 10))
    card = cards_of(found, at=on(date(2026, 4, 20)))[1]
    assert card.note is None
    assert card.left is not None
    assert card.left.words.nl == "De aanvraag is ingetrokken"


def test_in_the_extended_procedure_an_extension_is_told_within_eight_weeks() -> None:
    rule = replace(EXTENDED_DECISION, set_by=SetBy.act)
    more = {"rule": rule, "extension_within": EXTENSION_NOTICE}
    found = clock(received(), today=date(2026, 3, 30), **more)
    assert (found.decide_by, found.extend_by) == (date(2026, 8, 2), date(2026, 3, 30))
    assert may_extend(found, announced=date(2026, 3, 30))
    assert clock(received(), today=date(2026, 3, 31), **more).extend_by is None


def test_how_the_law_is_read_where_it_is_open_is_a_choice() -> None:
    asked_in_vain = (received(), asked(date(2026, 2, 9), until=date(2026, 3, 2)))
    strict = Policy(lapsed_means_day_after=False)
    assert clock(*asked_in_vain, today=date(2026, 3, 3)).decide_by == date(2026, 4, 20)
    assert clock(*asked_in_vain, today=date(2026, 3, 3), policy=strict).decide_by == date(2026, 4, 19)
    # two weeks after Saturday 4 April end on Saturday 18 April, or move to Monday 20
    sent = Entry(kind=Kind.SENT, at=on(date(2026, 4, 22)))
    late = (received(), notice(date(2026, 4, 4)), Entry(kind=Kind.DECIDED, at=on(date(2026, 4, 22))), sent)
    euros = [
        meter.euros if (meter := clock(*late, today=date(2026, 5, 1), policy=policy).penalty) else None
        for policy in (Policy(), Policy(announcement_day_counts=True), Policy(two_week_term_under_atw=True))
    ]
    assert euros == [3 * 23, 4 * 23, 23]


def test_a_decision_in_the_portal_is_told_of_within_48_real_hours() -> None:
    decided = Entry(kind=Kind.DECIDED, at=datetime(2026, 3, 28, 12, tzinfo=UTC), who="samir")
    lies = clock(received(), decided, today=date(2026, 3, 28))
    assert lies.notify_by == datetime(2026, 3, 30, 12, tzinfo=UTC)
    for hour, left, said in ((11, "Vandaag", "lopen tot 14.00 uur"), (13, "Te laat", "liepen tot 14.00 uur")):
        card = cards_of(lies, at=datetime(2026, 3, 30, hour, tzinfo=UTC))[-1]
        assert (card.left and card.left.words.nl, card.day) == (left, date(2026, 3, 30))
        assert said in str(card.note)


def test_the_service_norm_runs_beside_the_statutory_term_and_stops_with_it() -> None:
    norm = TermRule(amount=20, unit=Unit.working_days, set_by=SetBy.own, article="servicenorm")
    plain = clock(received(), today=date(2026, 2, 10), norm=norm).norm
    assert plain is not None
    assert plain.safe == date(2026, 3, 2)


def test_lateness_is_measured_on_the_later_date_where_the_law_is_open() -> None:
    rule = TermRule(
        amount=8,
        unit=Unit.weeks,
        set_by=SetBy.act,
        article="Ow 16.64 lid 1",
        extension=Amount(amount=6, unit=Unit.weeks, article="Ow 16.64 lid 2"),
    )
    ledger = (Entry(kind=Kind.RECEIVED, at=on(date(2026, 9, 18))), Entry(kind=Kind.EXTENDED, at=on(date(2026, 11, 2))))
    found = clock(*ledger, today=date(2026, 12, 28), rule=rule)
    assert (found.decide_by, found.term.rolled) == (date(2026, 12, 25), date(2026, 12, 28))
    assert not found.late_on(date(2026, 12, 28))
    assert found.late_on(date(2026, 12, 29))


def test_papers_of_which_another_gave_a_view_wait_two_weeks_after_the_decision_if_an_objection_is_expected() -> None:
    heard = Entry(
        kind=Kind.SUSPENDED,
        at=on(date(2026, 6, 10)),
        request_id=QUESTION,
        ground=Ground.third_party_view,
        first=date(2026, 6, 11),
        last=date(2026, 6, 24),
    )
    sent = Entry(kind=Kind.SENT, at=on(date(2026, 6, 29)))
    told = cards_of(clock(received(), heard, sent, today=date(2026, 6, 30), rule=BY_LAW), at=on(date(2026, 6, 30)))[-1]
    assert told.note is not None
    assert "Geef de stukken dan op 13 juli 2026." in told.note.nl
    assert [step.article for step in told.steps] == ["Woo 4.4 lid 5"]
    alone = cards_of(clock(received(), sent, today=date(2026, 6, 30), rule=BY_LAW), at=on(date(2026, 6, 30)))[-1]
    assert (alone.steps, alone.day) == ((), date(2026, 6, 29))
