"""What can be wrong with an answer, each with words that say what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from shared.catalogue.definitions import Kind, Question
from shared.events import Words


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing to put right: the name of the field, what to do, which parts of a date are wrong, and kind (`code`).

    `soft`: an answer that is missing and may be left out all the same; the municipality asks for it later (Awb 4:5).
    """

    name: str
    text: Words
    parts: tuple[str, ...] = ()
    soft: bool = False
    code: str = ""


class WrongAnswerError(Exception):
    """An answer does not fit its question; `partial` is the part of it that does, or None."""

    def __init__(self, *faults: Fault, partial: Any = None) -> None:
        super().__init__(", ".join(fault.name for fault in faults))
        self.faults = faults
        self.partial = partial


def fault(question: Question, *, code: str, default: Words | None = None, part: str = "") -> Fault:
    """The fault of this code in the question's own words, else in `default`, else in the standard words of its kind.

    `part` names the part of an address, a period or a location that is wrong.
    """
    text = (None if default and part else question.errors.get(code)) or default or _standard(question, code)
    return Fault(name=f"{question.id}.{part}" if part else question.id, text=text, code=code)


def in_row(found: Fault, *, table: Question, index: int) -> Fault:
    """The same fault, told of one row of a table; rows count from 0 in names and from 1 for people."""
    row = table.row or Words(nl="Regel", en="Row")
    text = Words(
        nl=f"{row.nl} {index + 1}: {_lower(found.text.nl)}", en=f"{row.en} {index + 1}: {_lower(found.text.en)}"
    )
    return replace(found, name=f"{table.id}.{index}.{found.name}", text=text)


def untold(missing: Iterable[Fault], *, besides: Iterable[Fault]) -> tuple[Fault, ...]:
    """What is missing, apart from the fields of which these faults tell something already."""
    told = [f"{one.name}." for one in besides]
    return tuple(one for one in missing if not any(name.startswith(f"{one.name}.") for name in told))


def by_hand(question: Question, *, away: bool) -> Fault:
    """Asks to type the street: the address book does not know this address, or is `away`."""
    if away:
        nl, en = (
            "Zoeken lukt nu niet. Vul de straat en de plaats zelf in",
            "Searching fails now. Fill in street and town",
        )
    else:
        nl = "Wij vinden dit adres niet. Controleer het, of vul de straat en de plaats zelf in"
        en = "We cannot find this address. Check it, or fill in the street and town yourself"
    return Fault(name=f"{question.id}.street", text=Words(nl=nl, en=en))


def elsewhere(question: Question) -> Fault:
    """Says that an address is there, but not in this municipality."""
    text = Words(
        nl="Dit adres ligt niet in onze gemeente. Controleer de postcode en het huisnummer",
        en="This address is not in our municipality. Check the postcode and the house number",
    )
    return Fault(name=f"{question.id}.postcode", text=text)


def nothing_else() -> Words:
    """The text for a member that the form does not know."""
    return Words(nl="Dit onderdeel kennen wij niet. Laat het weg.", en="We do not know this part. Leave it out.")


def _standard(question: Question, code: str) -> Words:
    nl, en = (_BOUNDS if code in ("too_low", "too_high") else _TEXTS)[_key(question, code)]
    low, high = _figure(question.minimum), _figure(question.maximum)
    return Words(
        nl=nl.format(label=question.label.nl, low=low.nl, high=high.nl),
        en=en.format(label=question.label.en, low=low.en, high=high.en),
    )


def _key(question: Question, code: str) -> tuple[str, str]:
    if code in ("missing", "malformed"):
        return code, question.kind.value if (code, question.kind.value) in _TEXTS else "text"
    if code in ("too_low", "too_high"):
        return code, _SIZE.get(question.kind, "number")
    return "valid", "any"


def _figure(bound: float | None) -> Words:
    """A bound as people write it: 1.250,5 in Dutch and 1,250.5 in English."""
    text = "" if bound is None else f"{bound:,.6f}".rstrip("0").rstrip(".")
    return Words(nl=text.translate(str.maketrans(",.", ".,")), en=text)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


_SIZE = {
    Kind.TEXT: "length",
    Kind.LONG_TEXT: "length",
    Kind.TABLE: "rows",
    Kind.CHOICES: "choices",
    Kind.AMOUNT: "amount",
    Kind.FILE: "files",
}

