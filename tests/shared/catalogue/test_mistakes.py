"""Mistakes of who writes a product by hand: each is told once, where it stands, with what is right instead."""

from __future__ import annotations

import pytest

from shared.catalogue.examples import run_texts
from shared.catalogue.reader import examine
from tests.products import read_product
from tests.shared.catalogue.test_planted import Planted, faults_in, is_told, plant
from tests.shared.catalogue.wide import FILES, FORM, PROCESS

_COLUMN = "What belongs together begins in the same column"
IN_FORM: list[Planted] = [
    ("        kind: location", "          kind: location", ": location", _COLUMN, None),
    ("        kind: location", "\tkind: location", "\tkind", "Indent with spaces, not with tabs", None),
    ("        kind: location", "      kind: location", "kind: location", _COLUMN, None),
    ("when: begins < '07:00'", "when: begins = '07:00'", "= '07:00'", "compare with ==, not with =", None),
    ("when: begins < '07:00'", "when: begins < ‘07:00’", "‘07:00", "quotes are straight here", None),
    ("when: begins < '07:00'", "when: begins < '07:00", "'07:00", "a quote is not closed", None),
    ("when: begins < '07:00'", "when: begins\u00a0< '07:00'", "s\u00a0<", "a sign that nobody sees", None),
    (
        "when: age(birth) < 18",
        "when: age(birth < 18",
        "8\n    because: {nl: U bent jong",
        "a bracket is not closed",
        None,
    ),
    ("when: age(birth) < 18", "when: age(birth) < 18,5", ",5", "a number has a point, as in 3.5", None),
    ("when: age(birth) < 18", "when: niet partner", "niet partner", "write && for and, || for or, ! for not", None),
    ("all_litres > 50 || weekday", "all_litres > 50 OR weekday", "OR weekday", "|| for or", None),
    ("when: age(birth) < 18", "when: !partner", "!partner", "begins with ! goes between quotes", None),
    ("when: age(birth) < 18", "when: age(stay) < 18", "stay) < 18", "this is several parts: first, last", None),
    ("when: age(birth) < 18", "when: birth < '2008-01-01'", "< '2008", "compares a date with a text", None),
    ("when: age(birth) < 18", "when: birth < today + 30", "+ 30", "puts a date and a number together", None),
    ("when: age(birth) < 18", "when: litres > 3", "litres > 3", "There is no question 'litres'", "gas_litres"),
    ("{nl: Eten, en: Food}", "Eten", "Eten}", "a text in Dutch (nl) and in English (en)", None),
    ("{nl: Eten, en: Food}", "{nl: Eten}", "{nl: Eten}", "The English text (en) is missing", None),
    ("value: goods,", "value: food,", "food, label: {nl: Spullen", "stands here twice, first on line", None),
    ("- id: birth\n", "- id: email\n", "email\n        kind: date", "stands here twice, first on line", None),
    (
        "valid_from: 2026-01-01\n  - id: too-young",
        "valid_from: 1-1-2026\n  - id: too-young",
        "1-1-2026",
        "2026-01-31",
        None,
    ),
    ("maximum: 2\n", "maximum: 2.5\n", "2.5", "is not a whole number", None),
    ("maximum: 2\n", "maximum: 200\n", "200\n", "takes 1 to 20 files", None),
    ("max_mb: 5", "max_mb: 0", "0\n        maximum", "has 1 to 100 MB", None),
    ("facts: [stay, length", "facts: [illness, length", "[illness", "'illness' is sensitive, so no letter", None),
    ("title: {nl: Buurtfeest", "title: {nl: Buurt\x07feest", "\x07", "characters YAML refuses", None),
    ("{nl: Eten, en: Food}", "{nl: Eten #3, en: Food}", "#3", "between quotes, or begin a comment with '# '", None),
    ("formula: sum(gas_litres)", "formula: sum(gas_litres) / 0", "0\nrules", "divides by 0", None),
    ("formula: sum(gas_litres)", "formula: sum(gas_litres) / 0.0", "0.0\nrules", "divides by 0", None),
    ("when: all_litres > 50", "when: all_litres % 0 > 50", "% 0", "no remainder", None),
]
IN_PROCESS: list[Planted] = [
    ("{amount: 4, unit", "{amount: vier, unit", "vier", "'vier' is not a whole number", None),
    ("term: {amount", "termijn: {amount", "nature_of_outcome", "The key 'term' is missing", None),
    (
        "{length_of_stay} dagen",
        "{length-of-stay} dagen",
        "een feest",
        "no question or calculated value",
        "length_of_stay",
    ),
    ("{length_of_stay} dagen", "{illness} dagen", "een feest", "'illness' is sensitive, so no letter", None),
    ("valid_until: stay, ", "valid_until: stay, at_most_years: 5, ", "5, renew", "Either the decision says", None),
    ("valid_until: stay, ", "number: {nl: Nr, en: No}, ", "{nl: Nr", "only where it says the last day", None),
    ("valid_until: stay, ", "at_least_months: 6, ", "6, renew", "only where the decision says it", None),
    ("valid_until: stay, ", "number_in: partner, ", "partner, renew", "no short text 'partner'", "partner_name"),
    ("valid_until: stay, ", "renewal: {partner: ja}, ", "ja}", "no question of the kind 'choice' 'partner'", None),
]
EXAMPLE = """\
about: Een voorbeeld.
on: 2026-05-04
answers:
  begins: '06:00'
  stalls: [{sells: food, gas: false}]
expect:
  outcome: permit
"""


