"""Faults planted in a product that uses the whole language: each is found where it stands, with the right name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import shared.catalogue
from shared.catalogue.faults import Fault
from shared.catalogue.reader import examine, read_catalogue
from tests.shared.catalogue.texts import FILES as TRIAL
from tests.shared.catalogue.wide import FILES, FORM, PROCESS

MUNICIPALITY = Path(shared.catalogue.__file__).parent / "municipality.yaml"

Planted = tuple[str, str, str, str, str | None]
"""What stands there, what is planted instead, where the fault is told, part of the sentence, the nearest right name."""

EXPRESSIONS: list[Planted] = [
    ("when: partner\n  name", "when: partnr\n  name", "partnr", "There is no question 'partnr'", "partner"),
    ("gas && how_many(plan)", "gass && how_many(plan)", "gass &&", "There is no question 'gass'", "gas"),
    ("how_many(plan) > 0", "how_many(plans) > 0", "plans) > 0", "There is no question 'plans'", "plan"),
    ("how_many(plan) > 0", "how_many(begins) > 0", "begins) > 0", "Here must be a list, and this is a text", None),
    ("how_many(plan) > 0", "how_much(plan) > 0", "how_much(plan)", "'how_much' does not exist", "how_many"),
    ("how_many(plan) > 0", "how_many(plan, gas) > 0", "how_many(plan, gas)", "takes one value", None),
    ("sells == 'food'", "sells == 'foods'", "'foods'", "no answer to 'sells' 'foods'", "food"),
    ("sells == 'food'", "sells in ['food', 'god']", "'god'", "no answer to 'sells' 'god'", "goods"),
    ("sells == 'food'", "sells == 3", "== 3", "compares a text with a number", None),
    ("litres < 100", "litres < 'much'", "< 'much'", "compares a number with a text", None),
    ("litres < 100", "litres + 100", "litres + 100", "come out as true or false", None),
    ("litres < 100", " && ".join(["gas"] * 400), "gas &&", "too many parts in one another", None),
    ("litres < 100", "litre < 100", "litre < 100", "There is no question 'litre'", "litres"),
    ("stay.last) + 1", "stay.lst) + 1", "lst) + 1", "no part or column 'lst'", "last"),
    ("days(stay.first, stay.last)", "(stay.last - stay.first)", "- stay.first", "Use days(first, last)", None),
    ("days(stay.first, stay.last)", "days(stay, stay.last)", "stay, stay", "must be a date, and this is several", None),
    ("days(stay.first, stay.last)", "days(stay.first)", "days(stay.first)", "takes two values", None),
    ("b.litres))", "b.liters))", "liters))", "column of 'bottles' 'liters'", "litres"),
    ("bottles.map(b, b.litres)", "bottles.map(gas, gas.litres)", "map(gas", "call the row something else", None),
    ("formula: sum(gas_litres)", "formula: sum(stalls)", "stalls)", "must be a list of numbers", None),
    ("formula: sum(gas_litres)", "formula: weeks(3)", "weeks(3)", "calculated value is a number", None),
    ("formula: sum(gas_litres)", "formula: gas_litres.x", "x\nrules", "A list has no parts", None),
    ("formula: sum(gas_litres)", "formula: sum(gas_litres) % 2", "% 2", "no remainder", None),
    ("formula: sum(gas_litres)", "formula: stalls[0]", "[0]", "cannot be picked by its number", None),
    ("formula: sum(gas_litres)", "formula: sum(gas_litres) +", "+\nrules", "not an expression", None),
    ("when: age(birth) < 18", "when: age(name) < 18", "name) < 18", "must be a date, and this is a text", None),
    ("when: age(birth) < 18", "when: welcome == 'x'", "welcome == 'x'", "only shows something", None),
    ("when: age(birth) < 18", "when: '!birth'", "birth'", "must be true or false, and this is a date", None),
    ("when: age(birth) < 18", "when: name.contains(3)", "3)", "must be a text, and this is a number", None),
    ("when: age(birth) < 18", "when: name.trim()", "trim()", "'trim' does not exist", None),
    ("when: age(birth) < 18", "when: partner < true", "< true", "says nothing of true or false", None),
    ("when: age(birth) < 18", "when: birth == null", "null", "There is no null", None),
]
REFERENCES: list[Planted] = [
    (
        "shows: length_of_stay",
        "shows: lenght_of_stay",
        "lenght_of_stay",
        "no calculated value 'lenght",
        "length_of_stay",
    ),
    ("name: partner_name", "name: partner_nme", "partner_nme", "no question 'partner_nme'", "partner_name"),
    (
        "email: partner_email",
        "email: partner_name",
        "partner_name\n  who",
        "needs a question of the kind 'email'",
        None,
    ),
    ("event_name: name", "event_name: nam", "nam, days", "question or calculated value 'nam'", "name"),
    ("value: noise_plan", "value: nois_plan", "nois_plan", "no question 'nois_plan'", "noise_plan"),
    ("        by_rule: true\n", "", "noise_plan\n    when", "needs 'by_rule: true'", None),
    ("value: look-at-gas", "value: look-at-gass", "look-at-gass", "no task 'look-at-gass'", "look-at-gas"),
    ("value: fire", "value: fires", "fires", "no adviser 'fires'", "fire"),
    ("per: length_of_stay", "per: length_of_sty", "class: day", "no calculated number", "length_of_stay"),
    ("bsn: bsn", "bsn: branch", "branch\n  branch", "needs a question of the kind bsn", None),
    ("place: spot", "place: plan", "plan\n  starts", "needs a question of the kind address", None),
    (
        "effect: ask_also\n    value: noise_plan",
        "effect: warn",
        "noise_plan\n        kind",
        "nobody ever sees it",
        None,
    ),
    ("        seen: true\n        foreign", "        foreign", "plate\n        kind", "is used by no rule", None),
    (
        "        must: {nl: Zonder naam gaat het niet., en: Without a name it cannot be done.}\n",
        "",
        "name\n        kind: text\n        errors: {missing: {nl: Vul dit in, en: Fill this in}}\n        prefill",
        "needs 'must'",
        None,
    ),
    ("shows: length_of_stay", "shows: gas_litres", "gas_litres", "no calculated value 'gas_litres'", "all_litres"),
]
SENSE: list[Planted] = [
    (
        "when: partner\n        label: {nl: Naam",
        "when: partner && !partner\n        label: {nl: Naam",
        "partner && !",
        "never be true because of 'partner', so nobody ever sees",
        None,
    ),
    (
        "when: sells == 'food'",
        "when: sells == 'food' && sells == 'goods'",
        "sells == 'food' &&",
        "nobody ever sees this column",
        None,
    ),
    ("when: gas && how_many(plan) > 0", "when: gas && sells == 'goods'", "gas && sells", "because of 'sells'", None),
    ("litres < 100", "litres > 5 && litres < 3", "litres > 5", "so every answer is wrong", None),
    ("when: begins < '07:00'", "when: begins != begins", "begins != begins", "so this rule never fires", None),
    (
        "when: length_of_stay > 3",
        "when: length_of_stay > 3 && length_of_stay <= 3",
        "length_of_stay > 3 &&",
        "never fires",
        None,
    ),
    (
        "when: partner\n  name",
        "when: partner == false && partner\n  name",
        "partner == false",
        "nobody is ever asked",
        None,
    ),
]
TEXTS: list[Planted] = [
    ("{nl: Lees dit eerst., en", "{nl: Dit wordt eerst gelezen., en", "wordt eerst", "says not who does it", None),
    ("{nl: Lees dit eerst., en", "{nl: U dient dit te lezen., en", "dient dit", "write 'moet'", None),
    (
        "{nl: Een feest in de straat., en",
        f"{{nl: {'Een feest ' * 8}in de straat., en",
        "Een feest Een",
        "19 words",
        None,
    ),
    (
        "{nl: Uw geboortedatum?, en",
        "{nl: Uw naam en wanneer bent u geboren?, en",
        "Uw naam en",
        "asks two questions",
        None,
    ),
    (
        "why: {nl: Daarom., en: Because.}\n        basis: APV 2:25\n      - id: spot",
        f"why: {{nl: {'Dat is zo. ' * 14}, en: Because.}}\n        basis: APV 2:25\n      - id: spot",
        "Dat is zo.",
        "42 words",
        None,
    ),
    (
        "        errors: {missing: {nl: Vul dit in, en: Fill this in}}\n        bounds",
        "        bounds",
        "spot\n        kind: location",
        "no text in errors for 'missing'",
        None,
    ),
]
HANDLING: list[Planted] = [
    (
        "after: [check-completeness]",
        "after: [check-completness]",
        "[check-completness]",
        "no task",
        "check-completeness",
    ),
    ("after: [check-completeness]", "after: [look-at-gas]", "[look-at-gas]", "in a circle", None),
    (
        "id: check-completeness\n",
        "id: check-completeness\n    afterwards: true\n",
        "[check-completeness]",
        "comes after the decision",
        None,
    ),
    (
        "{length_of_stay} dagen",
        "{length_of_sty} dagen",
        "een feest",
        "calculated value 'length_of_sty'",
        "length_of_stay",
    ),
    ("valid_until: stay,", "valid_until: begins,", "begins,", "no date or period 'begins'", None),
    ("when: partner", "when: all_litres", "all_litres", "come out as true or false", None),
    ("number: 11.2,", "number: 11.9,", "11.9", "has no result '11.9'", "11.1.9"),
    ("number: 11.2,", "number: 31.2,", "31.2", "process types 1 to 29", None),
    ("number: 11.2, years: 5", "number: 13.1, years: 1", "13.1, years: 1", "keeps result 13.1 5 years", None),
    ("number: 11.2, years: 5", "number: 11.2, years: 1", "11.2, years: 1", "keeps result 11.2 5 years", None),
    ("number: 6.1.9, keep: true", "number: 6.1.9, years: 5", "6.1.9", "for ever", None),
    (
        "11.1.1, years: 1, starts: closed",
        "11.1.1, years: 1, starts: fixed_date",
        "11.1.1",
        "the day the case is closed",
        None,
    ),
    ("sample_percent: 5", "sample_percent: 105", "105", "at most 100", None),
    ("before: 3, of: decision", "before: 300, of: decision", "300", "at most 260 working days", None),
    ("{before: 3, of: decision", "{of: decision", "{of: decision", "'before' or 'after'", None),
    (
        "{before: 3, of: decision",
        "{before: 3, after: 1, of: decision",
        "{before: 3, after",
        "'before' or 'after'",
        None,
    ),
    ("before: 1, of: norm", "before: 1, of: norms", "norms", "is not one of", "norm"),
    ("tell: lead}", "tell: leader}", "leader", "is not one of", "lead"),
    ("after: 1, of: decision, tell: lead", "before: 4, of: decision, tell: lead", "lead}", "A ladder goes up", None),
    (
        "{after: 1, of: decision, tell: lead",
        "{before: 3, of: decision, tell: handler",
        "{before: 3",
        "stands there twice",
        None,
    ),
    ("effect: allowed", "effect: allow", "allow,", "is not one of", "allowed"),
    ("kind: external", "kind: extern", "extern,", "is not one of", "external"),
    ("    by_rule: true\n", "    by_rule: yes\n", "yes", "must be true or false", None),
    ("because: Er is te veel gas.", "because: Er wordt te veel gas gebruikt.", "wordt te", "who does it", None),
]


TOWN: list[Planted] = [
    ("theme: events", "theme: event", "event\n", "There is no theme 'event'", "events"),
    ("value: street", "value: streets", "streets", "There is no team 'streets'", "street"),
    ("value: trial\n", "value: trail\n", "trail\n", "There is no product 'trail'", "trial"),
    ("value: trial\n", "value: party\n", "party\n", "cannot hand over to itself", None),
    (
        "carry: {name: name, weight",
        "carry: {nam: name, weight",
        "name, weight",
        "question in 'trial' 'nam'",
        "name",
    ),
    ("carry: {name: name, weight", "carry: {heavy: name, weight", "name, weight", "cannot answer 'heavy'", None),
    ("carry: {name: name, weight", "carry: {name: name, heavy", "length_of_stay}", "cannot answer 'heavy'", None),
]
TOWN_HANDLING: list[Planted] = [
    ("team: events", "team: event", "event\n", "There is no team 'event'", "events"),
    ("    team: street", "    team: stret", "stret", "There is no team 'stret'", "street"),
]
IN_FORM = [*EXPRESSIONS, *REFERENCES, *SENSE, *TEXTS]


def plant(text: str, planted: Planted) -> tuple[str, tuple[int, int]]:
    """Give the text with the fault in it, and the line and column where it must be told."""
    right, wrong, at, _, _ = planted
    assert right in text
    changed = text.replace(right, wrong, 1)
    start = text.index(right)
    found = changed.find(at, start) if changed.find(at, start) >= 0 else changed.index(at)
    return changed, (changed.count("\n", 0, found) + 1, found - changed.rfind("\n", 0, found))


def is_told(faults: list[Fault], *, where: tuple[int, int], planted: Planted) -> bool:
    _, _, _, sentence, nearest = planted
    return any(
        (fault.place.line, fault.place.column) == where and sentence in fault.sentence and fault.nearest == nearest
        for fault in faults
    )


def faults_in(file: str, text: str) -> list[Fault]:
    found = examine({**FILES, file: text}, product_id="party").faults
    return [fault for fault in found if fault.place.file == f"party/{file}"]


def test_at_least_sixty_faults_are_planted_here_and_none_is_there_before() -> None:
    assert len([*IN_FORM, *HANDLING, *TOWN, *TOWN_HANDLING]) >= 60
    assert examine(FILES, product_id="party").faults == ()


@pytest.mark.parametrize("planted", IN_FORM, ids=lambda planted: planted[1][:40])
def test_a_fault_in_the_form_is_told_at_its_line_and_column(planted: Planted) -> None:
    changed, where = plant(FORM, planted)
    faults = faults_in("form.yaml", changed)
    assert is_told(faults, where=where, planted=planted), (where, [str(fault) for fault in faults])


@pytest.mark.parametrize("planted", HANDLING, ids=lambda planted: planted[1][:40])
def test_a_fault_in_the_process_is_told_at_its_line_and_column(planted: Planted) -> None:
    changed, where = plant(PROCESS, planted)
    faults = faults_in("process.yaml", changed)
    assert is_told(faults, where=where, planted=planted), (where, [str(fault) for fault in faults])


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A catalogue with the trial product and the party, which hands over to it."""
    shutil.copy(MUNICIPALITY, tmp_path)
    for product, files in (("trial", TRIAL), ("party", {**FILES, "form.yaml": IN_TOWN})):
        (tmp_path / product).mkdir()
        for name, text in files.items():
            (tmp_path / product / name).write_text(text, encoding="utf-8")
    return tmp_path


