"""The parts of the store that stand in modules of their own."""

from __future__ import annotations

from services.workflow.advice_store import AdviceRows
from services.workflow.draft_store import Drafts
from services.workflow.endings_store import Endings
from services.workflow.invite_store import InviteRows
from services.workflow.linked_store import LinkedCases
from services.workflow.notice_store import NoticeRows
from services.workflow.request_store import Requests
from services.workflow.routing_store import Routes
from services.workflow.task_store import Tasks
from services.workflow.view_store import ViewRows


class Parts(Requests, Tasks, AdviceRows, NoticeRows, ViewRows, LinkedCases, InviteRows, Routes, Drafts, Endings):
    """What hangs on cases: questions, tasks, advice, notices, views, other cases, teams, drafts (of `Cases`)."""
