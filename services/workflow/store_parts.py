"""The parts of the store that stand in modules of their own."""

from __future__ import annotations

from services.workflow.advice_store import AdviceRows
from services.workflow.notice_store import NoticeRows
from services.workflow.request_store import Requests
from services.workflow.task_store import Tasks


class Parts(Requests, Tasks, AdviceRows, NoticeRows):
    """What hangs on cases: questions to the applicant, tasks, advice and notices (parts of the port `Cases`)."""
