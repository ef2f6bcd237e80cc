"""Noor and her container: the answers, fields and fakes that the tests of this service share."""

# ruff: noqa: ARG002 a fake has the parameters of its port, also those it does not need

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from services.forms.domain.drafts import Draft, Reminder
from services.forms.domain.files import StoredFile
from services.forms.ports import (
    AddressBookAwayError,
    Answered,
    GivenAnswer,
    Kept,
    Means,
    OnceOnly,
    Opinion,
    ReferenceTakenError,
    Tried,
    Untaken,
)
from services.forms.scanning import NoScanner
from services.forms.schemas import check_answers
from shared.catalogue.definitions import Catalogue, Product, SignIn
from shared.events import Address, SubmissionReceived
from tests.keys import KEYRING
from tests.products import CATALOGUE as WHOLE
from tests.services.forms.bills import FakeBills
from tests.services.forms.shelf import LINKS, FakeFiles, FakeScrubber, FakeVault

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
OBJECTEN: Product = replace(WHOLE.product("objecten"), sign_in=SignIn())
"""As it is for who need not sign in: what signing in changes has tests of its own."""

CATALOGUE: Catalogue = replace(WHOLE, products={**WHOLE.products, "objecten": OBJECTEN})

HOME = {"postcode": "3811 LX", "number": "14", "street": "Voorbeeldstraat", "town": "Amersfoort"}
ANSWERS: Mapping[str, Any] = {
    "objects": [{"kind": "container", "length": "4", "width": "2", "count": 1}],
    "purpose": "Verbouwing van de keuken",
    "place": HOME,
    "spot": "Voor de deur, op de stoep",
    "surfaces": ["pavement"],
    "footway_width": "1.8",
    "starts": "2027-01-14",
    "ends": "2027-01-18",
    "applicant_kind": "person",
    "name": "Noor de Vries",
    "contact_address": HOME,
    "email": "noor@example.org",
    "phone": "+31612345678",
    "truth": True,
}
FIELDS: Mapping[str, Mapping[str, Any]] = {
    "what": {
        "objects.0.kind": "container",
        "objects.0.length": "4",
        "objects.0.width": "2",
        "objects.0.height": "",
        "objects.0.count": "1",
        "purpose": "Verbouwing van de keuken",
    },
    "where": {
        "place.postcode": "3811lx",
        "place.number": "14",
        "place.suffix": "",
        "spot": "Voor de deur, op de stoep",
        "surfaces": ["pavement"],
        "footway_width": "1,8",
    },
    "when": {
        "starts.day": "14",
        "starts.month": "jan",
        "starts.year": "2027",
        "ends.day": "18",
        "ends.month": "1",
        "ends.year": "2027",
        "works_permit": "",
    },
    "who": {
        "applicant_kind": "person",
        "name": "Noor de Vries",
        "contact_address.postcode": "3811 LX",
        "contact_address.number": "14",
        "contact_address.suffix": "",
        "email": "noor@example.org",
        "phone": "06 12345678",
        "truth": "true",
    },
}


def asked(step: str) -> frozenset[str]:
    """The questions of a step, as all of them stood on its page."""
    return frozenset(question.id for one in OBJECTEN.steps if one.id == step for question in one.questions)


def fields(step: str, **changes: Any) -> dict[str, list[str]]:
    """Noor's fields of a step with changes; `__` in a name stands for a point, None takes a field away."""
    changed = {**FIELDS[step], **{name.replace("__", "."): text for name, text in changes.items()}}
    return {
        name: list(text) if isinstance(text, list) else [text] for name, text in changed.items() if text is not None
    }


@dataclass(frozen=True)
class StreetList:
    """An address book with one street, in this municipality unless `here` says otherwise."""

    here: bool = True

    def find(self, postcode: str, *, number: str) -> Address | None:
        if postcode != "3811 LX":
            return None
        return Address(postcode=postcode, number=number, street="Voorbeeldstraat", town="Amersfoort")

    def is_here(self, address: Address) -> bool:
        return self.here


