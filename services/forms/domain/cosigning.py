"""The second signatory: who must agree after a form was sent, until when, and what they may see."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from services.forms.domain.progress import Progress
from services.forms.domain.showing import NOT_FILLED_IN
from shared.catalogue.definitions import Kind, Product
from shared.events import AnswerRow, AnswerSection, Cosignatory, Words
from shared.ids import new_id
from shared.law.calendar import add_working_days, local_date, long_date, next_working_day

REPLY_DAYS: Final = 14
"""Days to agree: the repair term of Awb 4:5 that we give, and how long a link works."""

REMIND_AFTER: Final = 5
"""Working days without an answer until the second signatory is reminded, once a link."""

MOST_TURNS: Final = 5
"""How often the applicant may have a link mailed, the first one included."""

Standing = Literal["waiting", "late", "agreed", "refused"]

_PRIVATE = frozenset({Kind.BSN, Kind.IBAN, Kind.DECLARATION})
_LEAST_LETTERS = 2


@dataclass(frozen=True, kw_only=True)
class Cosigning:
    """How far it is with a second signatory.

    `turn` counts the links that were mailed: only the last one works, until `valid_until`. `answer_by` is the last day
    of the repair term; agreeing later counts too, but the clock runs again from then on (Awb 4:15 lid 1 a).
    """

    reference: str
    request_id: UUID
    who: Words
    name: str
    email: str
    turn: int
    asked_at: datetime
    valid_until: date
    answer_by: date
    answered_at: datetime | None = None
    agreed: bool | None = None
    because: str = ""

    def standing(self, today: date) -> Standing:
        """Where it stands on this day."""
        if self.answered_at:
            return "agreed" if self.agreed else "refused"
        return "waiting" if today <= self.answer_by else "late"

    @property
    def may_ask_again(self) -> bool:
        """Nobody answered, and links are left."""
        return self.answered_at is None and self.turn < MOST_TURNS


def cosignatory_of(progress: Progress) -> Cosignatory | None:
    """Who must agree to these answers too, from the day they are sent; None when nobody has to."""
    product, told = progress.product, progress.evaluation
    if product.cosign is None or not told.cosign:
        return None
    return Cosignatory(
        request_id=new_id(),
        who=product.cosign.who,
        name=told.answers.get(product.cosign.name) or "",
        email=told.answers.get(product.cosign.email) or "",
        answer_by=last_day(progress.on),
    )


def last_day(asked: date) -> date:
    """Until when somebody who is asked on this day may answer: never a free day."""
    return next_working_day(asked + timedelta(days=REPLY_DAYS))


def asked_before(today: date) -> date:
    """Who was asked on this day or earlier and said nothing is reminded today."""
    return add_working_days(today, count=-REMIND_AFTER)


def is_called(name: str, *, typed: str) -> bool:
    """Whether who typed this knows the name: its last word is enough, capitals and accents do not matter."""
    known, given = _words(name), _words(typed)
    return bool(known) and known[-1] in given and len(known[-1]) >= _LEAST_LETTERS


def seen_by_cosigner(product: Product, *, shown: Sequence[AnswerSection]) -> tuple[AnswerSection, ...]:
    """What was asked for, as far as the second signatory needs it: not how to reach or pay the applicant."""
    roles, cosign = product.roles, product.cosign
    hidden = {roles.address, roles.email, roles.phone, roles.bsn, cosign.email if cosign else None}
    hidden |= {question.id for question in product.questions if question.sensitive or question.kind in _PRIVATE}
    sections = (
        AnswerSection(title=section.title, rows=tuple(row for row in section.rows if _counts(row, hidden=hidden)))
        for section in shown
    )
    return tuple(section for section in sections if section.rows)


def told_of(cosigning: Cosigning) -> AnswerSection:
    """What the receipt says of the second signatory."""
    nl, en = "Nog geen antwoord", "No answer yet"
    if cosigning.answered_at:
        on = local_date(cosigning.answered_at)
        nl = f"{'Akkoord' if cosigning.agreed else 'Niet akkoord'} op {long_date(on)}"
        en = f"{'Agreed' if cosigning.agreed else 'Did not agree'} on {long_date(on, language='en')}"
    name = cosigning.name or "-"
    rows = (
        AnswerRow(question="", label=Words(nl="Naam", en="Name"), text=Words(nl=name, en=name)),
        AnswerRow(question="", label=Words(nl="Antwoord", en="Answer"), text=Words(nl=nl, en=en)),
    )
    return AnswerSection(title=Words(nl="Tweede ondertekenaar", en="Second signatory"), rows=rows)


def _counts(row: AnswerRow, *, hidden: Container[str | None]) -> bool:
    return row.question not in hidden and row.text != NOT_FILLED_IN


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(sign if sign.isalnum() else " " for sign in plain).split()