IN_TOWN = FORM.replace(
    "value: event\n    carry: {event_name: name, days", "value: trial\n    carry: {name: name, weight"
)


def test_one_wrong_kind_is_told_once_and_not_of_all_that_uses_the_question() -> None:
    changed = FORM.replace("kind: bsn", "kind: bsnn").replace("kind: period", "kind: perod")
    faults = examine({**FILES, "form.yaml": changed}, product_id="party").faults
    assert [fault.nearest for fault in faults] == ["period", "bsn"]


def test_a_product_that_fits_in_its_town_is_offered(town: Path) -> None:
    catalogue = read_catalogue(town)
    assert (catalogue.faults, catalogue.left_out) == ((), ())
    assert set(catalogue.products) == {"trial", "party"}


@pytest.mark.parametrize("planted", [*TOWN, *TOWN_HANDLING], ids=lambda planted: planted[1][:40])
def test_a_name_that_the_town_does_not_have_is_told(town: Path, planted: Planted) -> None:
    file, text = ("process.yaml", PROCESS) if planted in TOWN_HANDLING else ("form.yaml", IN_TOWN)
    changed, where = plant(text, planted)
    (town / "party" / file).write_text(changed, encoding="utf-8")
    catalogue = read_catalogue(town)
    assert is_told(list(catalogue.faults), where=where, planted=planted), (where, catalogue.faults)
    assert catalogue.left_out == ("party",)


