"""What the actions need besides of cases: what is made known of them, what talks lead to, and which team gets them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.workflow.domain.appeal import Appeal
from services.workflow.domain.case import Case
from services.workflow.domain.notice import Notice
from services.workflow.domain.onward import Invite
from services.workflow.domain.outcomes import Renewal, Renewed
from services.workflow.domain.routing import Table
from services.workflow.domain.view import View, Weighed
from services.workflow.domain.withdrawing import Prepared, Withdrawal


class Notices(Protocol):
    """What of cases is made known to the public, the views on it, and what talks lead to."""

    def new_number(self, *, at: datetime) -> str:
        """Give a number that no notice had yet."""

    def add_notice(self, case: Case, *, notice: Notice, by: str) -> None:
        """Keep what was published."""

    def notices_of(self, case: Case) -> Sequence[Notice]:
        """Give all notices of a case, the newest first."""

    def take_notice_down(self, notice_id: UUID, *, at: datetime) -> None:
        """Keep that it is shown no more."""

    def add_view(self, case: Case, *, view: View) -> bool:
        """Keep a view; False when it is known already."""

    def views_of(self, case: Case) -> Sequence[View]:
        """Give all views on a case, the first in front."""

    def weigh_view(self, view_id: UUID, *, weighed: Weighed) -> None:
        """Keep how a view was weighed, over what was kept before."""

    def add_invite(self, case: Case, *, invite: Invite, by: str) -> bool:
        """Keep which application was laid ready; False when it lies there already."""

    def case_of_view(self, reference: str) -> str | None:
        """Give the reference of the case that a view is about."""


class Routing(Protocol):
    """Which team gets which cases."""

    def routing(self) -> Table | None:
        """Give the table that says which team gets a case; None while there never was one."""

    def place(self, case: Case) -> None:
        """Keep with which team a case lies."""


class Renewing(Protocol):
    """What becomes of a decision after it went: replaced, taken back, given up, appealed against."""

    def replaced(self, case: Case) -> Renewed | None:
        """Give what came in the place of the decision of this case after an objection."""

    def renew_first(self, case: Case, *, renewal: Renewal, text: str, by: str | None, at: datetime) -> None:
        """Keep what comes in the place of the decision that this case objects to; the first case tells so too."""

    def give_up(self, case: Case, *, because: str, at: datetime) -> bool:
        """Keep that its holder does not need it any more; False when that is known."""

    def has_ended(self, case: Case) -> bool:
        """Whether what was granted was given up by its holder, taken back or renewed."""

    def retain_anew(self, case: Case) -> None:
        """Have it worked out again how long this case is kept: what it gave ended, or another decision counts."""

    def withdraw_permit(self, case: Case, *, withdrawal: Withdrawal, by: str, at: datetime) -> None:
        """Keep that what was granted is taken back."""

    def drop_prepared(self, case: Case) -> None:
        """Forget what waited for a colleague: it was signed."""

    def prepare_withdrawal(self, case: Case, *, prepared: Prepared) -> None:
        """Keep what waits for a colleague to sign; the last one counts."""

    def prepared_withdrawal(self, case: Case) -> Prepared | None:
        """Give what waits for a colleague to sign."""

    def appeals_of(self, case: Case) -> Sequence[Appeal]:
        """Give the appeals at the court about a case, the oldest first."""

    def keep_appeal(self, case: Case, *, appeal: Appeal, by: str, at: datetime) -> bool:
        """Keep an appeal as it is now; False where it is about another case."""
