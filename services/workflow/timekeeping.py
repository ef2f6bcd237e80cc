"""The timers at work: what is due happens, once; what fails is tried again and shows in /health meanwhile."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any, Final, Protocol

from services.workflow.actions.keeping import keep
from services.workflow.actions.waking import wake
from services.workflow.chores import do_chores
from services.workflow.desk import open_desk
from services.workflow.domain.timers import What
from services.workflow.lateness import PART, WITHOUT, edition
from shared.bus.heartbeat import beat
from shared.clock import utc_now
from shared.database import Connection, connect
from shared.log import logger

LOOK_EVERY_S: Final = 5.0
AT_ONCE: Final = 500
TRUSTED_JUMP_S: Final = 60.0
LONGEST_WAIT_S: Final = 3600

_ESCALATE = """
with due as materialized (
    select t.case_id, t.key, t.due from workflow.timers t join workflow.cases c on c.id = t.case_id
    where t.state = 'waiting' and t.what = 'escalate' and t.due <= %(now)s
    order by t.due limit %(most)s for update of c, t skip locked
), fired as (
    update workflow.timers t set state = 'fired', fired_at = %(now)s
    from due where t.case_id = due.case_id and t.what = 'escalate' and t.key = due.key
)
insert into workflow.timeline (case_id, kind, at, details)
select case_id, 'escalated', %(now)s, jsonb_build_object('of', split_part(key, ':', 1),
       'days', split_part(key, ':', 2)::integer, 'tell', split_part(key, ':', 3))
from due
"""
"""Steps of the ladder only leave a line and a mark, so many go in one statement; cases in somebody's hands are left."""

_TAKE = """
with due as (
    select t.case_id, t.what, t.key from workflow.timers t join workflow.cases c on c.id = t.case_id
    where t.state = 'waiting' and t.what <> 'escalate' and t.due <= %(now)s
    and (t.again_at is null or t.again_at <= %(now)s)
    order by t.due limit 1 for update of c, t skip locked
)
update workflow.timers t set state = 'fired', fired_at = %(now)s
from due join workflow.cases c on c.id = due.case_id
where t.case_id = due.case_id and t.what = due.what and t.key = due.key
returning t.case_id, t.what, t.key, c.reference
"""

_PUT_BACK = """
update workflow.timers set failures = failures + 1,
    again_at = %(now)s + make_interval(secs => least(power(2, least(failures, 12)), %(longest)s))
where case_id = %(case_id)s and what = %(what)s and key = %(key)s and state = 'waiting'
"""

_UNARMED = f"""
select reference from workflow.cases where {WITHOUT} and not (reference = any(%(failed)s))
limit %(most)s for update skip locked
"""


class Besides(Protocol):
    """Other work on the same connection, which commits by itself."""

    def __call__(self, connection: Connection, *, now: datetime) -> bool:
        """Work for some seconds; True when there may be more."""


class Steadiness:
    """Whether the clock on the wall kept pace with time itself; after a jump it must first prove steady."""

    def __init__(self) -> None:
        """Begin without a doubt."""
        self._last: tuple[datetime, float] | None = None
        self._doubt_until = 0.0

    def trusts(self, now: datetime, *, monotonic: float) -> bool:
        """Say whether to act on this instant: not for a minute after the wall clock jumped by more than one."""
        last, self._last = self._last, (now, monotonic)
        if last is not None:
            jump = (now - last[0]).total_seconds() - (monotonic - last[1])
            if abs(jump) > TRUSTED_JUMP_S:
                logger.warning("clock_jumped", seconds=round(jump))
                self._doubt_until = monotonic + TRUSTED_JUMP_S
        return monotonic >= self._doubt_until


def keep_time(*, database_url: str, staff_url: str, besides: Besides) -> None:
    """Let timers go off for ever, connecting anew whenever the database goes away; many may do this at once.

    `besides` is done after each look; while it says that there may be more, the next look comes at once.
    """
    steadiness = Steadiness()
    while True:
        try:
            with connect(database_url, autocommit=True) as connection:
                logger.info("timers_started")
                while True:
                    _look(connection, steadiness=steadiness, staff_url=staff_url)
                    if not besides(connection, now=utc_now()):
                        time.sleep(LOOK_EVERY_S)
        except Exception as error:  # whatever went wrong, nothing else would start this again
            logger.warning("timers_start_anew", error=type(error).__name__)
            time.sleep(LOOK_EVERY_S)


def go_off(connection: Connection, *, now: datetime) -> int:
    """Let everything that is due at this instant happen; give how many. The connection commits by itself."""
    arm_cases(connection, now=now)
    return _escalate(connection, now=now) + _act(connection, now=now)


def arm_cases(connection: Connection, *, now: datetime) -> int:
    """Give timers to the open cases that have none by today's rules, such as those of before a release."""
    armed, failed = 0, list[str]()
    while True:
        with connection.transaction():
            wanted = {"rules": edition(), "most": AT_ONCE, "failed": failed}
            found = [row["reference"] for row in connection.execute(_UNARMED, wanted)]
            failed += [reference for reference in found if not _arm(connection, reference=reference, now=now)]
        armed += len(found)
        if len(found) < AT_ONCE:
            return armed - len(failed)


def _look(connection: Connection, *, steadiness: Steadiness, staff_url: str) -> None:
    """Look once, at the earlier of this machine's clock and the database's: two clocks are rarely fast together."""
    beat(connection, part=PART)
    row = connection.execute("select least(now(), %s) as now", [utc_now()]).fetchone()
    now = row["now"] if row else utc_now()
    if not steadiness.trusts(now, monotonic=time.monotonic()):
        return
    if gone := go_off(connection, now=now):
        logger.info("timers_went_off", count=gone)
    do_chores(connection, now=now, staff_url=staff_url)


def _arm(connection: Connection, *, reference: str, now: datetime) -> bool:
    desk = open_desk(connection, now=now)
    try:
        with connection.transaction():
            case = desk.cases.lock(reference)
            keep(case, before=case, now=now, desk=desk)
    except Exception as error:  # one case that cannot be read keeps no other from its timers
        if connection.closed:
            raise
        logger.error("case_without_timers", error=type(error).__name__)
        return False
    return True


def _escalate(connection: Connection, *, now: datetime) -> int:
    gone = 0
    while True:
        told = connection.execute(_ESCALATE, {"now": now, "most": AT_ONCE}).rowcount
        gone += told
        if told < AT_ONCE:
            return gone


def _act(connection: Connection, *, now: datetime) -> int:
    """Do one after the other, each in a transaction of its own, so that one that fails keeps no other."""
    gone = 0
    while True:
        taken: dict[str, Any] | None = None
        try:
            with connection.transaction():
                taken = connection.execute(_TAKE, {"now": now}).fetchone()
                if taken is None:
                    return gone
                _do(connection, taken=taken, now=now)
            gone += 1
        except Exception as error:  # whatever is wrong with this one, the others go on
            if connection.closed or taken is None:
                raise
            logger.error("timer_failed", what=taken["what"], error=type(error).__name__)
            connection.execute(_PUT_BACK, {**taken, "now": now, "longest": LONGEST_WAIT_S})


def _do(connection: Connection, *, taken: dict[str, Any], now: datetime) -> None:
    desk = open_desk(connection, now=now)
    wake(What(taken["what"]), reference=taken["reference"], key=taken["key"], now=now, desk=desk)
