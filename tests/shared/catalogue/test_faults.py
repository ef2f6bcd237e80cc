"""Every planted fault is found, at its own line, with a sentence and the nearest right name."""

from __future__ import annotations

import pytest

from shared.catalogue.faults import Fault, FaultyProductError
from tests.products import read_product
from tests.shared.catalogue import wide
from tests.shared.catalogue.texts import FILES, FORM, PROCESS


def faults_of(files: dict[str, str]) -> tuple[Fault, ...]:
    with pytest.raises(FaultyProductError) as caught:
        read_product(files, product_id="trial")
    return caught.value.faults


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_product_without_planted_faults_has_none() -> None:
    assert read_product(FILES, product_id="trial").title.nl == "Proef"


# what stands there, what is planted instead, where the fault is told, part of the sentence, the nearest right name
PLANTED_IN_FORM = [
    ("synonyms: [proef]", "synonims: [proef]", "synonims", "'synonims' is unknown here", "synonyms"),
    ("    short: {nl: Wie, en: Who}", "    shrt: {nl: Wie, en: Who}", "shrt", "'shrt' is unknown", "short"),
    ("kind: integer", "kind: interger", "interger", "not one of", "integer"),
    (
        "kind: email",
        "kind: email\n        kind: text",
        "kind: text\n        errors: {missing: {nl: Vul dit in, en: Fill this in}}\n        label: {nl: Uw e-",
        "stands here twice",
        None,
    ),
    ("effect: warn", "effect: warning", "warning", "not one of", "warn"),
    ("{nl: Hoe zwaar?, en: How heavy?}", "{nl: Hoe zwaar?}", "{nl: Hoe zwaar?}", "English text (en) is missing", None),
    ("{nl: Hoe zwaar?, en: How heavy?}", "{en: How heavy?}", "{en: How heavy?}", "Dutch text (nl) is missing", None),
    ("{nl: Hoe zwaar?, en: How heavy?}", "Hoe zwaar?", "Hoe zwaar?", "in Dutch (nl) and in English", None),
    ("        optional: true\n", "", "- id: weight", "needs a basis in law", None),
    ("id: weight", "id: heavy", "id: heavy\n        kind: integer", "question 'heavy' stands here twice", None),
    ("id: last", "id: first", "id: first\n    title: {nl: Wie?", "step 'first' stands here twice", None),
    ("value: blue", "value: red", "{value: red, label: {nl: Blauw", "choice 'red' stands here twice", None),
    ("when: heavy", "when: heavi", "when: heavi", "no question 'heavi'", "heavy"),
    ("when: heavy", "when: heavy &&", "when: heavy &&", "not an expression", None),
    ("when: heavy", "when: has(heavy.x)", "when: has", "'has' does not exist", None),
    ("formula: sum(doubled)", "formula: som(doubled)", "formula: som", "'som' does not exist", "sum"),
    ("formula: length * 2", "formula: lenght * 2", "formula: lenght", "no question 'lenght'", "length"),
    ("table: things", "table: thing", "formula: length", "no table 'thing'", "things"),
    (
        "when: heavy",
        "when: things.exists(r, r.color == 'red')",
        "when: things",
        "column of 'things' 'color'",
        "colour",
    ),
    (
        "when: heavy",
        "when: things.exists(r, r.colour == 'reed')",
        "when: things",
        "answer to 'colour' 'reed'",
        "red",
    ),
    ("when: heavy", "when: weight > 1", "when: weight > 1\n        label", "in a circle", None),
    ("when: heavy", "when: name == 'Noor'", "when: name", "'name' is asked only after 'weight'", None),
    ("when: heavy", "when: heavy > 3", "when: heavy", "compares true or false with a number", None),
    ("when: heavy", "when: sum(things.map(r, r.length))", "when: sum", "true or false", None),
    ("when: weight > 100", "when: weight > 'much'", "when: weight", "compares a number with a text", None),
    ("when: weight > 100", "when: heavy || weight > 'much'", "when: heavy ||", "compares a number with a text", None),
    ("id: total", "id: weight", "id: weight\n    formula", "name of a question as well", None),
    ("- id: length", "- id: heavy", "- id: heavy\n            kind: decimal", "has the name of a question", None),
    ("id: heavy\n        kind", "id: today\n        kind", "id: today", "has a meaning of its own", None),
    ("id: heavy\n        kind", "id: very-heavy\n        kind", "id: very-heavy", "is not a name", None),
    ("value: plain", "value: plane", "value: plane", "fee class 'plane' does not exist", "plain"),
    ("    value: plain\n", "", "- id: price", "needs a 'value'", None),
    ("    source: APV 1:1\n", "", "- id: too-heavy", "'source' is missing", None),
    (
        "    valid_from: 2026-01-01\n  - id: price",
        "    valid_from: 2026-02-30\n  - id: price",
        "2026-02-30",
        "is not a date",
        None,
    ),
    (
        "    valid_from: 2026-01-01\n  - id: price",
        "    valid_from: 2026-01-01\n    valid_until: 2025-12-31\n  - id: price",
        "2025-12-31",
        "ends before it begins",
        None,
    ),
    (
        "cents: 1000\n    valid_from: 2026-01-01",
        "cents: 1000\n    valid_from: 2026-03-01",
        "value: plain",
        "no fee",
        None,
    ),
    (
        "cents: 1000\n    valid_from: 2026-01-01",
        "cents: 1000\n    valid_from: 2026-01-01\n    valid_until: 2026-12-31",
        "value: plain",
        "After 2026-12-31 there is no fee",
        None,
    ),
    ("cents: 1000", "cents: 10.50", "cents: 10.50", "not a whole number", None),
    ("  email: email", "  email: emial", "email: emial", "no question 'emial'", "email"),
    ("  email: email", "  email: name", "  email: name", "needs a question of the kind email", None),
    ("facts: [things, total]", "facts: [things, totl]", "facts: [", "'totl'", "total"),
    ("minutes: 2", "minutes: soon", "minutes: soon", "not a whole number", None),
    ("title: {nl: Proef, en: Trial}", "title: {nl: Proef, en: Trial", "nature", "This is not YAML", None),
    ("        row: {nl: Ding, en: Thing}\n", "", "- id: things", "A table needs 'row'", None),
    ("needed_when:\n    - {nl: Altijd., en: Always.}", "needed_when: yes", "needed_when", "must be a list", None),
]