def test_handing_over_to_a_product_with_faults_of_its_own_is_no_fault(town: Path) -> None:
    (town / "trial" / "form.yaml").write_text("title: x", encoding="utf-8")
    catalogue = read_catalogue(town)
    assert list(catalogue.products) == ["party"]
    assert {fault.place.file for fault in catalogue.faults} == {"trial/form.yaml"}


def test_what_nobody_here_can_know_is_told_and_keeps_nothing_from_being_offered(town: Path) -> None:
    unknown = PROCESS.replace("number: 11.3, years: 1", "number: 19.3, years: 1")
    (town / "party" / "process.yaml").write_text(unknown, encoding="utf-8")
    catalogue = read_catalogue(town)
    assert "party" in catalogue.products
    assert [str(fault) for fault in catalogue.unknown] == [
        "party/process.yaml:37:23: Unknown: The result '19.3' of the Selectielijst is not known here; "
        "see for yourself how long it says."
    ]


@pytest.mark.parametrize("years", [1, 5])
def test_what_was_inadmissible_may_be_kept_shorter_under_the_same_number(town: Path, years: int) -> None:
    shorter = PROCESS.replace("broken_off: {number: 11.4, years: 1", f"broken_off: {{number: 13.1, years: {years}")
    (town / "party" / "process.yaml").write_text(shorter, encoding="utf-8")
    catalogue = read_catalogue(town)
    assert "party" in catalogue.products
    assert list(catalogue.faults) == []


@pytest.mark.parametrize(
    "condition",
    [
        "gas || !gas",
        "sells != 'food' || sells != 'goods'",
        "sells in ['food', name]",
        "how_many(plan) > 3 && how_many(plan) < 2 || gas",
        "gas ? sells == 'food' : sells == 'goods'",
        "!(sells == 'food' && gas)",
        "begins > '07:00' && begins < '08:00'",
    ],
)
def test_what_may_be_true_is_never_called_impossible(condition: str) -> None:
    changed = FORM.replace("when: gas && how_many(plan) > 0", f'when: "{condition}"')
    assert [fault for fault in faults_in("form.yaml", changed) if "never be true" in fault.sentence] == []
