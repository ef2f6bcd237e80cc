# ruff: noqa: E501 one change a line
"""The difference between two versions is told in words, weighed, and decides whether running drafts go along."""

from __future__ import annotations

from typing import Any

import pytest

from services.forms.domain.compare import Difference, Weight, carry_draft, compare
from shared.catalogue.definitions import Product
from tests.products import read_product
from tests.shared.catalogue.wide import FILES, FORM, PROCESS

OLD = read_product(FILES, product_id="party")
COSMETIC, ADDITIVE, BREAKING = Weight.COSMETIC, Weight.ADDITIVE, Weight.BREAKING
ANSWERS: dict[str, Any] = {
    "stay": {"first": "2026-12-14", "last": "2026-12-15"},
    "begins": "09:30",
    "spot": {"words": "Bij de brug"},
    "plan": [{"name": "plan.pdf", "type": "application/pdf", "bytes": 1000}],
    "stalls": [{"sells": "food", "gas": True, "bottles": [{"litres": "20"}]}, {"sells": "goods"}],
    "name": "Noor de Vries",
    "email": "noor@example.org",
    "birth": "2000-01-31",
    "partner": False,
    "paid": "12.50",
    "illness": "Geen",
}


def changed(right: str, wrong: str) -> Product:
    for name, text in FILES.items():
        if right in text:
            return read_product({**FILES, name: text.replace(right, wrong, 1)}, product_id="party")
    raise AssertionError(right)


def told(right: str, wrong: str) -> tuple[Difference, ...]:
    return compare(OLD, changed(right, wrong)).differences


NEW_QUESTION = """\
      - id: guests
        kind: integer
        optional: true
        seen: true
        label: {nl: Gasten, en: Guests}
        why: {nl: Zo., en: So.}
      - id: partner
"""
NEW_RULE = """\
  - id: late
    effect: EFFECT
    when: partner
    because: {nl: Dat is laat., en: That is late.}
    source: APV 2:25
    valid_from: 2026-01-01
  - id: too-young
"""
NEW_FEE = """\
    valid_until: 2026-12-31
    source: Legesverordening
    label: {nl: Per dag, en: Per day}
  - {class: day, cents: 200, valid_from: 2027-01-01, source: L, label: {nl: Per dag, en: Per day}}
roles:
"""
GOODS = "              - {value: goods, label: {nl: Spullen, en: Goods}}\n"
MORE = GOODS + "              - {value: drinks, label: {nl: Drinken, en: Drinks}}\n"