@pytest.mark.parametrize(("right", "wrong", "at", "sentence", "nearest"), PLANTED_IN_FORM)
def test_a_fault_in_the_form_is_told_at_its_line(
    right: str, wrong: str, at: str, sentence: str, nearest: str | None
) -> None:
    assert right in FORM
    planted = FORM.replace(right, wrong, 1)
    faults = faults_of({**FILES, "form.yaml": planted})
    told = [(fault.place.file, fault.place.line, fault.nearest) for fault in faults if sentence in fault.sentence]
    assert ("trial/form.yaml", line_of(planted, at), nearest) in told, [str(fault) for fault in faults]


PLANTED_IN_PROCESS = [
    ("unit: weeks", "unit: weks", "unit: weks", "not one of", "weeks"),
    ("set_by: ordinance", "set_by: wet", "set_by", "not one of", None),
    ("amount: 8", "amount: 0", "amount", "lasts one or more", None),
    ("authority: het college", "authority: college", "college", "write 'het' or 'de' before it", None),
    ("legal_basis: [APV 1:1]", "legal_basis: []", "term", "'legal_basis' is empty", None),
    ("when: true", "when: heavyy", "when: heavyy", "no question 'heavyy'", "heavy"),
    ("{id: bad,", "{id: fine,", "{id: fine, text: Het is slecht.", "block 'fine' stands here twice", None),
    ("source: APV 1:8", "bron: APV 1:8", "{id: bad", "'source' is missing", None),
    ("  refused: {number: 11.2, years: 5, starts: closed}\n", "", "  granted", "'refused' is missing", None),
    ("starts: fixed_date", "starts: fixed", "fixed}", "not one of", "fixed_date"),
    ("repair_days: 14\n", "", "term", "'repair_days' is missing", None),
]