def in_process(planted: Planted) -> bool:
    return planted in IN_PROCESS


@pytest.mark.parametrize("planted", [*IN_FORM, *IN_PROCESS], ids=lambda planted: planted[1][:40])
def test_a_mistake_is_told_at_its_line_and_column_with_what_is_right(planted: Planted) -> None:
    file, text = ("process.yaml", PROCESS) if in_process(planted) else ("form.yaml", FORM)
    changed, where = plant(text, planted)
    faults = faults_in(file, changed)
    assert is_told(faults, where=where, planted=planted), (where, [str(fault) for fault in faults])


def test_half_a_sign_is_told_and_takes_nothing_down() -> None:
    (fault,) = examine({**FILES, "form.yaml": FORM.replace("Buurtfeest", "\ud83d")}, product_id="party").faults
    assert str(fault) == "party/form.yaml:1:13: This text has characters YAML refuses."


def told_of(line: str) -> list[str]:
    """What is told when the last line of the summary of a product reads so."""
    product = "title: {nl: Buurtfeest, en: Street party}\n"
    assert product in FORM
    found = examine(
        {**FILES, "form.yaml": FORM.replace(product, f"title:\n  {line}\n  en: Street party\n")}, product_id="party"
    )
    return [str(fault).partition("form.yaml:")[2] for fault in found.faults]


def test_a_text_that_a_sign_cuts_off_is_told_once_and_a_comment_is_not() -> None:
    cut = "From ' #' on this is left out: put the whole text between quotes, or begin a comment with '# '."
    assert told_of("nl: Één feest #3 in de straat") == [f"2:17: {cut}"]
    assert told_of("nl: Feest \t #drie") == [f"2:15: {cut}"]
    assert told_of("nl: Feest #3\n    in de straat") == [f"2:13: {cut}"]
    assert told_of("nl: 'Feest #3'") == told_of("nl: Feest#3") == []
    assert told_of("nl: Feest # as the bylaw calls it") == told_of("# {nl: Feest #3}\n  nl: Feest") == []
    assert told_of("nl: |\n    Feest #3") == told_of("nl: 'Feest' #3") == []


def test_a_letter_names_only_what_is_asked_and_says_nothing_sensitive() -> None:
    letter = "Beste {name},\nu vroeg {uw vraag}.\nWij lazen {illness}."
    faults = examine({**FILES, "letters/brief.md": letter}, product_id="party").faults
    assert [str(fault) for fault in faults] == [
        "party/letters/brief.md:2:10: There is no question or calculated value 'uw vraag'.",
        "party/letters/brief.md:3:12: 'illness' is sensitive, so no letter may say it.",
    ]


def test_an_example_that_cannot_be_read_tells_that_and_not_what_would_follow() -> None:
    product = read_product(FILES, product_id="party")

    def told(right: str, wrong: str) -> list[str]:
        found = run_texts({"een.yaml": EXAMPLE.replace(right, wrong)}, product=product).faults
        return [str(fault).partition("cases/een.yaml:")[2] for fault in found if fault.place.file.endswith(".yaml")]

    assert told("", "") == []
    assert told("outcome: permit", "outcome: at_once") == ["7:12: The outcome came out as permit."]
    assert told("  begins:", "  begin:") == ["4:10: There is no question 'begin'. Did you mean 'begins'?"]
    assert told("on: 2026-05-04", "on: 31-02-2026") == ["2:5: '31-02-2026' is not a date such as 2026-01-31."]
