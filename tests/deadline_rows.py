"""The rows of a file of worked deadlines, read into the nouns of the law."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from services.workflow.domain import woo
from shared.law.calendar import AMSTERDAM, local_date
from shared.law.model import Amount, Policy, SetBy, TermRule, Unit
from shared.law.suspension import Ground, Suspension, suspended, suspended_for_supplement

_UNIT_NAMES = {
    Unit.hours: "h u hour hours uur uren",
    Unit.days: "d day days dag dagen",
    Unit.working_days: "wd workday workdays werkdag werkdagen",
    Unit.weeks: "w week weeks weken",
    Unit.months: "m month months maand maanden",
    Unit.years: "y j year years jaar jaren",
}
UNITS = {name: unit for unit, names in _UNIT_NAMES.items() for name in names.split()}
LENGTH_KEYS = {
    "hours": Unit.hours,
    "days": Unit.days,
    "workdays": Unit.working_days,
    "weeks": Unit.weeks,
    "months": Unit.months,
    "years": Unit.years,
}
LAWS = {"wet": SetBy.act, "amvb": SetBy.decree, "verordening": SetBy.ordinance, "eigen": SetBy.own}
GROUNDS = ("consent", "applicant_delay", "force_majeure", "abroad")
_YES_OR_NO = {
    word: plain
    for plain, words in (("yes", "yes ja"), ("no", "no nee"), ("safe", "safe veilig"))
    for word in words.split()
}
FOR_EVER = frozenset({"blijvend", "altijd", "permanent", "keep", "inf"})
COLUMNS = frozenset({"id", "rule", "start_date", "parameters", "expected_date"})


class OddRowError(ValueError):
    """The row cannot be read."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One row of the file; `odd` says what keeps it from being read."""

    id: str
    rule: str = ""
    start: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    expected: str = ""
    odd: str = ""

    def get(self, key: str) -> str:
        return self.parameters.get(key, "")

    def need(self, key: str) -> str:
        if not self.get(key):
            raise OddRowError(f"no {key}")
        return self.get(key)

    def day(self, key: str = "") -> date:
        return read_day(self.need(key) if key else self.start)

    def optional_day(self, key: str) -> date | None:
        return read_day(self.get(key)) if self.get(key) else None

    def instant(self) -> datetime:
        """The moment; one without a zone is that of the Netherlands."""
        at = datetime.fromisoformat(self.start)
        return at if at.tzinfo else at.replace(tzinfo=AMSTERDAM)

    def whole(self, key: str) -> int:
        return int(self.need(key))