@pytest.mark.parametrize(("right", "wrong", "at", "sentence", "nearest"), PLANTED_IN_PROCESS)
def test_a_fault_in_the_process_is_told_at_its_line(
    right: str, wrong: str, at: str, sentence: str, nearest: str | None
) -> None:
    assert right in PROCESS
    planted = PROCESS.replace(right, wrong, 1)
    faults = faults_of({**FILES, "process.yaml": planted})
    told = [(fault.place.file, fault.place.line, fault.nearest) for fault in faults if sentence in fault.sentence]
    assert ("trial/process.yaml", line_of(planted, at), nearest) in told, [str(fault) for fault in faults]


def test_two_fees_on_one_day_and_a_gap_between_fees_are_told() -> None:
    later = "  - {class: plain, cents: 2, valid_from: 2027-02-01, source: x, label: {nl: a, en: b}}\nroles:"
    overlapping = FORM.replace("roles:", later, 1)
    assert any("Two fees of class 'plain' count on 2027-02-01" in str(each) for each in _form_faults(overlapping))
    gap = overlapping.replace("cents: 1000\n", "cents: 1000\n    valid_until: 2026-12-31\n")
    told = [fault for fault in _form_faults(gap) if "After 2026-12-31 there is no fee" in fault.sentence]
    assert [fault.place.line for fault in told] == [line_of(gap, "cents: 2,")]


def test_a_missing_file_and_a_stray_file_are_told() -> None:
    told = {str(fault) for fault in faults_of({"forms.yaml": FORM, "process.yaml": PROCESS})}
    assert told == {
        "trial/form.yaml:1:1: The file 'form.yaml' is missing.",
        "trial/forms.yaml:1:1: The file 'forms.yaml' has no place here. Did you mean 'form.yaml'?",
    }


def test_many_faults_are_told_at_once_in_the_order_of_the_text() -> None:
    planted = FORM.replace("kind: integer", "kind: int").replace("effect: warn", "effect: wan").replace("cents", "cent")
    lines = [fault.place.line for fault in _form_faults(planted)]
    assert len(lines) >= 4
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    "text", ["", "- a\n", "just words", "\x00", "a: &a [*a]", "{{{{", "? [a]\n: b", "!!python/name:os"]
)
def test_a_text_that_is_no_form_at_all_gets_faults_and_no_crash(text: str) -> None:
    assert faults_of({**FILES, "form.yaml": text})


def _form_faults(form: str) -> tuple[Fault, ...]:
    return faults_of({**FILES, "form.yaml": form})


def test_who_signs_in_need_not_confirm_an_address() -> None:
    both = "sign_in: {person: midden, confirm_email: {nl: Zo weten wij het., en: This way we know.}}\nsteps:"
    form = FORM.replace("steps:", both, 1)
    (found,) = faults_of({**FILES, "form.yaml": form})
    assert "confirms no e-mail address" in found.sentence
    assert found.place.line == line_of(form, "sign_in:")
    alone = FORM.replace("steps:", both.replace("person: midden, ", ""), 1)
    assert read_product({**FILES, "form.yaml": alone}, product_id="trial").sign_in.confirm_email


def test_a_second_signatory_signs_in_only_where_the_applicant_does_and_confirms_no_address() -> None:
    asks = wide.FORM.replace("cosign:", "cosign:\n  sign_in: {person: midden}", 1)
    assert read_product({**wide.FILES, "form.yaml": asks}, product_id="trial").cosign
    (found,) = faults_of({**wide.FILES, "form.yaml": asks.replace("sign_in: {person: midden, company: eh2plus}\n", "")})
    assert "only where the applicant does" in found.sentence
    confirms = "cosign:\n  sign_in: {confirm_email: {nl: Zo weten wij het., en: This way we know.}}"
    (found,) = faults_of({**wide.FILES, "form.yaml": wide.FORM.replace("cosign:", confirms, 1)})
    assert "leave 'confirm_email' out" in found.sentence
