"""The rule trial: hand-worked applications under two texts, and counts that add up however they are cut."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

from services.workflow.domain.trial import (
    SAMPLES,
    Pair,
    Said,
    Tally,
    add,
    as_of,
    count,
    fingerprint,
    from_plain,
    say,
    to_plain,
)
from services.workflow.domain.trial_report import ASSUMED_SECONDS, changes_between, minutes_saved, moves_of, pace_of
from shared.catalogue.reader import reopen_product
from shared.events import Words
from tests.services.workflow.town import ANSWERS, TODAY, objecten

FIVE_DAYS = {"starts": "2026-12-14", "ends": "2026-12-18"}
TEN_DAYS = {"starts": "2026-12-14", "ends": "2026-12-23"}
ONE_DAY = {"starts": "2026-12-14", "ends": "2026-12-14"}


def changed(old: str, new: str) -> Any:
    """The permit for an object on the street with another text."""
    files = dict(objecten().files)
    (name,) = [name for name, text in files.items() if old in text]
    files[name] = files[name].replace(old, new)
    return reopen_product(files, product_id="objecten")


def pair(case: str, **answers: Any) -> Pair:
    """One application under the text of today and under one with a higher threshold."""
    said = {**ANSWERS, **answers}
    looser = as_of(changed("days_placed == 1 &&", "days_placed <= 5 &&"), day=TODAY)
    return Pair(case=case, before=say(as_of(objecten(), day=TODAY), said, on=TODAY), after=say(looser, said, on=TODAY))


def invented(case: int, *, before: str = "permit", after: str = "permit", fee: int | None = 5000) -> Pair:
    """An application of which only the way and the fee matter."""
    blank = Said(path=before, fee_cents=5000, questions=12, attachments=1, work=2, fired=(), unsure=(), lost=())
    return Pair(case=f"case-{case}", before=blank, after=replace(blank, path=after, fee_cents=fee, questions=9))


def test_a_higher_threshold_frees_exactly_those_below_it() -> None:
    pairs = [pair("a", **FIVE_DAYS), pair("b", **TEN_DAYS), pair("c", **ONE_DAY)]
    assert [(each.before.path, each.after.path) for each in pairs] == [
        ("at_once", "not_needed"),
        ("at_once", "at_once"),
        ("not_needed", "not_needed"),
    ]
    tally = count(pairs, seed=7)
    assert (tally.applications, tally.changed, tally.freed, tally.lighter, tally.heavier) == (3, 1, 1, 1, 0)
    # 50 euro for the small one that falls away, 210 for the one of ten days that stays, none for what needs no permit
    assert (tally.fees_compared, tally.fees_before, tally.fees_after) == (3, 26000, 21000)
    assert [(move.before, move.after, move.count, move.step) for move in moves_of(tally)] == [
        ("at_once", "not_needed", 1, -2)
    ]
    assert set(tally.samples) == {"at_once>not_needed"}  # that its fee falls away goes without saying
    # what decides it is asked in the first three steps of the form: who applies no longer comes to the fourth
    form, moved = objecten(), pairs[0]
    fourth = {question.id for question in form.steps[3].questions}
    assert moved.before.questions - moved.after.questions == len(fourth & set(ANSWERS))
    assert (moved.before.work > 0, moved.after.work) == (True, 0)


def test_what_the_new_text_has_otherwise_is_told_rule_by_rule_and_question_by_question() -> None:
    base = objecten()
    draft = changed("days_placed == 1 &&", "days_placed <= 5 &&")
    (one,) = changes_between(base, draft)
    assert (one.what, one.how, one.words) == ("rule", "other", base.rule("no-permit-needed").because)
    assert (one.was, one.now, one.measured) == ("== 1", "<= 5", Words(nl="Aantal dagen", en="Number of days"))
    narrower = changed("days_placed == 1 &&", "days_placed == 1 && days_placed < 9 &&")
    (more,), (less,) = changes_between(base, narrower), changes_between(narrower, base)
    assert (more.was, more.now, more.measured) == ("", "days_placed < 9", None)
    assert (less.was, less.now) == ("days_placed < 9", "")
    first, *rest = base.steps
    bare = replace(base, rules=base.rules[1:], steps=(replace(first, questions=first.questions[:-1]), *rest))
    gone, there = changes_between(base, bare), changes_between(bare, base)
    assert [(each.what, each.how) for each in gone] == [("rule", "gone"), ("question", "gone")]
    assert [(each.what, each.how) for each in there] == [("rule", "new"), ("question", "new")]
    assert changes_between(base, base) == []


def test_a_rule_that_asks_what_was_not_asked_then_leaves_it_to_a_person() -> None:
    before = as_of(objecten(), day=TODAY)
    known = {name: value for name, value in ANSWERS.items() if name != "footway_width"}
    wider = as_of(changed("days_placed == 1 &&", "footway_width > 1 &&"), day=TODAY)
    asked = Pair(case="b", before=say(before, known, on=TODAY), after=say(wider, known, on=TODAY))
    assert set(asked.after.unsure) - set(asked.before.unsure) == {"no-permit-needed"}
    assert "unsure" in asked.kinds
    assert count([asked], seed=1).unsure == 1


def test_an_answer_without_a_place_in_the_new_text_is_named() -> None:
    assert say(changed("- id: spot\n", "- id: where_exactly\n"), ANSWERS, on=TODAY).lost == ("spot",)


def test_a_rule_of_later_counts_in_the_trial_and_one_of_the_past_does_not() -> None:
    product = objecten()
    later = replace(product.rules[0], valid_from=date(2027, 1, 1))
    gone = replace(product.rules[1], valid_until=date(2026, 1, 31))
    tried = as_of(replace(product, rules=(later, gone, *product.rules[2:])), day=date(2027, 1, 1))
    assert later.id in {rule.id for rule in tried.rules}
    assert gone.id not in {rule.id for rule in tried.rules}
    five_days = {**ANSWERS, **ONE_DAY}
    assert say(tried, five_days, on=TODAY).path == "not_needed"


def test_parts_add_up_to_the_whole_in_any_order() -> None:
    dice = random.Random(5)
    pairs = [
        invented(number, after=dice.choice(["permit", "not_needed", "at_once"]), fee=dice.choice([5000, 0, None]))
        for number in range(200)
    ]
    whole = count(pairs, seed=42)
    shuffled = dice.sample(pairs, len(pairs))
    cut = [shuffled[start : start + 17] for start in range(0, 200, 17)]
    together = Tally()
    for part in cut:
        together = add(together, from_plain(to_plain(count(part, seed=42))))
    assert fingerprint(together) == fingerprint(whole)
    assert together.freed == sum(each.after.path == "not_needed" for each in pairs)
    assert all(len(found) == SAMPLES for found in whole.samples.values())
    assert whole.fees_compared == sum(each.after.fee_cents is not None for each in pairs)


def test_another_seed_draws_other_samples_and_changes_no_count() -> None:
    pairs = [invented(number, after="not_needed", fee=0) for number in range(50)]
    one, other = count(pairs, seed=1), count(pairs, seed=2)
    assert one.samples != other.samples
    assert replace(one, samples={}) == replace(other, samples={})
    assert fingerprint(one) == fingerprint(count(reversed(pairs), seed=1))


def test_minutes_follow_from_measured_steps_or_from_an_assumption_that_says_so() -> None:
    tally = count([invented(number) for number in range(30)], seed=1)  # 12 questions each before, 9 after
    assumed = pace_of({"sent.web": 3, "seconds.40": 3}, tally=tally)
    assert (assumed.seconds, assumed.forms) == (ASSUMED_SECONDS, 0)
    assert minutes_saved(tally, pace=assumed) == 30 * 3 * ASSUMED_SECONDS / 60
    # 30 forms with 4 steps, each of over 40 and at most 80 seconds: 60 each, so 240 for 12 questions
    measured = pace_of({"sent.web": 30, "seconds.80": 120}, tally=tally)
    assert (measured.seconds, measured.forms) == (20.0, 30)
    assert minutes_saved(tally, pace=measured) == 30.0