_TEXTS: dict[tuple[str, str], tuple[str, str]] = {
    ("missing", "text"): ("Vul iets in bij ‘{label}’", "Fill in ‘{label}’"),
    ("missing", "yes_no"): ("Maak een keuze bij ‘{label}’", "Choose an answer to ‘{label}’"),
    ("missing", "choice"): ("Maak een keuze bij ‘{label}’", "Choose an answer to ‘{label}’"),
    ("missing", "choices"): ("Kies minstens één antwoord bij ‘{label}’", "Choose at least one answer to ‘{label}’"),
    ("missing", "date"): ("Vul een datum in bij ‘{label}’", "Fill in a date at ‘{label}’"),
    ("missing", "integer"): ("Vul een getal in bij ‘{label}’", "Fill in a number at ‘{label}’"),
    ("missing", "decimal"): ("Vul een getal in bij ‘{label}’", "Fill in a number at ‘{label}’"),
    ("missing", "time"): ("Vul een tijd in bij ‘{label}’", "Fill in a time at ‘{label}’"),
    ("missing", "period"): (
        "Vul de eerste en de laatste dag in bij ‘{label}’",
        "Fill in the first and the last day at ‘{label}’",
    ),
    ("missing", "amount"): ("Vul een bedrag in bij ‘{label}’", "Fill in an amount at ‘{label}’"),
    ("missing", "address"): ("Vul een postcode en huisnummer in", "Fill in a postcode and house number"),
    ("missing", "location"): (
        "Beschrijf de plek bij ‘{label}’, of geef de coördinaten",
        "Describe the place at ‘{label}’, or give its coordinates",
    ),
    ("missing", "email"): ("Vul een e-mailadres in", "Fill in an e-mail address"),
    ("missing", "phone"): ("Vul een telefoonnummer in", "Fill in a phone number"),
    ("missing", "kvk"): ("Vul het KVK-nummer in", "Fill in the KVK number"),
    ("missing", "branch"): ("Vul het vestigingsnummer in", "Fill in the branch number"),
    ("missing", "iban"): ("Vul een rekeningnummer (IBAN) in", "Fill in an account number (IBAN)"),
    ("missing", "bsn"): ("Vul het burgerservicenummer (BSN) in", "Fill in the citizen service number (BSN)"),
    ("missing", "plate"): ("Vul een kenteken in", "Fill in a number plate"),
    ("missing", "file"): ("Voeg een bestand toe bij ‘{label}’", "Add a file at ‘{label}’"),
    ("missing", "table"): ("Vul minstens één regel in bij ‘{label}’", "Fill in at least one row at ‘{label}’"),
    ("missing", "declaration"): ("Zet een vinkje als dit klopt: ‘{label}’", "Tick the box if this is true: ‘{label}’"),
    ("malformed", "text"): ("Gebruik gewone letters, cijfers en leestekens", "Use ordinary letters and figures"),
    ("malformed", "long_text"): ("Gebruik gewone letters, cijfers en leestekens", "Use ordinary letters and figures"),
    ("malformed", "integer"): (
        "Vul een heel getal in bij ‘{label}’, bijvoorbeeld 2",
        "Fill in a whole number at ‘{label}’, for example 2",
    ),
    ("malformed", "decimal"): (
        "Vul een getal in bij ‘{label}’, bijvoorbeeld 2,5",
        "Fill in a number at ‘{label}’, for example 2.5",
    ),
    ("malformed", "yes_no"): ("Kies ja of nee bij ‘{label}’", "Choose yes or no at ‘{label}’"),
    ("malformed", "choice"): ("Kies een van de antwoorden bij ‘{label}’", "Choose one of the answers to ‘{label}’"),
    ("malformed", "choices"): ("Kies uit de antwoorden bij ‘{label}’", "Choose from the answers to ‘{label}’"),
    ("malformed", "date"): (
        "Deze datum bestaat niet. Controleer de dag, de maand en het jaar",
        "This date does not exist. Check the day, month and year",
    ),
    ("malformed", "time"): (
        "Vul bij ‘{label}’ een tijd in zoals 9.30 of 14.00",
        "Fill in a time like 9:30 or 14:00 at ‘{label}’",
    ),
    ("malformed", "period"): (
        "Vul de eerste en de laatste dag in bij ‘{label}’",
        "Fill in the first and the last day at ‘{label}’",
    ),
    ("malformed", "amount"): (
        "Vul bij ‘{label}’ een bedrag in, bijvoorbeeld 12,50",
        "Fill in an amount at ‘{label}’, for example 12.50",
    ),
    ("malformed", "location"): (
        "Beschrijf de plek bij ‘{label}’, of geef de coördinaten",
        "Describe the place at ‘{label}’, or give its coordinates",
    ),
    ("malformed", "address"): (
        "Vul postcode, huisnummer, straat en plaats in",
        "Fill in postcode, house number, street and town",
    ),
    ("malformed", "email"): (
        "Vul een e-mailadres in zoals naam@voorbeeld.nl",
        "Fill in an e-mail address like name@example.org",
    ),
    ("malformed", "phone"): (
        "Vul een telefoonnummer in zoals 06 12 34 56 78",
        "Fill in a phone number like 06 12 34 56 78 or +32 470 12 34 56",
    ),
    ("malformed", "kvk"): ("Vul het KVK-nummer in: dat heeft 8 cijfers", "Fill in the KVK number: it has 8 digits"),
    ("malformed", "branch"): (
        "Vul het vestigingsnummer in: dat heeft 12 cijfers",
        "Fill in the branch number: it has 12 digits",
    ),
    ("malformed", "iban"): (
        "Vul een rekeningnummer (IBAN) in zoals NL91 ABNA 0417 1643 00",
        "Fill in an account number (IBAN) like NL91 ABNA 0417 1643 00",
    ),
    ("malformed", "bsn"): (
        "Vul het burgerservicenummer (BSN) in: dat heeft 9 cijfers",
        "Fill in the citizen service number (BSN): it has 9 digits",
    ),
    ("malformed", "plate"): (
        "Vul een Nederlands kenteken in zoals AB-123-C",
        "Fill in a Dutch number plate like AB-123-C",
    ),
    ("malformed", "file"): (
        "Dit bestand kennen wij niet. Stuur het eerst, met dezelfde sleutel",
        "We do not know this file. Send it first, with the same key",
    ),
    ("malformed", "table"): ("Vul de regels in bij ‘{label}’", "Fill in the rows at ‘{label}’"),
    ("malformed", "declaration"): (
        "Zet een vinkje als dit klopt: ‘{label}’",
        "Tick the box if this is true: ‘{label}’",
    ),
    ("valid", "any"): ("Controleer uw antwoord bij ‘{label}’", "Check your answer to ‘{label}’"),
}
_BOUNDS: dict[tuple[str, str], tuple[str, str]] = {
    ("too_low", "number"): ("Vul bij ‘{label}’ minstens {low} in", "Fill in at least {low} at ‘{label}’"),
    ("too_high", "number"): ("Vul bij ‘{label}’ hooguit {high} in", "Fill in at most {high} at ‘{label}’"),
    ("too_low", "length"): (
        "Schrijf iets meer: minstens {low} tekens bij ‘{label}’",
        "Write a little more: at least {low} characters at ‘{label}’",
    ),
    ("too_high", "length"): (
        "Maak uw antwoord korter: hooguit {high} tekens bij ‘{label}’",
        "Shorten your answer: at most {high} characters at ‘{label}’",
    ),
    ("too_low", "amount"): ("Vul bij ‘{label}’ minstens € {low} in", "Fill in at least €{low} at ‘{label}’"),
    ("too_high", "amount"): ("Vul bij ‘{label}’ hooguit € {high} in", "Fill in at most €{high} at ‘{label}’"),
    ("too_low", "choices"): (
        "Kies minstens {low} antwoorden bij ‘{label}’",
        "Choose at least {low} answers to ‘{label}’",
    ),
    ("too_high", "choices"): (
        "Kies hooguit {high} antwoorden bij ‘{label}’",
        "Choose at most {high} answers to ‘{label}’",
    ),
    ("too_low", "rows"): ("Vul minstens {low} regels in bij ‘{label}’", "Fill in at least {low} rows at ‘{label}’"),
    ("too_high", "rows"): ("Vul hooguit {high} regels in bij ‘{label}’", "Fill in at most {high} rows at ‘{label}’"),
    ("too_low", "files"): ("Voeg minstens {low} bestanden toe bij ‘{label}’", "Add at least {low} files at ‘{label}’"),
    ("too_high", "files"): (
        "U kunt hooguit {high} bestanden toevoegen bij ‘{label}’",
        "You can add at most {high} files at ‘{label}’",
    ),
}
