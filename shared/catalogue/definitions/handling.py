"""How the municipality handles what was handed in: terms, tasks, advisers, the texts of the decision, retention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from shared.catalogue.definitions.escalation import USUAL_LADDER, Rung
from shared.events import Words
from shared.law.terms import TermRule, Unit


class RetentionStart(StrEnum):
    """From when a case is kept: its closing, the end of what was permitted, or a date fixed during the case."""

    CLOSED = "closed"
    PERMISSION_ENDS = "permission_ends"
    FIXED_DATE = "fixed_date"


class OutcomeNature(StrEnum):
    """What the municipality gives in the end; with an acceptance only a refusal is a decision (Awb 1:3)."""

    DECISION = "decision"
    ACCEPTANCE = "acceptance"


class Procedure(StrEnum):
    """How the decision is prepared: the regular way, or the extended procedure of Awb afdeling 3.4."""

    REGULAR = "regular"
    EXTENDED = "extended"


class SilenceEffect(StrEnum):
    """What silence after the term means: granted by operation of law (Awb 4:20b), or a report that may go ahead."""

    GRANTED = "granted"
    ALLOWED = "allowed"


class AdviserKind(StrEnum):
    """Whether an adviser works for the municipality."""

    INTERNAL = "internal"
    EXTERNAL = "external"


@dataclass(frozen=True, kw_only=True)
class ServiceNorm:
    """The municipality's own norm for its pace; no law."""

    amount: int
    unit: Unit


@dataclass(frozen=True, kw_only=True)
class Silence:
    """What silence after the term means, with the article that says so."""

    effect: SilenceEffect
    article: str


@dataclass(frozen=True, kw_only=True)
class Adviser:
    """Who gives advice: `name` is Dutch, `days` is the adviser's own term in working days."""

    id: str
    name: str
    kind: AdviserKind
    days: int
    article: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """One line of the checklist of a task."""

    id: str
    text: Words


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something to do for a case, `after` other tasks. One `by_rule` comes only when a rule adds it.

    `days` is our own norm: so many working days once it can begin. `afterwards`: it begins after the decision.
    """

    id: str
    title: Words
    when: str | None = None
    after: tuple[str, ...] = ()
    optional: bool = False
    by_rule: bool = False
    checklist: tuple[Check, ...] = ()
    team: str | None = None
    days: int | None = None
    afterwards: bool = False


@dataclass(frozen=True, kw_only=True)
class Block:
    """A building block of a decision: a reason, a ground for refusal or a condition, in Dutch.

    `when` suggests it to the case handler for the answers at hand; `because` is the reason of a condition.
    """

    id: str
    text: str
    because: str
    source: str
    when: str | None = None


@dataclass(frozen=True, kw_only=True)
class PermitLife:
    """How long what is granted lasts: names of questions or calculated values that give the first and last day.

    With `at_most_years` the decision itself says the last day, `at_least_months` ahead or more, and under the words of
    `number` the number of what is given; the question `number_in` asks for that later. A form that renews or changes it
    begins with these answers.
    """

    valid_from: str | None = None
    valid_until: str | None = None
    indefinite: bool = False
    renew_before_days: int | None = None
    at_most_years: int | None = None
    at_least_months: int | None = None
    number: Words | None = None
    number_in: str | None = None
    renewal: Mapping[str, str] = field(default_factory=dict)
    amendment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long a closed case is kept: result `number` of the Selectielijst gemeenten 2020, from the moment `starts`.

    `years` None is for ever: the case is transferred to the archive.
    """

    number: str
    years: int | None
    starts: RetentionStart

    @property
    def keep(self) -> bool:
        """Whether the case is never destroyed."""
        return self.years is None


@dataclass(frozen=True, kw_only=True)
class Process:
    """How the municipality handles the application.

    `subject` says in Dutch what is decided on and may name answers as {question_id}. `sample_percent` of what may be
    granted at once goes to a person all the same. `retention` by how the case ends: granted, refused, withdrawn,
    broken_off. `term_seen`: the text of the article with the term was read.
    """

    term: TermRule
    repair_days: int
    authority: str
    signatory: str
    legal_basis: tuple[str, ...]
    grant_reasons: tuple[Block, ...]
    refusal_grounds: tuple[Block, ...]
    conditions: tuple[Block, ...]
    retention: Mapping[str, Retention]
    term_seen: bool = True
    nature_of_outcome: OutcomeNature = OutcomeNature.DECISION
    service_norm: ServiceNorm | None = None
    procedure: Procedure = Procedure.REGULAR
    silence: Silence | None = None
    team: str | None = None
    four_eyes: bool = False
    publish: bool = False
    sample_percent: int = 0
    advisers: tuple[Adviser, ...] = ()
    tasks: tuple[Task, ...] = ()
    subject: str | None = None
    permit: PermitLife = field(default_factory=PermitLife)
    escalation: tuple[Rung, ...] = USUAL_LADDER

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Give all building blocks of the decision."""
        return self.grant_reasons + self.refusal_grounds + self.conditions