Case = tuple[str, str, Weight, str, str, str]
CHANGES: list[Case] = [
    ("{nl: Buurtfeest, en", "{nl: Straatfeest, en", COSMETIC, "title", "‘Straatfeest’", "The form is now called"),
    ("{nl: Een feest in de straat., en", "{nl: Een feest., en", COSMETIC, "about", "uitleg vooraf", "beforehand"),
    ("{nl: Lees dit eerst., en", "{nl: Lees dit goed., en", COSMETIC, "welcome", "De uitleg bij", "The help at"),
    ("{nl: Hoe laat?, en: At what", "{nl: Welke tijd?, en: At what", COSMETIC, "begins", "heet nu ‘Welke tijd?’", "called"),
    ("short: {nl: Wie, en: Who}", "short: {nl: U, en: You}", COSMETIC, "who", "De woorden van stap ‘Wie?’", "‘Who?’"),
    ("{nl: Eten, en: Food}", "{nl: Hapjes, en: Food}", COSMETIC, "stalls.sells", "heet een keuze nu ‘Hapjes’", "‘Food’"),
    ("{nl: U bent jong., en", "{nl: U bent te jong., en", COSMETIC, "too-young", "uitleg is anders: U bent te", "explained"),
    ("      - id: partner\n", NEW_QUESTION, ADDITIVE, "guests", "Nieuw: ‘Gasten’", "New: ‘Guests’"),
    (GOODS, MORE, ADDITIVE, "stalls.sells", "kunt u nu ook kiezen: ‘Drinken’", "also choose ‘Drinks’"),
    ("        maximum: 2\n", "        maximum: 3\n", ADDITIVE, "plan", "minstens 1 en hooguit 3", "at most 3"),
    ("types: [pdf, png]", "types: [pdf, png, jpg]", ADDITIVE, "plan", "controleren wij anders", "checked differently"),
    ("        bounds: municipality\n", "", ADDITIVE, "spot", "controleren wij anders", "checked differently"),
    ("prefill: person.name\n", "prefill: person.name\n        maximum: 90\n", BREAKING, "name", "hooguit 90", "at most 90"),
    ("        optional: true\n        label: {nl: Rekening", "        basis: APV 1:1\n        errors: {missing: {nl: Vul in, en: Fill in}}\n        label: {nl: Rekening", ADDITIVE, "account", "altijd nodig", "always need"),
    ("        prefill: person.birth_date\n", "        optional: true\n", ADDITIVE, "birth", "mag u nu overslaan", "may now skip"),
    ("        why: {nl: Zo., en: So.}\n        basis: Wabb 10", "        why: {nl: Zo., en: So.}\n        must: {nl: Nodig., en: Needed.}\n        basis: Wabb 10", ADDITIVE, "bsn", "kunt u niet meer versturen", "no longer send"),
    ("sign_in: {person: midden, company: eh2plus}\n", "", ADDITIVE, "sign_in", "makkelijker", "easier"),
    ("  - id: too-young\n", NEW_RULE.replace("EFFECT", "warn"), ADDITIVE, "late", "Nieuwe regel: Dat is laat.", "New rule"),
    ("  - id: too-young\n", NEW_RULE.replace("EFFECT", "not_needed"), ADDITIVE, "late", "Nieuwe regel", "New rule"),
    ("when: age(birth) < 18", "when: age(birth) < 16", ADDITIVE, "too-young", "werkt nu anders: U bent jong.", "differently"),
    ("    source: Legesverordening\n    label: {nl: Per dag, en: Per day}\nroles:\n", NEW_FEE, ADDITIVE, "day", "Vanaf 01-01-2027 kost ‘Per dag’ € 2,00.", "costs € 2.00"),
    ("amount: 4, unit: weeks", "amount: 6, unit: weeks", ADDITIVE, "term", "Dit is nu anders: onze termijn.", "our term"),
    ("text: Het is gevaarlijk.", "text: Dit is gevaarlijk.", ADDITIVE, "danger", "Anders in het besluit: Dit is", "Different in"),
    ("moment: before_sending\n  because: {nl: Wij maken de kaart meteen., en: We make the card at once.}", "moment: invoice", ADDITIVE, "payment", "ander moment", "another moment"),
    ("facts: [stay, length_of_stay]", "facts: [stay]", ADDITIVE, "roles", "andere antwoorden", "other answers"),
    ("person: midden", "person: substantieel", BREAKING, "sign_in", "zekerder manier", "surer way"),
    ("id: paid, kind: amount, label", "id: payed, kind: amount, label", BREAKING, "paid", "Wij vragen dit niet meer: ‘Bedrag’", "no longer ask"),
    ("kind: amount", "kind: integer", BREAKING, "paid", "vragen wij nu een heel getal", "a whole number"),
    ("value: goods, label", "value: stuff, label", BREAKING, "stalls.sells", "niet meer kiezen: ‘Spullen’", "no longer choose"),
    ("how_many(plan) > 0", "how_many(plan) > 1", BREAKING, "stalls.bottles", "in andere gevallen", "in other cases"),
    ("litres < 100", "litres < 50", BREAKING, "stalls.bottles.litres", "controleren wij anders", "checked differently"),
    ("types: [pdf, png]", "types: [pdf]", BREAKING, "plan", "controleren wij anders", "checked differently"),
    ("        maximum: 2\n", "        maximum: 1\n", BREAKING, "plan", "minstens 1 en hooguit 1", "at most 1"),
    ("kind: decimal\n", "kind: decimal\n                unit: l\n", BREAKING, "stalls.bottles.litres", "gaat nu in l", "is now in l"),
    ("stay.last) + 1", "stay.last) + 2", BREAKING, "length_of_stay", "Wij rekenen ‘Aantal dagen’ anders uit", "differently"),
    ("when: length_of_stay > 3", "when: length_of_stay > 5", BREAKING, "other", "werkt nu anders: Dit duurt lang.", "differently"),
    ("cents: 171", "cents: 180", BREAKING, "day", "kost nu € 1,80 per length_of_stay en € 200,00 vast (eerst € 1,71", "(was € 1.71"),
    ("  starts: stay\n", "", BREAKING, "roles", "andere antwoorden", "other answers"),
]  # fmt: skip


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: f"{case[3]} {case[4]}")
def test_each_change_is_told_in_words_with_its_weight(case: Case) -> None:
    right, wrong, weight, subject, dutch, english = case
    differences = told(right, wrong)
    assert [
        each
        for each in differences
        if (each.subject, each.weight) == (subject, weight) and dutch in each.text.nl and english in each.text.en
    ], differences
    assert compare(OLD, changed(right, wrong)).weight is weight


