"""A product of the municipality as a whole, and the catalogue of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

from shared.catalogue.definitions.forms import About, Cosign, Payment, Roles, SignIn
from shared.catalogue.definitions.handling import Adviser, Block, Process, Task
from shared.catalogue.definitions.questions import Question, Step
from shared.catalogue.definitions.rules import Computed, Fee, Rule
from shared.catalogue.faults import Fault
from shared.events import Nature, Words

CASES = "cases"
"""The folder with the examples of a product."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Product:
    """One product of the municipality, immutable; `version` is the hash of the folder's content.

    Two products are the same when id and version are; identity is enough for what is prepared once per product.
    """

    id: str
    version: str
    title: Words
    nature: Nature
    theme: str
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
    sign_in: SignIn = field(default_factory=SignIn)
    payment: Payment = field(default_factory=Payment)
    cosign: Cosign | None = None

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
        return _find(self.process.blocks, block_id)

    def adviser(self, adviser_id: str) -> Adviser:
        """Find an adviser. Raises UnknownNameError."""
        return _find(self.process.advisers, adviser_id)

    def task(self, task_id: str) -> Task:
        """Find a task. Raises UnknownNameError."""
        return _find(self.process.tasks, task_id)


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A shelf of the home page, with what a resident finds on it."""

    id: str
    title: Words
    hint: Words


@dataclass(frozen=True, kw_only=True)
class Team:
    """A team of the municipality that handles cases; `name` is Dutch."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Area:
    """A rectangle on the map in degrees (WGS84): from `south` to `north` and from `west` to `east`."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, *, lat: float, lon: float) -> bool:
        """Whether this point lies in it."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


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
    area: Area | None = None
    """Where the points of questions with `bounds: municipality` lie; None bounds nothing."""
    towns: tuple[str, ...] = ()
    """Where the addresses of such questions lie, and who supports an initiative lives; none bound nothing."""
    themes: tuple[Theme, ...] = ()
    teams: tuple[Team, ...] = ()

    def theme(self, theme_id: str) -> Theme:
        """Find a theme. Raises UnknownNameError."""
        return _find(self.themes, theme_id)

    def team(self, team_id: str) -> Team:
        """Find a team. Raises UnknownNameError."""
        return _find(self.teams, team_id)


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """All products that can be offered, with the faults of those that cannot.

    `unknown` is what nobody here can say the truth of; `left_out` are the ids of the products with faults, and
    `in_folder` those of all products that lie in the folder.
    """

    products: Mapping[str, Product]
    municipality: Municipality
    faults: tuple[Fault, ...]
    unknown: tuple[Fault, ...] = ()
    left_out: tuple[str, ...] = ()
    in_folder: frozenset[str] = frozenset()

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
    """Nothing here has this name."""


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
