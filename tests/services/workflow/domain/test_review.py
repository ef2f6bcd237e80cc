"""What could go: a planted set is found and sound rules are left alone; the bounds are those of the textbooks."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from functools import reduce

import pytest

from services.workflow.domain.carrying_out import carried_out
from services.workflow.domain.evidence import Share, evidence_of
from services.workflow.domain.proposals import FEWEST, Proposal, highest_share, propose
from services.workflow.domain.review import (
    Applied,
    Review,
    add,
    from_plain,
    loosened,
    review,
    thresholds_of,
    to_plain,
    unread_questions,
)
from shared.catalogue.definitions import Effect, Kind, Product
from shared.catalogue.reader import reopen_product
from tests.services.workflow.town import ANSWERS, TODAY, objecten, whole_catalogue

STARTS = TODAY + timedelta(weeks=5)


def planted() -> Product:
    """The permit for an object, with two rules that never matter and a question that nothing reads."""
    product = objecten()
    pattern = product.rule("to-street")
    never = replace(pattern, id="never", when="total_area > 9999", effect=Effect.TASK, value="look-at-spot")
    idle = replace(pattern, id="idle", when="'pavement' in surfaces", value=product.process.team)
    first, *rest = product.steps
    useless = replace(
        next(each for each in product.questions if each.kind is Kind.YES_NO), id="useless", when=None, seen=False
    )
    steps = (replace(first, questions=(*first.questions, useless)), *rest)
    return replace(product, rules=(*product.rules, never, idle), steps=steps)


def history(number: int, *, seed: int = 3) -> list[Applied]:
    """Containers on the pavement: up to five days nobody was ever refused, and of the longer ones some were.

    A scaffold always brings a task; some of those were refused, so asking for it is sound.
    """
    dice = random.Random(seed)
    found = []
    for _ in range(number):
        days = dice.choice([1, 2, 3, 4, 5, 8, 12, 20])
        narrow = dice.random() < 0.3
        refused = (days > 5 and dice.random() < 0.3) or (narrow and dice.random() < 0.2)
        answers = {
            **ANSWERS,
            "starts": STARTS.isoformat(),
            "ends": (STARTS + timedelta(days=days - 1)).isoformat(),
            "footway_width": "1.60" if narrow else "2.00",
            "useless": dice.random() < 0.5,
        }
        result, conditions = ("refused", 0) if refused else ("granted", 1)
        found.append(Applied(answers=answers, on=TODAY, result=result, conditions=conditions, days=10 + 5 * narrow))
    return found


@pytest.fixture(scope="module")
def counted() -> Review:
    return review(history(400), product=planted())


def of_kind(found: list[Proposal], kind: str) -> list[str]:
    return [one.subject for one in found if one.kind == kind]


def test_the_planted_set_is_found_and_nothing_sound_is_named(counted: Review) -> None:
    found = propose(counted, product=planted())
    (threshold,) = [one for one in found if one.kind == "threshold"]
    assert (threshold.subject, threshold.limit) == ("no-permit-needed", "5")
    assert threshold.threshold is not None
    assert loosened(planted(), threshold=threshold.threshold, limit="5").startswith("days_placed <= 5 && total_area")
    assert of_kind(found, "unread") == ["useless"]
    assert of_kind(found, "no_difference") == ["idle"]
    assert "never" in of_kind(found, "never")
    assert of_kind(found, "burden") == []  # the task for a narrow pavement did lead to refusals
    assert found.index(threshold) == 0


STREET_PARTY = {
    "event_kind": "neighbourhood",
    "audience": "mixed",
    "music": "none",
    "place": {"words": "Voorbeeldstraat"},
    "ground_owner": "municipality",
    "places_objects": False,
    "traffic": "none",
}


def test_what_is_planted_in_another_product_is_found_there_too() -> None:
    """Up to 200 visitors nobody was refused, animals never mattered, and where alcohol is sold some were refused."""
    product = whole_catalogue().product("evenement")
    asked = {each.id for each in product.questions}
    dice, applied = random.Random(11), list[Applied]()
    for _ in range(600):
        visitors, alcohol, animals = (
            dice.choice([100, 160, 180, 200, 250, 400]),
            dice.random() < 0.3,
            dice.random() < 0.3,
        )
        refused = dice.random() < 0.3 and (visitors > 200 or alcohol) and not animals
        answers = {
            **STREET_PARTY,
            **{"visitors": visitors, "alcohol_sold": alcohol, "specials": ["animals"] if animals else ["none"]},
        }
        result, conditions = ("refused", 0) if refused else ("granted", 1)
        applied.append(Applied(answers=answers, on=TODAY, result=result, conditions=conditions, days=20))
    assert set(applied[0].answers) <= asked
    found = propose(review(applied, product=product), product=product)
    threshold = found[0]
    assert (threshold.kind, threshold.subject, threshold.limit) == ("threshold", "report-enough", "200")
    assert of_kind(found, "burden") == ["animals"]
    changed = carried_out(threshold, product=product)
    assert changed is not None
    assert "visitors <= 200" in changed.rule("report-enough").when


def test_the_threshold_counts_exactly_those_that_only_it_kept_from_the_lighter_way(counted: Review) -> None:
    (threshold, *_) = thresholds_of(planted())
    applied = history(400)
    by_days = {
        str(days): sum(
            one.answers["footway_width"] == "2.00" and one.answers["ends"] == (STARTS + timedelta(days - 1)).isoformat()
            for one in applied
        )
        for days in (2, 3, 4, 5, 8, 12, 20)
    }
    assert {value: counts["cases"] for value, counts in counted.thresholds[threshold.key].items()} == by_days
    (proposed,) = [one for one in propose(counted, product=planted()) if one.kind == "threshold"]
    assert proposed.touched == sum(by_days[str(days)] for days in (2, 3, 4, 5))
    assert proposed.cases == sum(by_days.values())


def test_a_rule_is_weighed_with_and_without_it(counted: Review) -> None:
    look = counted.rules["look-at-spot"]
    narrow = sum(one.answers["footway_width"] == "1.60" for one in history(400))
    assert (look["evaluated"], look["fired"], look["changed"], look["work"]) == (400, narrow, narrow, narrow)
    assert counted.rules["idle"]["fired"] == 400
    assert counted.rules["idle"]["changed"] == 0


def test_a_burden_that_never_led_to_a_refusal_is_named_with_the_days_it_goes_with() -> None:
    kind = [replace(one, result="granted") for one in history(400)]
    found = propose(review(kind, product=planted()), product=planted())
    (look,) = [one for one in found if one.subject == "look-at-spot"]
    assert look.kind == "burden"
    assert look.facts["days_longer"] == pytest.approx(5.0)
    assert look.facts["give_or_take"] == pytest.approx(0.0, abs=1e-6)
    assert look.facts["compared"]
    # where it always fired there is nothing to compare its conditions with, so nothing is said of them
    always = [one for one in kind if one.answers["footway_width"] == "1.60"] * 2
    found = propose(review(always, product=planted()), product=planted())
    (look,) = [one for one in found if one.subject == "look-at-spot" and one.kind == "burden"]
    assert not look.facts["compared"]


def test_few_applications_bring_no_proposal() -> None:
    assert propose(review(history(FEWEST - 1), product=planted()), product=planted()) == []


def test_parts_add_up_to_the_whole() -> None:
    applied = history(90)
    parts = [review(applied[start : start + 20], product=planted()) for start in range(0, 90, 20)]
    whole = review(applied, product=planted())
    together = reduce(add, (from_plain(to_plain(part)) for part in parts), Review())
    assert {name: n for name, n in together.totals.items() if n} == {name: n for name, n in whole.totals.items() if n}
    assert together.thresholds == whole.thresholds
    assert propose(together, product=planted()) == propose(whole, product=planted())


def test_what_who_applies_is_for_is_not_called_unread() -> None:
    unread = unread_questions(objecten())
    assert {"name", "email", "place", "starts", "footway_width", "surfaces"} & unread == set()
    assert "purpose" in unread  # only handlers read it, which its definition says


def test_bounds_are_those_of_the_textbook() -> None:
    assert highest_share(0, of=100) == pytest.approx(0.02951, abs=1e-5)  # 1 - 0.05 ** (1 / 100)
    assert highest_share(10, of=100) == pytest.approx(0.160356, abs=1e-6)  # (0.113528 + 0.051166) / 1.027055
    assert highest_share(5, of=5) == 1.0


def test_of_a_sensitive_question_nobody_says_that_it_is_left_open() -> None:
    product = whole_catalogue().product("gehandicaptenparkeerkaart")
    told = {each.id: {"asked": 400, "answered": 0} for each in product.questions if each.asks}  # it lies sealed
    found = propose(Review(applications=400, questions=told), product=product)
    assert {each.id for each in product.questions if each.sensitive} & {one.subject for one in found} == set()
    known = {one.question.id: one.sealed for one in evidence_of(Review(), product=product, heard={}).questions}
    assert (known["bsn"], known["since"], known["name"]) == (True, True, False)


def test_a_question_that_handlers_ask_for_anew_or_advisers_get_is_not_called_useless() -> None:
    for used in ("asked_again", "to_advisers"):
        often, seldom = (
            [replace(one, **{used: frozenset({"useless"})}) if place % every == 0 else one for place, one in told]
            for every in (10, 100)
            for told in [list(enumerate(history(400)))]
        )
        assert of_kind(propose(review(often, product=planted()), product=planted()), "unread") == []
        assert of_kind(propose(review(seldom, product=planted()), product=planted()), "unread") == ["useless"]


def test_a_rule_hidden_behind_another_is_said_so_and_held_refusals_are_counted() -> None:
    product = planted()
    twin = replace(product.rule("look-at-spot"), id="twin")
    both = replace(product, rules=(*product.rules, twin))
    applied = [replace(one, objection="unfounded" if one.result == "refused" else "") for one in history(60)]
    counted = review(applied, product=both)
    narrow = counted.rules["twin"]["fired"]
    assert counted.rules["twin"]["behind.look-at-spot"] == narrow
    assert counted.rules["look-at-spot"]["behind.twin"] == narrow
    evidence = evidence_of(counted, product=both, heard={"said.twin": {"unclear": 3}})
    (found,) = [one for one in evidence.rules if one.rule is twin]
    refused = counted.rules["twin"]["fired.result.refused"]
    assert (found.objections, found.heard, found.refused.seen) == ({"unfounded": refused}, {"unclear": 3}, refused)
    assert [(rule.id, n) for rule, n in found.behind] == [("look-at-spot", narrow)]
    low, high = Share(seen=10, of=100).between
    assert (low, high) == (pytest.approx(0.05523, abs=1e-5), pytest.approx(0.17436, abs=1e-5))  # Wilson's interval


def test_a_question_tells_who_reads_it_where_it_is_known_and_what_went_wrong() -> None:
    product = planted()
    applied = [replace(one, from_register=frozenset({"name"})) for one in history(40)]
    asked = {"asked_again": frozenset({"purpose", "own-words"}), "to_advisers": frozenset({"footway_width"})}
    applied[0] = replace(applied[0], **asked)
    heard = {
        "question.footway_width": {"error.missing": 2, "error.malformed": 1, "helped": 4, "left": 2, "seconds.80": 9},
        "step.where": {"seconds.20": 3, "seconds.40": 4, "seconds.longer": 1, "left": 6},
    }
    found = {
        one.question.id: one
        for one in evidence_of(review(applied, product=product), product=product, heard=heard).questions
    }
    width = found["footway_width"]
    assert {"no-permit-needed", "look-at-spot"} <= {rule.id for rule in width.used_by}
    assert (width.errors, width.step["left"], width.heard["left"]) == ({"missing": 2, "malformed": 1}, 6, 2)
    assert (width.seconds, width.step_seconds) == (80, 40)
    assert (width.asked_again, width.to_advisers) == (0, 1)
    assert (found["purpose"].asked_again, found["purpose"].to_advisers, found["purpose"].seconds) == (1, 0, None)
    assert 0 < found["name"].known == found["name"].asked < 40  # a day without a permit ends before that question
    assert not found["useless"].read
    assert found["works_permit"].skipped == Share(seen=40, of=40)


def test_a_proposal_is_carried_out_in_the_text_and_nothing_else_changes() -> None:
    product = objecten()
    for subject in ("look-at-spot", "ask-photos", "works_permit"):
        one = Proposal(kind="never", subject=subject, cases=100, touched=0, at_most=0.03)
        changed = carried_out(one, product=product)
        assert changed is not None
        before, after = ({each.id for each in (*p.rules, *p.questions)} for p in (product, changed))
        assert before - after == {subject}
        assert changed.version != product.version
    gone = Proposal(kind="to_report", subject="", cases=100, touched=100, at_most=0.03)
    assert carried_out(gone, product=product) is None


def test_a_question_that_people_decided_without_need_not_be_answered() -> None:
    product = objecten()
    pattern = next(each for each in product.questions if each.kind is Kind.YES_NO)
    needed = replace(pattern, id="needed", when=None, seen=True, optional=False, must=None)
    first, *rest = product.steps
    asking = replace(product, steps=(replace(first, questions=(*first.questions, needed)), *rest))
    dice = random.Random(5)
    applied = [
        replace(one, answers={**one.answers, "needed": None if dice.random() < 0.2 else dice.random() < 0.5})
        for one in history(400)
    ]
    open_ = sum(one.answers["needed"] is None for one in applied)
    granted = [replace(one, result="granted" if one.answers["needed"] is None else one.result) for one in applied]
    (found,) = [one for one in propose(review(granted, product=asking), product=asking) if one.kind == "optional"]
    assert (found.subject, found.facts["open"], found.touched) == ("needed", open_, 400 - open_)
    assert found.at_most == pytest.approx(1 - 0.05 ** (1 / open_))
    assert of_kind(propose(review(applied, product=asking), product=asking), "optional") == []  # some were refused


def test_a_question_that_says_that_it_must_be_answered_says_so_no_more() -> None:
    said = objecten()
    subject = next(each.id for each in said.questions if each.asks and not each.optional and not each.must)
    files = {
        name: text.replace(f"- id: {subject}\n", f"- id: {subject}\n        optional: false\n", 1)
        for name, text in said.files.items()
    }
    product = reopen_product(files, product_id="objecten")
    proposal = Proposal(kind="optional", subject=subject, cases=100, touched=80, at_most=0.1)
    changed = carried_out(proposal, product=product)
    assert changed is not None
    assert changed.question(subject).optional
    assert "optional: false" not in "".join(changed.files.values())


def test_a_question_is_made_optional_in_the_text_alone() -> None:
    product = objecten()
    subject = next(each.id for each in product.questions if each.asks and not each.optional and not each.must)
    changed = carried_out(
        Proposal(kind="optional", subject=subject, cases=100, touched=80, at_most=0.1), product=product
    )
    assert changed is not None
    different = [each.id for each in changed.questions if each != product.question(each.id)]
    assert (different, changed.question(subject).optional) == ([subject], True)