@pytest.mark.parametrize("case", [case for case in CHANGES if case[2] is not BREAKING], ids=lambda case: case[3])
def test_what_is_not_breaking_takes_every_answer_along(case: Case) -> None:
    new = changed(case[0], case[1])
    assert compare(OLD, new).carries_drafts
    carried = carry_draft(ANSWERS, old=OLD, new=new)
    assert (carried.answers, carried.lost) == (ANSWERS, ())


def test_the_same_texts_have_no_difference() -> None:
    comparison = compare(OLD, read_product(FILES, product_id="party"))
    assert (comparison.differences, comparison.weight, comparison.carries_drafts) == ((), None, True)


def test_what_is_only_written_otherwise_is_no_difference() -> None:
    assert compare(OLD, changed("prefill: person.name\n", "prefill: person.name  # van DigiD\n")).weight is None


@pytest.mark.parametrize(
    ("right", "wrong", "lost"),
    [
        ("id: paid, kind: amount, label", "id: payed, kind: amount, label", ("paid",)),
        ("kind: amount", "kind: iban", ("paid",)),
        ("value: goods, label", "value: stuff, label", ("stalls.1.sells",)),
        ("kind: decimal\n", "kind: date\n", ("stalls.0.bottles.0.litres",)),
        ("        kind: long_text\n", "        kind: email\n", ("illness",)),
    ],
)
def test_a_draft_knows_which_answers_it_would_lose(right: str, wrong: str, lost: tuple[str, ...]) -> None:
    new = changed(right, wrong.replace("litres < 100", "true")) if "date" not in wrong else _dated()
    assert not compare(OLD, new).carries_drafts
    carried = carry_draft(ANSWERS, old=OLD, new=new)
    assert carried.lost == lost
    assert carried.answers.keys() == ANSWERS.keys() - set(lost)


def _dated() -> Product:
    form = FORM.replace("kind: decimal\n", "kind: date\n").replace("litres < 100", "litres < today")
    form = form.replace("sum(bottles.map(b, b.litres))", "how_many(bottles)")
    return read_product({"form.yaml": form, "process.yaml": PROCESS}, product_id="party")


def test_a_resident_is_told_of_the_form_and_the_costs() -> None:
    files = {
        "form.yaml": FORM.replace("cents: 171", "cents: 180").replace("{nl: Hoe laat?", "{nl: Welke tijd?"),
        "process.yaml": PROCESS.replace("repair_days: 14", "repair_days: 21"),
    }
    comparison = compare(OLD, read_product(files, product_id="party"))
    assert [each.subject for each in comparison.of("form", "costs")] == ["begins", "day"]
    assert [each.subject for each in comparison.of("handling")] == ["repair_days"]
