"""Keeps what was done of the tasks of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from psycopg.types.json import Jsonb

from services.workflow.domain.case import Case
from services.workflow.domain.todo import Check, Done
from shared.database import Connection

_KEEP = """
insert into workflow.tasks (case_id, task, state, checks, who, at)
values (%(case)s, %(task)s, %(state)s, %(checks)s, %(who)s, %(at)s)
on conflict (case_id, task) do update
set state = excluded.state, checks = excluded.checks, who = excluded.who, at = excluded.at
"""


def done_from(rows: list[dict[str, Any]]) -> Mapping[str, Done]:
    """Read what was done, by task."""
    return {row["task"]: Done(**{**row, "checks": _checks(row["checks"])}) for row in rows}


class Tasks:
    """What was done of tasks, within one transaction (a part of the port `Cases`)."""

    _connection: Connection

    def tasks_done(self, case: Case) -> Mapping[str, Done]:
        """Give what was done of the tasks of a case, by task."""
        rows = self._connection.execute(
            "select task, state, checks, who, at from workflow.tasks where case_id = %s", [case.id]
        ).fetchall()
        return done_from(rows)

    def keep_task(self, case: Case, *, done: Done) -> None:
        """Keep that a task was done or left out, over what was kept of it before."""
        checks = {name: asdict(check) for name, check in done.checks.items()}
        self._connection.execute(_KEEP, {**vars(done), "case": case.id, "checks": Jsonb(checks)})

    def reopen_task(self, case: Case, *, task: str) -> None:
        """Forget that a task was done."""
        self._connection.execute("delete from workflow.tasks where case_id = %s and task = %s", [case.id, task])


def _checks(kept: Mapping[str, Any]) -> Mapping[str, Check]:
    return {name: Check(**found) for name, found in kept.items()}
