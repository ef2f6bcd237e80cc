"""Stand-ins for what is kept of notices and views, all in memory."""

# ruff: noqa: ARG002 a stand-in takes what the port takes and uses what the test needs

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from services.workflow.domain.case import Case
from services.workflow.domain.notice import Notice
from services.workflow.domain.onward import Invite
from services.workflow.domain.view import View, Weighed


@dataclass
class FakeNotices:
    """Notices and views in memory, of one case."""

    notices: dict[UUID, Notice] = field(default_factory=dict)
    views: dict[UUID, View] = field(default_factory=dict)
    invites: list[Invite] = field(default_factory=list)

    def new_number(self, *, at: datetime) -> str:
        return f"{at.year}-{len(self.notices) + 1}"

    def add_notice(self, case: Case, *, notice: Notice, by: str) -> None:
        self.notices[notice.id] = notice

    def notices_of(self, case: Case) -> Sequence[Notice]:
        return list(self.notices.values())

    def take_notice_down(self, notice_id: UUID, *, at: datetime) -> None:
        self.notices[notice_id] = replace(self.notices[notice_id], taken_down_at=at)

    def add_view(self, case: Case, *, view: View) -> bool:
        return self.views.setdefault(view.id, view) is view

    def views_of(self, case: Case) -> Sequence[View]:
        return list(self.views.values())

    def weigh_view(self, view_id: UUID, *, weighed: Weighed) -> None:
        self.views[view_id] = replace(self.views[view_id], weighed=weighed)

    def add_invite(self, case: Case, *, invite: Invite, by: str) -> bool:
        self.invites.append(invite)
        return True

    def case_of_view(self, reference: str) -> str | None:
        return reference
