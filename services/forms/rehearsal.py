"""A form filled in for a trial: the same actions and pages, over means that keep nothing and tell nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, NoReturn, cast
from uuid import UUID

from services.forms.domain.drafts import Draft
from services.forms.domain.files import StoredFile
from services.forms.domain.identity import Identity
from services.forms.domain.prefilling import Prefilled
from services.forms.ports import Kept, Links, Means, Work
from services.forms.ports.files import Vault
from shared.catalogue.definitions import Product

TOKEN: Final = "voorbeeld-"  # noqa: S105 the part of a token that is no secret
"""How the address of a rehearsal begins where that of a draft has its token."""


class RehearsalEndsError(Exception):
    """What comes next would have an effect in the world: a form handed in, a mail, a file that is kept."""


@dataclass(kw_only=True)
class Rehearsal:
    """One trial: which text, on which instant, signed in as whom, and how far it is. It changes as it goes."""

    token: str
    product: Product
    now: datetime
    who: Identity | None
    draft: Draft | None = None

    def means(self, real: Means) -> Means:
        """The means of the actions for this trial."""
        return replace(
            real,
            products=cast(Any, _OneChanged(real.products.current, self.product, real.products.version)),
            drafts=cast(Work, _Memory(self)),
            open_work=self._open,
            links=cast(Links, _OneAddress(self.token)),
            vault=cast(Vault, _Nothing()),
            who=self.who,
            prefill=lambda _product, *, who: Prefilled(),  # noqa: ARG005 no register is asked
        )

    @contextmanager
    def _open(self, _now: datetime) -> Iterator[Work]:
        before = self.draft
        try:
            yield cast(Work, _Memory(self))
        except BaseException:
            self.draft = before
            raise


class _Nothing:
    """Whatever is asked of it would have an effect in the world."""

    def __getattr__(self, _name: str) -> NoReturn:
        raise RehearsalEndsError


class _Memory(_Nothing):
    """The one draft of a trial, in memory; all else that the port `Work` can do ends the trial."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal

    def find_draft(self, _token_hash: bytes, *, today: date) -> Draft | None:  # noqa: ARG002 a trial has no end
        return self._rehearsal.draft

    def find_files(self, _draft_id: UUID) -> tuple[StoredFile, ...]:
        return ()

    def add_draft(self, draft: Draft, *, token_hash: bytes) -> None:  # noqa: ARG002 there is only one
        self._rehearsal.draft = draft

    def drop_draft(self, draft_id: UUID) -> None:
        if self._draft.id == draft_id:
            self._rehearsal.draft = None

    def go_on(self, _draft_id: UUID) -> None:
        self._rehearsal.draft = replace(self._draft, went_on=True)

    def keep_page(self, _draft_id: UUID, *, kept: Kept) -> None:
        draft = self._draft
        answers = {name: value for name, value in draft.answers.items() if name not in kept.gone}
        typed = {step: fields for step, fields in draft.typed.items() if step != kept.step}
        asked = {*kept.answers, *kept.gone}
        self._rehearsal.draft = replace(
            draft,
            answers={**answers, **kept.answers},
            typed=typed if kept.typed is None else {**typed, kept.step: _lists(kept.typed)},
            skipped=[*(name for name in draft.skipped if name not in asked), *kept.skipped],
            language=kept.language,
            revision=draft.revision + 1,
        )

    @property
    def _draft(self) -> Draft:
        draft = self._rehearsal.draft
        if draft is None:
            raise RehearsalEndsError
        return draft


class _OneAddress(_Nothing):
    """Every draft of a trial goes on at the same address."""

    def __init__(self, token: str) -> None:
        self._token = token

    def draft_token(self, _draft_id: UUID) -> str:
        return self._token


class _OneChanged:
    """The products that serve, with the one on trial in its place (the port `Products`)."""

    def __init__(self, serving: Mapping[str, Product], product: Product, older: Callable[..., Product]) -> None:
        self._product = product
        self._older = older
        self.current = {**serving, product.id: product}

    def version(self, product_id: str, *, version: str) -> Product:
        """The product in this version, which may be known to nobody but the trial."""
        own = self.current.get(product_id)
        return own if own is not None and own.version == version else self._older(product_id, version=version)


def _lists(typed: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: list(texts) for name, texts in typed.items()}
