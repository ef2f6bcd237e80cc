"""Every word of the definition language is read, and every kind of answer becomes what expressions reckon with."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.catalogue.definitions import (
    AdviserKind,
    Bounds,
    CompanyLevel,
    Effect,
    FileType,
    Kind,
    Nature,
    OutcomeNature,
    PaymentMoment,
    PersonLevel,
    Prefill,
    Product,
    Question,
    Sensitive,
    SilenceEffect,
)
from shared.catalogue.facts import known_value, period_of
from shared.catalogue.faults import FaultyProductError
from shared.catalogue.reader import reopen_product
from shared.events import Words
from tests.products import read_product
from tests.shared.catalogue.wide import FILES, FORM, PROCESS

WIDE = read_product(FILES, product_id="party")


def faults_with(form: str = FORM, process: str = PROCESS) -> list[str]:
    with pytest.raises(FaultyProductError) as caught:
        read_product({"form.yaml": form, "process.yaml": process}, product_id="party")
    return [str(fault) for fault in caught.value.faults]


def test_a_form_says_its_nature_its_shelf_who_signs_in_and_who_pays_when() -> None:
    assert (WIDE.nature, WIDE.theme) == (Nature.REPORT, "events")
    assert (WIDE.sign_in.person, WIDE.sign_in.company) == (PersonLevel.MIDDEN, CompanyLevel.EH2PLUS)
    assert WIDE.payment.moment is PaymentMoment.BEFORE_SENDING
    assert WIDE.payment.because == Words(nl="Wij maken de kaart meteen.", en="We make the card at once.")
    assert WIDE.cosign is not None
    assert (WIDE.cosign.when, WIDE.cosign.name, WIDE.cosign.email) == ("partner", "partner_name", "partner_email")
    assert WIDE.about.apply_before is None
    assert WIDE.about.needed_when == ()


def test_questions_carry_all_that_is_said_of_them() -> None:
    assert WIDE.question("name").must == Words(nl="Zonder naam gaat het niet.", en="Without a name it cannot be done.")
    assert WIDE.question("birth").prefill is Prefill.PERSON_BIRTH_DATE
    assert WIDE.question("illness").sensitive is Sensitive.HEALTH
    assert WIDE.question("bsn").sensitive is Sensitive.BSN
    assert WIDE.question("spot").bounds is Bounds.MUNICIPALITY
    assert WIDE.question("paid").seen
    assert WIDE.question("plate").foreign
    assert WIDE.question("noise_plan").by_rule
    assert WIDE.question("stay_shown").shows == "length_of_stay"
    assert WIDE.question("welcome").text == Words(nl="Lees dit eerst.", en="Read this first.")
    assert [each.id for each in WIDE.questions if not each.asks] == ["welcome", "stay_shown"]


def test_a_file_question_has_bounds_of_its_own_where_nothing_is_said() -> None:
    plan, noise = WIDE.question("plan"), WIDE.question("noise_plan")
    assert (plan.types, plan.max_mb, plan.minimum, plan.maximum) == ((FileType.PDF, FileType.PNG), 5, 1, 2)
    assert (noise.types, noise.max_mb, noise.minimum, noise.maximum) == (tuple(FileType), 15, 1, 5)


def test_columns_have_conditions_and_a_table_may_hold_one_table_more() -> None:
    stalls = WIDE.question("stalls")
    assert [each.id for each in stalls.all_columns] == ["sells", "gas", "bottles", "litres"]
    assert stalls.columns[1].when == "sells == 'food'"
    assert stalls.columns[2].columns[0].valid == "litres < 100"


def test_rules_carry_what_their_effects_need() -> None:
    assert WIDE.rule("other").carry == {"event_name": "name", "days": "length_of_stay"}
    assert {rule.effect: rule.value for rule in WIDE.rules} == {
        Effect.OTHER_PRODUCT: "event",
        Effect.LIKELY_REFUSAL: None,
        Effect.ASK_ALSO: "noise_plan",
        Effect.ROUTE: "street",
        Effect.TASK: "look-at-gas",
        Effect.ADVICE: "fire",
        Effect.FEE: "day",
    }
    fee = WIDE.fees[0]
    assert (fee.cents, fee.per, fee.fixed_cents) == (171, "length_of_stay", 20000)


def test_the_process_says_who_does_what_and_what_silence_means() -> None:
    process = WIDE.process
    assert process.nature_of_outcome is OutcomeNature.ACCEPTANCE
    assert process.term_seen is False
    assert process.service_norm is not None
    assert process.silence is not None
    assert process.silence.effect is SilenceEffect.ALLOWED
    assert (process.team, process.four_eyes, process.publish, process.sample_percent) == ("events", True, False, 5)
    assert WIDE.adviser("fire").kind is AdviserKind.EXTERNAL
    assert WIDE.task("look-at-gas").after == ("check-completeness",)
    assert [check.id for check in WIDE.task("check-completeness").checklist] == ["plan"]
    assert process.permit.renew_before_days == 60
    assert [rung.name for rung in process.escalation] == ["decision:-3:handler", "decision:1:lead", "norm:-1:handler"]
    assert process.retention["broken_off"].keep
    assert process.retention["broken_off"].years is None


FIRST, LAST = date(2026, 1, 31), date(2026, 2, 1)
KNOWN = [
    (Kind.AMOUNT, "12.50", 12.5),
    (Kind.TIME, "09:30", "09:30"),
    (Kind.TIME, "24:00", None),
    (Kind.TIME, "9:30", None),
    (
        Kind.PERIOD,
        {"first": "2026-01-31", "last": "2026-02-01"},
        {"first": date(2026, 1, 31), "last": date(2026, 2, 1)},
    ),
    (Kind.PERIOD, {"first": "2026-01-31", "last": "2026-01-30"}, None),
    (Kind.PERIOD, {"first": "2026-01-31"}, None),
    (Kind.PERIOD, "2026-01-31", None),
    (Kind.LOCATION, {"words": "Bij de brug"}, {"words": "Bij de brug"}),
    (Kind.LOCATION, {"lat": "52.1561", "lon": "5.3878"}, {"lat": 52.1561, "lon": 5.3878}),
    (Kind.LOCATION, {"lat": "52.1561"}, None),
    (Kind.LOCATION, ["52.1561"], None),
    (Kind.IBAN, "NL91ABNA0417164300", "NL91ABNA0417164300"),
    (Kind.BSN, "999970100", "999970100"),
    (Kind.BRANCH, "000012345678", "000012345678"),
    (Kind.PLATE, "AB12CD", "AB12CD"),
    (Kind.FILE, [{"name": "plan.pdf"}], [{"name": "plan.pdf"}]),
    (Kind.FILE, ["plan.pdf"], None),
    (Kind.CALCULATED, "1", None),
    (Kind.TEXT_BLOCK, "1", None),
]


@pytest.mark.parametrize(("kind", "stored", "known"), KNOWN)
def test_a_stored_answer_is_known_as_its_kind_says(kind: Kind, stored: Any, known: Any) -> None:
    question = Question(id="q", kind=kind, label=Words(nl="Vraag", en="Question"))
    assert known_value(stored, question=question) == known


def test_one_period_answers_both_the_first_and_the_last_day() -> None:
    stay = {"stay": {"first": "2026-01-31", "last": "2026-02-01"}}
    assert period_of(WIDE.roles, answers=stay) == (FIRST, LAST)
    assert period_of(WIDE.roles, answers={}) == (None, None)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("kind: period", "kind: perod", "Did you mean 'period'?"),
        ("prefill: person.name", "prefill: person.nam", "Did you mean 'person.name'?"),
        ("prefill: person.birth_date", "prefill: person.bsn", "answers a question of the kind 'bsn'"),
        ("types: [pdf, png]", "types: [pdf, pgn]", "Did you mean 'png'?"),
        ("foreign: true", "foregn: true", "Did you mean 'foreign'?"),
        ("max_mb: 5", "max_mb: five", "is not a whole number"),
        ("kind: time", "kind: text\n        bounds: municipality", "The key 'bounds' is unknown here."),
        ("        basis: Awb 4:2\n", "        basis: Awb 4:2\n        optional: true\n", "cannot be optional"),
        ("moment: before_sending", "moment: later", "is not one of"),
        ("nature: report", "nature: repport", "Did you mean 'report'?"),
        ("    value: street\n", "", "needs a 'value': the team"),
        (
            "litres\n                kind: decimal",
            "litres\n                kind: table",
            "cannot be of the kind 'table'",
        ),
    ],
)
def test_what_is_wrong_in_the_wide_form_is_told(right: str, wrong: str, told: str) -> None:
    assert right in FORM
    assert any(told in fault for fault in faults_with(FORM.replace(right, wrong, 1)))


def test_a_version_of_before_opens_though_more_is_asked_of_products_now() -> None:
    before = {"form.yaml": FORM.replace("nature: report\ntheme: events\n", ""), "process.yaml": PROCESS}
    assert any("The key 'nature' is missing." in fault for fault in faults_with(before["form.yaml"]))
    product: Product = reopen_product(before, product_id="party")
    assert product.nature is Nature.PERMIT
    assert product.steps == WIDE.steps
    with pytest.raises(FaultyProductError):
        reopen_product({"form.yaml": FORM}, product_id="party")
