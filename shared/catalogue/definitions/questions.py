"""What a question is: its kind, its words, when it counts and what a good answer is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from shared.events import Words


class Kind(StrEnum):
    """The kinds of question."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    AMOUNT = "amount"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    TIME = "time"
    PERIOD = "period"
    ADDRESS = "address"
    LOCATION = "location"
    EMAIL = "email"
    PHONE = "phone"
    KVK = "kvk"
    BRANCH = "branch"
    IBAN = "iban"
    BSN = "bsn"
    PLATE = "plate"
    FILE = "file"
    TABLE = "table"
    DECLARATION = "declaration"
    CALCULATED = "calculated"
    TEXT_BLOCK = "text_block"


SHOWN_ONLY = frozenset({Kind.CALCULATED, Kind.TEXT_BLOCK})
"""What stands among the questions of a page but takes no answer."""


class Prefill(StrEnum):
    """Where an answer may come from instead of the resident's own hand."""

    PERSON_NAME = "person.name"
    PERSON_ADDRESS = "person.address"
    PERSON_BIRTH_DATE = "person.birth_date"
    PERSON_BSN = "person.bsn"
    COMPANY_NAME = "company.name"
    COMPANY_KVK = "company.kvk"
    COMPANY_BRANCH = "company.branch"
    COMPANY_ADDRESS = "company.address"
    ACCOUNT_EMAIL = "account.email"
    ACCOUNT_PHONE = "account.phone"


class Sensitive(StrEnum):
    """Why an answer is kept encrypted and shown only to those with the need."""

    HEALTH = "health"
    BSN = "bsn"


class Bounds(StrEnum):
    """Where a point on the map must lie."""

    MUNICIPALITY = "municipality"


class FileType(StrEnum):
    """The kinds of file that a resident may send."""

    PDF = "pdf"
    JPG = "jpg"
    PNG = "png"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of the answers to choose from; `value` is the stored code."""

    value: str
    label: Words
    hint: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question, or what stands among the questions. `basis` names the article that makes it necessary.

    Without a basis it is optional (Awb 4:4 lid 2). What is not optional is missing while unanswered, and may be handed
    in all the same (Awb 4:5), unless `must` says why it may not. `when` is a CEL condition: false or unknown means
    absent everywhere; one `by_rule` is absent too unless a rule asks for it. In a column, `when` and `valid` see the
    columns of the row by their own names.

    `minimum` and `maximum` bound a number, the length of a text in characters, or how many rows, files or choices.
    `valid` is a CEL condition on the answer: false makes it wrong, unknown does not. `errors` holds the question's own
    texts by the way it is wrong: missing, malformed, too_low, too_high, valid; for a file also type, size, unsafe,
    failed. `seen`: a case handler looks at the answer though nothing else uses it. `label` of a text block is its
    heading, with empty words where it has none.
    """

    id: str
    kind: Kind
    label: Words
    hint: Words | None = None
    why: Words | None = None
    basis: str | None = None
    optional: bool = False
    must: Words | None = None
    when: str | None = None
    by_rule: bool = False
    valid: str | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    autocomplete: str | None = None
    prefill: Prefill | None = None
    sensitive: Sensitive | None = None
    seen: bool = False
    choices: tuple[Choice, ...] = ()
    columns: tuple[Question, ...] = ()
    row: Words | None = None
    bounds: Bounds | None = None
    foreign: bool = False
    types: tuple[FileType, ...] = ()
    max_mb: int | None = None
    shows: str | None = None
    text: Words | None = None
    errors: Mapping[str, Words] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Whether there is something to answer; a calculated value and a text block only show."""
        return self.kind not in SHOWN_ONLY

    @property
    def all_columns(self) -> Iterator[Question]:
        """Give the columns of a table with those of the tables in it."""
        for column in self.columns:
            yield column
            yield from column.columns


@dataclass(frozen=True, kw_only=True)
class Step:
    """One page of the form."""

    id: str
    title: Words
    short: Words
    intro: Words | None
    questions: tuple[Question, ...]
