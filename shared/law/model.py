"""The nouns of the law of terms: amounts, rules, terms with their steps, and choices where the law is open."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    """The unit in which a term is worded; the law treats units differently (Atw 4)."""

    hours = "hours"
    days = "days"
    working_days = "working_days"
    weeks = "weeks"
    months = "months"
    years = "years"


class SetBy(StrEnum):
    """Who set the term, which decides whether the Algemene termijnenwet applies (Atw 1 and 5)."""

    act = "act"  # wet
    decree = "decree"  # AMvB
    ordinance = "ordinance"  # verordening
    own = "own"  # service norm, or a term that the authority itself set


class EmptyTermError(ValueError):
    """A term must last at least one unit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """A length of time with the article that gives it."""

    amount: int
    unit: Unit
    article: str

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise EmptyTermError(f"{self.amount} {self.unit}")


@dataclass(frozen=True, kw_only=True, slots=True)
class TermRule(Amount):
    """A term as a regulation sets it; `extension` is what may be added once.

    `atw_declared`: an ordinance declares the Algemene termijnenwet applicable.
    `atw_excluded`: the regulation itself says that it does not apply (Atw 5, Awb 4:17 lid 1).
    `no_penalty`: a late decision costs no penalty (Woo 8.2).
    """

    set_by: SetBy
    extension: Amount | None = None
    atw_declared: bool = False
    atw_excluded: bool = False
    no_penalty: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of the reckoning in plain Dutch and English, with its article."""

    nl: str
    en: str
    article: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """The last day of a term, or the day on which something starts, with the reckoning.

    `unrolled` is the plain end, `rolled` the end after the Algemene termijnenwet: lateness is measured on it.
    `safe` is the earlier of the two where the law is open: work is planned on it. `warnings` are Dutch.
    """

    unrolled: date
    rolled: date
    safe: date
    steps: tuple[Step, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """The choices of a municipality where the law is open; each field carries its source."""

    lapsed_means_day_after: bool = field(
        default=True,
        metadata={"source": "Awb 4:15 lid 1 onder a, Ow 16.79 lid 2: read as Awb 4:17 lid 3 is; else one day less"},
    )
    atw_on_post_week: bool = field(
        default=True,
        metadata={"source": "Awb 6:9 lid 2, Atw 1: never turn down an objection that may be in time"},
    )
    two_week_term_under_atw: bool = field(
        default=False,
        metadata={"source": "Awb 4:17 lid 1 a contrario: unsettled; not moved is the earlier first penalty day"},
    )
    announcement_day_counts: bool = field(
        default=False,
        metadata={"source": "Awb 4:17: silent; usual practice counts up to the day before the announcement"},
    )