def read_cases(path: Path) -> Iterator[Case]:
    """The rows of the file, also the odd ones; an empty line is none."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.DictReader((line.replace("\0", "") for line in file), strict=True)
        try:
            columns = {name.strip().lower() for name in rows.fieldnames or ()}
            if lacking := COLUMNS - columns:
                yield Case(id="line 1", odd=f"no column {', '.join(sorted(lacking))}")
                return
            for row in rows:
                if any(value and str(value).strip() for value in row.values()):
                    yield _case_from(row, line=rows.line_num)
        except csv.Error as error:
            yield Case(id=f"line {rows.line_num}", odd=f"the file cannot be read on from here: {error}")


def _case_from(row: dict[str, str], *, line: int) -> Case:
    cell = {str(key).strip().lower(): value.strip() for key, value in row.items() if isinstance(value, str)}
    return Case(
        id=cell.get("id") or f"line {line}",
        rule=cell.get("rule", ""),
        start=cell.get("start_date", ""),
        parameters=_parameters(cell.get("parameters", "")),
        expected=cell.get("expected_date", ""),
        odd="more cells than columns: a cell with a comma stands between quotes" if None in row else "",
    )


def length_of(case: Case) -> tuple[int, Unit] | None:
    if case.get("n"):
        unit = case.need("unit").lower()
        if unit not in UNITS:
            raise OddRowError(f"unknown unit {unit}")
        return case.whole("n"), UNITS[unit]
    if grace := re.fullmatch(r"(\d+)([a-z]+)", case.get("two_weeks")):
        return int(grace[1]), UNITS[grace[2]]
    return next(((case.whole(key), unit) for key, unit in LENGTH_KEYS.items() if case.get(key)), None)


def amount_of(case: Case, base: Amount) -> Amount:
    length = length_of(case)
    return replace(base, amount=length[0], unit=length[1]) if length else base


def plain_amount(amount: int, unit: Unit) -> Amount:
    return Amount(amount=amount, unit=unit, article="")


def rule_of(case: Case, base: TermRule) -> TermRule:
    amount = amount_of(case, base)
    law = case.get("law").lower()
    if law and law not in LAWS:
        raise OddRowError(f"unknown law {law}")
    if case.get("atw") not in ("", "yes", "no", "safe"):
        raise OddRowError(f"unknown atw {case.get('atw')}")
    set_by = LAWS.get(law, base.set_by)
    return TermRule(
        amount=amount.amount,
        unit=amount.unit,
        article=base.article,
        set_by=set_by,
        extension=base.extension,
        atw_declared=case.get("atw") == "yes" and set_by not in (SetBy.act, SetBy.decree),
        atw_excluded=case.get("atw") == "no",
    )


def extension_of(case: Case, base: TermRule) -> Amount | None:
    for key, unit in LENGTH_KEYS.items():
        if int(case.get(f"extend_{key}") or 0):
            article = base.extension.article if base.extension else base.article
            return Amount(amount=case.whole(f"extend_{key}"), unit=unit, article=article)
    return None


def policy_of(case: Case) -> Policy:
    named = dict(_choice(name) for name in re.split(r"[|,+ ]+", case.get("policy")) if name)
    moved = case.get("atw") == "yes"
    by_row = {"atw_on_post_week": moved, "two_week_term_under_atw": moved} if case.get("atw") in ("yes", "no") else {}
    return replace(Policy(), **(by_row | named))


def suspensions_of(case: Case) -> list[Suspension]:
    """From the facts of the row; the listed days count only where they are more periods than the facts."""
    facts = [*_supplements(case), *_views_awaited(case)]
    facts += [each for ground in GROUNDS for each in _periods(case.get(ground), ground=Ground(ground))]
    listed = _periods(case.get("suspended"), ground=Ground.consent)
    return facts + listed if len(listed) > len(facts) else facts


def _choice(name: str) -> tuple[str, bool]:
    """A choice by its name; "not_" before it, or the name of the other reading, is the opposite."""
    if name == "lapsed_means_last_day":
        return "lapsed_means_day_after", False
    return name.removeprefix("not_"), not name.startswith("not_")


def _parameters(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        key, _, value = (piece.strip() for piece in part.partition("="))
        key = key.lower()
        value = _YES_OR_NO.get(value.lower(), value) if key == "atw" else value
        found[key] = f"{found[key]}|{value}" if key in found else value
    return found


def _supplements(case: Case) -> Iterator[Suspension]:
    answered, untils = case.get("supplemented").split("|"), case.get("repair_until").split("|")
    for number, invited in enumerate(filter(None, case.get("invited").split("|"))):
        supplemented = _optional(answered, number)
        until = _optional(untils, number) or supplemented
        if until is None:
            raise OddRowError("no supplemented and no repair_until")
        found = suspended_for_supplement(
            invited=read_day(invited), supplemented=supplemented, repair_until=until, policy=policy_of(case)
        )
        if found:
            yield found


def _views_awaited(case: Case) -> Iterator[Suspension]:
    if not case.get("notified"):
        return
    asked = case.day("notified")
    received, until = case.optional_day("view_received"), case.optional_day("view_until")
    last = until or received
    if last is None:
        raise OddRowError("no view_received and no view_until")
    if case.get("inclusive") == "no":
        found = suspended_for_supplement(invited=asked, supplemented=received, repair_until=last)
    else:
        found = woo.suspended_for_view(asked=asked, view_received=received, view_until=last)
    if found:
        yield found


def _periods(text: str, *, ground: Ground) -> list[Suspension]:
    pairs = (part.partition("..") for part in text.split("|") if re.search(r"\d", part))
    found = (suspended(ground, first=read_day(first), last=read_day(last or first)) for first, _, last in pairs)
    return [each for each in found if each]


def _optional(texts: list[str], number: int) -> date | None:
    text = texts[number] if number < len(texts) else ""
    return read_day(text) if text.strip() else None


def read_day(text: str) -> date:
    """The date in the text; of a moment with a zone it is that of the Netherlands."""
    if re.match(r"\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$", text.strip()):
        return local_date(datetime.fromisoformat(text.strip()))
    found = re.match(r"(?:[a-z]+ )?(\d{4}-\d{2}-\d{2})", text.strip())
    if not found:
        raise OddRowError(f"no date in {text!r}")
    return date.fromisoformat(found[1])
