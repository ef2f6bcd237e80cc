"""What a decision can come to: which outcomes are open on a day, and what the rarer ones say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from services.workflow.domain.clock import Clock, Silent
from services.workflow.domain.fault import Fault
from services.workflow.domain.question import missing_parts
from shared.catalogue.definitions import SilenceEffect
from shared.events import Nature, Reason, Result, Words
from shared.law.calendar import local_date, long_date
from shared.natures import ON_OBJECTION

REFUSES: Final = frozenset[Result]({"refused", "granted_partly"})
"""Turns the application down, wholly or in part: it needs a ground, and the applicant heard (Awb 3:46, 4:7)."""

WITHOUT_CONDITIONS: Final = frozenset[Result]({"refused", "not_processed", "not_needed", *ON_OBJECTION})

Mending = Literal["open", "complete", "partly", "none"]
"""What came of a question to complete an objection: it can still be answered, all came, a part did, or nothing."""

Renewal = Literal["granted", "granted_partly", "refused", "revoked"]
"""What comes in the place of a decision that did not stand after an objection; revoked: nothing does."""

RENEWALS: Final[Mapping[Renewal, Words]] = {
    "granted": Words(nl="Wij geven het alsnog", en="We grant it after all"),
    "granted_partly": Words(nl="Wij geven een deel", en="We grant a part"),
    "refused": Words(nl="Wij weigeren het alsnog", en="We refuse it after all"),
    "revoked": Words(nl="Het eerste besluit vervalt, er komt geen nieuw", en="The first decision falls, no new one"),
}
GIVES_ANEW: Final = frozenset[Renewal]({"granted", "granted_partly"})
"""With these the objection gives what the first decision refused."""
ENDS_PERMIT: Final = frozenset[Renewal]({"refused", "revoked"})
"""After these what the first decision gave is over."""


@dataclass(frozen=True, kw_only=True)
class Renewed:
    """What came in the place of a decision, when and in which case on an objection; `sent_at`: announced (Awb 3:40).

    `until` is the last day of what it gives, where the decision says that.
    """

    renewal: Renewal
    text: str
    at: datetime
    reference: str
    sent_at: datetime | None
    until: date | None = None

    @property
    def gives_from(self) -> date | None:
        """From when on it gives what the first decision refused; None where it does not, or is not announced yet."""
        return local_date(self.sent_at) if self.sent_at and self.gives else None

    @property
    def given_until(self) -> date | None:
        """The last day of what it gives, where it says one; None as long as it gives nothing."""
        return self.until if self.gives_from else None

    @property
    def gives(self) -> bool:
        """It gives what was asked, wholly or in part; else nothing is given any more."""
        return self.renewal in GIVES_ANEW

    @property
    def words(self) -> Words:
        """What came in its place, in words."""
        return RENEWALS[self.renewal]


class NotProcessableError(Exception):
    """It is left unprocessed only after a question without a sufficient answer, within four weeks (Awb 4:5)."""


class NotByLawError(Exception):
    """Only silence grants by operation of law, where a regulation says so and the term is over (Awb 4:20b)."""


class GivenByLawError(Exception):
    """The law gave what was asked already: it is announced, and cannot be refused any more (Awb 4:20b, 4:20c)."""


def outcomes_of(clock: Clock, *, chosen: Result | None = None, nature: Nature = Nature.PERMIT) -> tuple[Result, ...]:
    """Give what can be chosen on the day of this clock, and what was `chosen` already."""
    if nature is Nature.OBJECTION:
        return ON_OBJECTION
    if _given_by_law(clock):
        return ("by_law",)
    open_ones: tuple[Result, ...] = ("granted", "granted_partly", "refused", "not_needed")
    if clock.refuse_by:
        open_ones += ("not_processed",)
    return open_ones if chosen is None or chosen in open_ones else (*open_ones, chosen)


def check_outcome(result: Result | None, *, clock: Clock, today: date) -> None:
    """See that the law leaves this outcome open today.

    Raises:
        NotProcessableError: nothing was asked, or the four weeks are over (Awb 4:5 lid 1, 4).
        NotByLawError, GivenByLawError.
    """
    if result == "by_law" and not _given_by_law(clock):
        raise NotByLawError
    if result != "by_law" and _given_by_law(clock):
        raise GivenByLawError
    if result == "not_processed" and (clock.refuse_by is None or today > clock.refuse_by.rolled):
        raise NotProcessableError


def by_law_reason(silent: Silent, *, last_day: date, article: str) -> Reason:
    """Say that it was given by operation of law, and since when, as the announcement must (Awb 4:20c lid 2)."""
    return Reason(
        text=f"Wij moesten uiterlijk op {long_date(last_day)} beslissen. Dat hebben wij niet gedaan. "
        "Daarom geeft de wet u wat u vroeg. Dat heet: van rechtswege. "
        f"Dit geldt vanaf {long_date(silent.from_day)}.",
        source=f"Awb 4:20b en {article}",
    )


def partly_reason(given: str, *, withheld: str, source: str) -> Reason:
    """Say in words what is granted and what is not."""
    return Reason(text=f"Dit krijgt u wel: {given.strip()}\nDit krijgt u niet: {withheld.strip()}", source=source)


def faults_in_renewal(renewal: Renewal | None, *, text: str) -> Iterator[Fault]:
    """Say what is missing about the first decision: what comes in its place (Awb 7:11 lid 2, from memory)."""
    if renewal is None:
        words = Words(nl="Kies wat er met het eerste besluit gebeurt.", en="Choose what becomes of the first decision.")
        yield Fault("renewal", words)
    elif renewal != "revoked" and not text.strip():
        yield Fault("renewal_text", Words(nl="Schrijf op wat u nu besluit.", en="Write what you decide now."))


def renewal_reason(renewal: Renewal, *, text: str, first: str | None, until: date | None = None) -> Reason:
    """Say that the first decision falls and what is decided instead (Awb 7:11 lid 2, from memory)."""
    falls = f"Wij herroepen ons besluit in zaak {first}." if first else "Wij herroepen ons eerste besluit."
    instead = "" if renewal == "revoked" else f" In plaats daarvan besluiten wij: {RENEWALS[renewal].nl.lower()}."
    lasts = f" Dit geldt tot en met {long_date(until)}." if until else ""
    return Reason(text=f"{falls}{instead}{lasts} {text.strip()}".strip(), source="Awb 7:11 lid 2")


def unmended_reason(flaws: Iterable[str], *, asked_on: date, answer_by: date) -> str:
    """Say that something was missing in an objection, and that nothing came though there was time to (Awb 6:6)."""
    return (
        f"Op {long_date(asked_on)} vroegen wij u uw bezwaar aan te vullen. "
        f"Wij misten: {', '.join(missing_parts(flaws))}. "
        f"Dat kon tot en met {long_date(answer_by)}. Wij kregen geen aanvulling."
    )


def _given_by_law(clock: Clock) -> bool:
    return clock.silent is not None and clock.silent.effect is SilenceEffect.GRANTED
