"""What changed in the questions of a form, its steps, and who fills it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.forms.domain.compare.model import Difference, Differences, Weight, quoted, say
from shared.catalogue.definitions import CompanyLevel, Kind, PersonLevel, Product, Question, SignIn
from shared.events import Words

COSMETIC, ADDITIVE, BREAKING = Weight.COSMETIC, Weight.ADDITIVE, Weight.BREAKING
_KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.TEXT: ("een korte tekst", "a short text"),
    Kind.LONG_TEXT: ("een langere tekst", "a longer text"),
    Kind.INTEGER: ("een heel getal", "a whole number"),
    Kind.DECIMAL: ("een getal", "a number"),
    Kind.AMOUNT: ("een bedrag", "an amount"),
    Kind.YES_NO: ("ja of nee", "yes or no"),
    Kind.CHOICE: ("één keuze", "one choice"),
    Kind.CHOICES: ("een of meer keuzes", "one or more choices"),
    Kind.DATE: ("een datum", "a date"),
    Kind.TIME: ("een tijd", "a time"),
    Kind.PERIOD: ("een periode", "a period"),
    Kind.ADDRESS: ("een adres", "an address"),
    Kind.LOCATION: ("een plek", "a place"),
    Kind.EMAIL: ("een e-mailadres", "an e-mail address"),
    Kind.PHONE: ("een telefoonnummer", "a phone number"),
    Kind.KVK: ("een KvK-nummer", "a Chamber of Commerce number"),
    Kind.BRANCH: ("een vestigingsnummer", "a branch number"),
    Kind.IBAN: ("een rekeningnummer", "an account number"),
    Kind.BSN: ("een burgerservicenummer", "a citizen service number"),
    Kind.PLATE: ("een kenteken", "a number plate"),
    Kind.FILE: ("bestanden", "files"),
    Kind.TABLE: ("een lijst", "a list"),
    Kind.DECLARATION: ("een verklaring", "a declaration"),
    Kind.CALCULATED: ("niets: er staat een uitkomst", "nothing: it shows a result"),
    Kind.TEXT_BLOCK: ("niets: er staat een tekst", "nothing: it shows a text"),
}
_HELP = ("hint", "why", "basis", "errors", "row", "text", "autocomplete", "prefill", "seen", "shows", "sensitive")
_HELP_CHANGED = ("De uitleg bij {} is anders.", "The help at {} is different.")


def same_kind(old: Kind, new: Kind, /) -> bool:
    """Whether an answer of the old kind is one of the new kind."""
    return old is new or (old is Kind.TEXT and new is Kind.LONG_TEXT)


def compare_form(old: Product, new: Product, /) -> Differences:
    """Compare title, sign-in, steps and questions."""
    if old.title != new.title:
        yield _told("title", COSMETIC, "Het formulier heet nu {}.", "The form is now called {}.", quoted(new.title))
    if (old.about, old.synonyms, old.theme, old.nature) != (new.about, new.synonyms, new.theme, new.nature):
        yield _told("about", COSMETIC, "De uitleg vooraf is anders.", "The explanation beforehand is different.")
    yield from _sign_in(old.sign_in, new.sign_in)
    yield from _cosign(old, new)
    yield from _steps(old, new)
    yield from _asked(old.questions, new.questions, within="")


def _sign_in(old: SignIn, new: SignIn) -> Differences:
    people, companies = tuple(PersonLevel), tuple(CompanyLevel)
    before = people.index(old.person), companies.index(old.company)
    after = people.index(new.person), companies.index(new.company)
    if after[0] > before[0] or after[1] > before[1]:
        yield _told("sign_in", BREAKING, "U moet op een zekerder manier inloggen.", "You must sign in in a surer way.")
    elif new.confirm_email and not old.confirm_email:
        nl, en = "U bevestigt uw e-mailadres voor u verstuurt.", "You confirm your e-mail address before you send."
        yield _told("sign_in", ADDITIVE, nl, en)
    elif (before, old.confirm_email is None) != (after, new.confirm_email is None):
        yield _told("sign_in", ADDITIVE, "Inloggen is makkelijker dan eerst.", "Signing in is easier than before.")


def _cosign(old: Product, new: Product) -> Differences:
    if old.cosign == new.cosign:
        return
    if new.cosign is None:
        yield _told("cosign", ADDITIVE, "Niemand hoeft meer mee te tekenen.", "Nobody needs to sign along any more.")
    else:
        nl, en = "{} moet nu meetekenen, of op een andere manier.", "{} must now sign along, or in another way."
        yield _told("cosign", ADDITIVE, nl, en, new.cosign.who)


def _steps(old: Product, new: Product) -> Differences:
    home = {question.id: step.id for step in old.steps for question in step.questions}
    before = {step.id: step for step in old.steps}
    for step in new.steps:
        known, title = before.get(step.id, step), quoted(step.title)
        if (known.title, known.short, known.intro) != (step.title, step.short, step.intro):
            yield _told(step.id, COSMETIC, "De woorden van stap {} zijn anders.", "The words of step {} differ.", title)
        for question in step.questions:
            if home.get(question.id, step.id) != step.id:
                yield _told(
                    question.id,
                    COSMETIC,
                    "{} vragen wij nu bij stap {}.",
                    "{} is now asked at step {}.",
                    _name(question),
                    title,
                )


def _asked(old: Sequence[Question], new: Sequence[Question], *, within: str) -> Differences:
    """Compare questions, or the columns of one table; `within` is the path of that table."""
    before = {question.id: question for question in old}
    after = {question.id for question in new}
    for question in new:
        path = f"{within}{question.id}"
        if question.id in before:
            yield from _changed(before[question.id], question, path=path)
        else:
            yield _told(path, ADDITIVE, "Nieuw: {}.", "New: {}.", _name(question))
    for question in old:
        if question.id not in after:
            weight = BREAKING if question.asks else COSMETIC
            yield _told(
                f"{within}{question.id}",
                weight,
                "Wij vragen dit niet meer: {}.",
                "We no longer ask this: {}.",
                _name(question),
            )


def _changed(old: Question, new: Question, *, path: str) -> Differences:
    name = _name(new)
    if old.label != new.label:
        yield _told(path, COSMETIC, "{} heet nu {}.", "{} is now called {}.", _name(old), name)
    if old.kind is not new.kind:
        nl, en = _KINDS[new.kind]
        yield _told(
            path,
            COSMETIC if same_kind(old.kind, new.kind) else BREAKING,
            "Bij {} vragen wij nu {}.",
            "At {} we now ask for {}.",
            name,
            Words(nl=nl, en=en),
        )
        if not same_kind(old.kind, new.kind):
            return
    yield from _demands(old, new, path=path)
    yield from _checks(old, new, path=path)
    yield from _choices(old, new, path=path)
    yield from _asked(old.columns, new.columns, within=f"{path}.")
    if any(getattr(old, key) != getattr(new, key) for key in _HELP) or (old.must and new.must and old.must != new.must):
        yield _told(path, COSMETIC, *_HELP_CHANGED, name)


def _demands(old: Question, new: Question, *, path: str) -> Differences:
    """Compare when a question is asked, and whether it may stay open."""
    name = _name(new)
    if (old.when, old.by_rule) != (new.when, new.by_rule):
        yield _told(path, BREAKING, "{} vragen wij nu in andere gevallen.", "{} is now asked in other cases.", name)
    if old.optional and not new.optional:
        yield _told(path, ADDITIVE, "{} hebben wij nu altijd nodig.", "We now always need {}.", name)
    if new.optional and not old.optional:
        yield _told(path, ADDITIVE, "{} mag u nu overslaan.", "You may now skip {}.", name)
    if new.must and not old.must:
        yield _told(path, ADDITIVE, "Zonder {} kunt u niet meer versturen.", "Without {} you can no longer send.", name)
    if old.must and not new.must:
        yield _told(path, ADDITIVE, "Ook zonder {} kunt u nu versturen.", "Without {} you can send as well now.", name)


def _checks(old: Question, new: Question, *, path: str) -> Differences:
    """Compare what a good answer is."""
    name = _name(new)
    if old.unit != new.unit:
        unit = Words(nl=new.unit or "geen eenheid", en=new.unit or "no unit")
        yield _told(path, BREAKING, "{} gaat nu in {}.", "{} is now in {}.", name, unit)
    if _conditions(old) != _conditions(new):
        weight = ADDITIVE if _is_looser(old, new) else BREAKING
        yield _told(path, weight, "{} controleren wij anders.", "{} is checked differently.", name)
    if (old.minimum, old.maximum) != (new.minimum, new.maximum):
        narrower = _low(old) < _low(new) or _high(new) < _high(old)
        yield _told(
            path,
            BREAKING if narrower else ADDITIVE,
            "Bij {} geldt nu: {}.",
            "At {} this now holds: {}.",
            name,
            _bounds(new),
        )


def _conditions(question: Question) -> tuple[object, ...]:
    return question.valid, question.bounds, question.foreign, frozenset(question.types), question.max_mb


def _is_looser(old: Question, new: Question) -> bool:
    """Whether every answer that passed before passes now."""
    same = new.valid in (None, old.valid) and new.bounds in (None, old.bounds) and new.foreign >= old.foreign
    return same and set(new.types) >= set(old.types) and (new.max_mb or 0) >= (old.max_mb or 0)


def _low(question: Question) -> float:
    return float("-inf") if question.minimum is None else question.minimum


def _high(question: Question) -> float:
    return float("inf") if question.maximum is None else question.maximum


def _bounds(question: Question) -> Words:
    named = ((question.minimum, "minstens", "at least"), (question.maximum, "hooguit", "at most"))
    told = [(f"{nl} {bound:g}", f"{en} {bound:g}") for bound, nl, en in named if bound is not None]
    nl, en = " en ".join(nl for nl, _ in told), " and ".join(en for _, en in told)
    return Words(nl=nl or "geen grens", en=en or "no limit")


def _choices(old: Question, new: Question, *, path: str) -> Differences:
    name = _name(new)
    before = {choice.value: choice for choice in old.choices}
    after = {choice.value: choice for choice in new.choices}
    for value, choice in after.items():
        label = quoted(choice.label)
        if value not in before:
            yield _told(
                path, ADDITIVE, "Bij {} kunt u nu ook kiezen: {}.", "At {} you can now also choose {}.", name, label
            )
        elif before[value] != choice:
            yield _told(path, COSMETIC, "Bij {} heet een keuze nu {}.", "At {} a choice is now called {}.", name, label)
    for value, choice in before.items():
        if value not in after:
            gone = quoted(choice.label)
            nl, en = "Bij {} kunt u dit niet meer kiezen: {}.", "At {} you can no longer choose {}."
            yield _told(path, BREAKING, nl, en, name, gone)


def _name(question: Question) -> Words:
    return quoted(question.label if question.label.nl else Words(nl="tekst", en="text"))


def _told(subject: str, weight: Weight, nl: str, en: str, *names: Words) -> Difference:
    return Difference(part="form", subject=subject, weight=weight, text=say(nl, en, *names))
