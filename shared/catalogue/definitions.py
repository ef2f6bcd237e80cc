"""What a product is: the typed form of the texts in a product's folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from shared.catalogue.faults import Fault
from shared.events import Words
from shared.law.terms import TermRule


class Kind(StrEnum):
    """The kinds of question."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    ADDRESS = "address"
    EMAIL = "email"
    PHONE = "phone"
    KVK = "kvk"
    TABLE = "table"
    DECLARATION = "declaration"


class Effect(StrEnum):
    """What a rule does when it fires."""

    NOT_NEEDED = "not_needed"
    AT_ONCE = "at_once"
    WARN = "warn"
    FEE = "fee"
    ADVICE = "advice"


class RetentionStart(StrEnum):
    """From when a case is kept: its closing, the end of what was permitted, or a date fixed during the case."""

    CLOSED = "closed"
    PERMISSION_ENDS = "permission_ends"
    FIXED_DATE = "fixed_date"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of the answers to choose from; `value` is the stored code."""

    value: str
    label: Words
    hint: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. `basis` names the article that makes it necessary; without one it is optional (Awb 4:4 lid 2).

    `when` is a CEL condition: false or unknown means absent everywhere. Lengths and sizes in the stated `unit`.
    `minimum` and `maximum` bound a number, the length of a text in characters, or the rows of a table. `valid` is a CEL
    condition on the answer: false makes it wrong, unknown does not. `errors` holds the question's own texts by the way
    it is wrong: missing, malformed, too_low, too_high, valid.
    """

    id: str
    kind: Kind
    label: Words
    hint: Words | None = None
    why: Words | None = None
    basis: str | None = None
    optional: bool = False
    when: str | None = None
    valid: str | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    autocomplete: str | None = None
    choices: tuple[Choice, ...] = ()
    columns: tuple[Question, ...] = ()
    row: Words | None = None
    errors: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One page of the form."""

    id: str
    title: Words
    short: Words
    intro: Words | None
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Computed:
    """A value derived from answers by a CEL expression; `label` None means never shown.

    With `table` the formula is worked out for each row of that table, and the value is a list. `digits` is the number
    of decimals to show.
    """

    id: str
    formula: str
    table: str | None = None
    label: Words | None = None
    unit: str | None = None
    digits: int = 2


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of law or policy in force from `valid_from` up to and including `valid_until`.

    `value` carries what the effect needs: the fee class for `fee`, the adviser for `advice`. An `assumed` rule awaits
    the confirmation of the municipality.
    """

    id: str
    when: str
    effect: Effect
    because: Words
    source: str
    valid_from: date
    valid_until: date | None = None
    value: str | None = None
    assumed: bool = False


@dataclass(frozen=True, kw_only=True)
class Fee:
    """What one fee class costs, in euro cents, from a date on."""

    fee_class: str
    cents: int
    valid_from: date
    valid_until: date | None
    source: str
    label: Words
    assumed: bool = False


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
class Roles:
    """Which answer is which: question ids of the applicant, the place and the period, with the facts for the letter."""

    applicant_kind: str | None
    name: str
    organisation: str | None
    kvk: str | None
    email: str
    phone: str | None
    address: str | None
    place: str | None
    starts: str | None
    ends: str | None
    facts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long a closed case is kept: result `number` of the Selectielijst gemeenten 2020, from the moment `starts`."""

    number: str
    years: int
    starts: RetentionStart


@dataclass(frozen=True, kw_only=True)
class Process:
    """How the municipality handles the application.

    `retention` by how the case ends: granted, refused, withdrawn, broken_off.
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


@dataclass(frozen=True, kw_only=True)
class About:
    """What a resident reads before starting: what it is, whether it is needed, cost, what to have at hand, how long."""

    summary: Words
    needed_when: tuple[Words, ...]
    not_needed_when: tuple[Words, ...]
    at_hand: tuple[Words, ...]
    minutes: int
    apply_before: Words


@dataclass(frozen=True, kw_only=True, eq=False)
class Product:
    """One product of the municipality, immutable; `version` is the hash of the folder's content.

    Two products are the same when id and version are; identity is enough for what is prepared once per product.
    """

    id: str
    version: str
    title: Words
    synonyms: tuple[str, ...]
    about: About
    steps: tuple[Step, ...]
    computed: tuple[Computed, ...]
    rules: tuple[Rule, ...]
    fees: tuple[Fee, ...]
    roles: Roles
    process: Process
    files: Mapping[str, str]
    """The folder's own texts by relative path, enough to read the product again."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Give all questions in the order of the steps; columns stay inside their table."""
        return tuple(question for step in self.steps for question in step.questions)

    def question(self, question_id: str) -> Question:
        """Find a question. Raises UnknownNameError."""
        return _find(self.questions, question_id)

    def rule(self, rule_id: str) -> Rule:
        """Find a rule. Raises UnknownNameError."""
        return _find(self.rules, rule_id)

    def block(self, block_id: str) -> Block:
        """Find a building block of the decision. Raises UnknownNameError."""
        process = self.process
        return _find(process.grant_reasons + process.refusal_grounds + process.conditions, block_id)


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """Who speaks: the name, address and offices on every page and letter."""

    name: str
    short: str
    address: tuple[str, ...]
    visiting_address: tuple[str, ...]
    phone: str
    email: str
    website: str
    opening_hours: Words
    objection_address: tuple[str, ...]
    objection_link: str
    court: str


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """All products that can be offered, with the faults of those that cannot."""

    products: Mapping[str, Product]
    municipality: Municipality
    faults: tuple[Fault, ...]

    def product(self, product_id: str) -> Product:
        """Find a product. Raises UnknownProductError."""
        found = self.products.get(product_id)
        if found is None:
            raise UnknownProductError(product_id)
        return found


@dataclass(frozen=True, kw_only=True)
class Example:
    """Example answers with what must come out of them."""

    name: str
    on: date
    answers: Mapping[str, Any]
    expect: Mapping[str, Any]


class UnknownNameError(KeyError):
    """The product has nothing of this name."""


class UnknownProductError(KeyError):
    """The catalogue has no product of this name."""


class _Named(Protocol):
    @property
    def id(self) -> str:
        """The name within its product."""


N = TypeVar("N", bound=_Named)


def _find(things: Iterable[N], wanted: str) -> N:
    for thing in things:
        if thing.id == wanted:
            return thing
    raise UnknownNameError(wanted)