class AwayBook:
    """An address book that does not answer."""

    def find(self, postcode: str, *, number: str) -> Address | None:
        raise AddressBookAwayError

    def is_here(self, address: Address) -> bool:
        raise NotImplementedError  # nothing is found that could be anywhere


@dataclass
class Shelf:
    """Products of today, with those of before."""

    now: dict[str, Product] = field(default_factory=lambda: {"objecten": OBJECTEN})
    before: dict[tuple[str, str], Product] = field(default_factory=dict)

    @property
    def current(self) -> Mapping[str, Product]:
        return self.now

    def version(self, product_id: str, *, version: str) -> Product:
        product = self.now.get(product_id)
        if product and product.version == version:
            return product
        return self.before[product_id, version]


@dataclass
class Memory:
    """The work of a transaction in memory: nothing is kept when an error leaves it."""

    drafts: dict[bytes, Draft] = field(default_factory=dict)
    mails: dict[UUID, int] = field(default_factory=dict)
    reminders: dict[UUID, tuple[Reminder, datetime | None]] = field(default_factory=dict)
    submissions: dict[str, SubmissionReceived] = field(default_factory=dict)
    keys: dict[bytes, Answered] = field(default_factory=dict)
    tries: dict[bytes, Tried] = field(default_factory=dict)
    given: dict[UUID, dict[str, GivenAnswer]] = field(default_factory=dict)
    asked: set[tuple[str, UUID]] = field(default_factory=set)
    opinions: list[Opinion] = field(default_factory=list)
    withdrawn: dict[str, str] = field(default_factory=dict)
    told: list[object] = field(default_factory=list)
    collisions: int = 0
    shelf: FakeFiles = field(default_factory=FakeFiles)
    bills: FakeBills = field(default_factory=FakeBills)

    @property
    def files(self) -> FakeFiles:
        self.shelf.memory = self
        return self.shelf

    @contextmanager
    def open(self, _now: datetime) -> Iterator[Memory]:
        before = {name: value.copy() for name, value in vars(self).items() if hasattr(value, "copy")}
        try:
            yield self
        except BaseException:
            vars(self).update(before)
            raise

    def find_draft(self, token_hash: bytes, *, today: date) -> Draft | None:
        draft = self.drafts.get(token_hash)
        return draft if draft and draft.keep_until >= today else None

    def find_files(self, draft_id: UUID) -> Sequence[StoredFile]:
        return self.files.of(draft_id)

    def add_draft(self, draft: Draft, *, token_hash: bytes) -> None:
        self.drafts[token_hash] = draft

    def keep_page(self, draft_id: UUID, *, kept: Kept) -> None:
        key, draft = self.draft_by_id(draft_id)
        answers = {name: value for name, value in draft.answers.items() if name not in kept.gone} | dict(kept.answers)
        typed = {step: found for step, found in draft.typed.items() if step != kept.step}
        if kept.typed is not None:
            typed[kept.step] = {name: list(texts) for name, texts in kept.typed.items()}
        self.drafts[key] = replace(
            draft, answers=answers, typed=typed, language=kept.language, revision=draft.revision + 1
        )

    def renew(self, draft: Draft, *, version: str, answers: Mapping[str, Any]) -> None:
        token_hash, _ = self.draft_by_id(draft.id)
        self.drafts[token_hash] = replace(draft, version=version, answers=answers, renewed_from=draft.version)

    def go_on(self, draft_id: UUID) -> None:
        key, draft = self.draft_by_id(draft_id)
        self.drafts[key] = replace(draft, went_on=True)

    def drop_draft(self, draft_id: UUID) -> None:
        del self.drafts[self.draft_by_id(draft_id)[0]]

    def count_mail(self, draft_id: UUID, *, most: int) -> bool:
        self.mails[draft_id] = self.mails.get(draft_id, 0) + 1
        return self.mails[draft_id] <= most

    def keep_reminder(self, reminder: Reminder, *, warned_at: datetime | None) -> None:
        self.reminders[reminder.draft_id] = reminder, warned_at

    def lock_untaken(self, reference: str) -> Untaken | None:
        sent = self.submissions.get(reference)
        return Untaken(received_at=sent.received_at, channel=sent.channel) if sent else None

    def open_correction(self, reference: str, *, today: date) -> UUID | None:
        drafts = (each for each in self.drafts.values() if each.corrects == reference and not each.reference)
        return next((each.id for each in drafts), None)

    def keep_correction(self, draft: Draft, *, submission: SubmissionReceived, at: datetime) -> int | None:
        key, known = self.draft_by_id(draft.id)
        if known.reference or known.revision != draft.revision:
            return None
        self.submissions[submission.reference] = submission
        self.drafts[key] = replace(known, reference=submission.reference, answers={})
        return 1

    def hand_in_draft(self, draft: Draft, *, submission: SubmissionReceived, status_hash: bytes, due: date) -> bool:
        key, known = self.draft_by_id(draft.id)
        if known.revision != draft.revision or known.reference:
            return False
        self._keep(submission, status_hash=status_hash)
        self.drafts[key] = replace(known, reference=submission.reference, answers={})
        return True

    def hand_in_once(self, once: OnceOnly, *, submission: SubmissionReceived, status_hash: bytes, due: date) -> bool:
        if once.key_hash in self.keys:
            return False
        self._keep(submission, status_hash=status_hash)
        self.keys[once.key_hash] = Answered(body_hash=once.body_hash, reference=submission.reference, decide_by=due)
        return True

    def find_answered(self, key_hash: bytes) -> Answered | None:
        return self.keys.get(key_hash)

    def keep_given(self, reference: str, *, given: GivenAnswer) -> bool:
        known = self.given.setdefault(given.request_id, {})
        if (reference, given.request_id) not in self.asked or given.asked in known:
            return False
        known[given.asked] = given
        return True

    def keep_withdrawal(self, reference: str, *, because: str, at: datetime) -> bool:
        if reference in self.withdrawn:
            return False
        self.withdrawn[reference] = because
        return True

    def lock_open_case(self, reference: str) -> bool:
        return reference in self.submissions and reference not in self.withdrawn

    def keep_opinion(self, opinion: Opinion, *, at: datetime) -> None:
        self.opinions.append(opinion)

    def count_try(self, status_hash: bytes, *, now: datetime) -> Tried | None:
        known = self.tries.get(status_hash)
        if known is None:
            return None
        self.tries[status_hash] = replace(known, tries=known.tries + 1)
        return self.tries[status_hash]

    def forget_tries(self, reference: str) -> None:
        self.tries = {
            key: replace(tried, tries=0) if tried.reference == reference else tried for key, tried in self.tries.items()
        }

    def tell(self, happened: object, *, due: datetime | None = None) -> None:
        self.told.append(happened)

    def _keep(self, submission: SubmissionReceived, *, status_hash: bytes) -> None:
        if self.collisions:
            self.collisions -= 1
            raise ReferenceTakenError(submission.reference)
        self.submissions[submission.reference] = submission
        self.tries[status_hash] = Tried(reference=submission.reference, tries=0)

    def draft_by_id(self, draft_id: UUID) -> tuple[bytes, Draft]:
        return next((key, draft) for key, draft in self.drafts.items() if draft.id == draft_id)


def means_with(memory: Memory, *, addresses: Any = None, products: Any = None) -> Means:
    """The means of the actions over this memory."""
    return Means(
        products=products or Shelf(),
        drafts=memory,
        open_work=memory.open,
        addresses=addresses or StreetList(),
        check=check_answers,
        links=LINKS,
        vault=FakeVault(),
        scanner=NoScanner(),
        scrubber=FakeScrubber(),
        keyring=KEYRING,
    )
