"""Looks at what a storm left: the databases, the mailbox and the status pages, and whether all is quiet."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
import requests

from dev.house import House
from shared.bus import Courier, DeadMessage, list_dead
from shared.clock import utc_now
from shared.database import connect
from shared.events import Party, SubmissionReceived, Words
from tests.chaos.count import Evidence, Mail, Trip
from tests.chaos.residents import Submission

QUIET_WITHIN_S = 420.0
"""A storm of a minute leaves some five hundred decisions, each with a letter and a card to press."""

_OPEN = """
select e.name, d.consumer, count(*) as number, max(d.attempt) as attempts, max(d.reason) as reason
from bus.delivery d join bus.event e on e.id = d.event_id
where d.done_at is null and d.dead_at is null and (d.failures > 0 or d.due_at < now() + interval '1 minute')
group by e.name, d.consumer
"""
_CASES = "select submission->'applicant'->>'email' as applicant, reference from workflow.cases"
_DECIDED = """
select c.submission->'applicant'->>'email' as applicant, c.reference
from workflow.decisions d join workflow.cases c on c.id = d.case_id
"""
_TOLD = """
select c.submission->'applicant'->>'email' as applicant, c.reference
from bus.event e join workflow.cases c on c.reference = e.payload ->> 'reference' where e.name = 'CaseDecided'
"""
_ORDERED = """
select distinct c.submission->'applicant'->>'email' as applicant, c.reference
from workflow.bulk_cases b join workflow.cases c on c.id = b.case_id where b.state <> 'chosen'
"""
_DONE_TOGETHER = """
select c.submission->'applicant'->>'email' as applicant, c.reference
from workflow.bulk_cases b join workflow.cases c on c.id = b.case_id where b.state = 'done'
"""
_WAITING = """
select 'bulk_cases' as name, count(*) as number from workflow.bulk_cases where state = 'waiting' having count(*) > 0
"""
_LETTERS = """
select l.recipient as applicant, l.reference
from notify.letters l join notify.pressings p on p.letter_id = l.id
"""
_KNOWN = """
select s.answers->>'email' as applicant, s.reference from forms.submission s
join forms.case_fact f on f.reference = s.reference and f.name = 'CaseOpened'
"""
_MESSAGES = """
select id::text as id, kind, coalesce(reference, '') as reference from notify.messages
union all select id::text, 'notification', '' from notify.notifications
"""
_NOTIFICATIONS = "select recipient as applicant, '' as reference from notify.notifications"
_DELAYS = """
select percentile_disc(array[0.5, 0.95, 1]) within group (order by extract(epoch from d.done_at - e.at)) as seconds,
    count(*) filter (where d.attempt > 1) as again, count(*) as number
from bus.delivery d join bus.event e on e.id = d.event_id
where d.done_at is not null and e.name = 'SubmissionReceived'
"""


class RestlessError(Exception):
    """Facts are still unheard long after the storm."""


def plant(database_url: str) -> None:
    """Tell of a submission for a product that does not exist: a message that nobody can ever handle."""
    noor = Party(
        kind="person", name="Noor", organisation=None, kvk=None, email="noor@example.org", phone=None, address=None
    )
    planted = SubmissionReceived(
        reference="Z-0000-PLNT-0000",
        product="unicorns",
        version="0" * 64,
        title=Words(nl="Eenhoorn", en="Unicorn"),
        received_at=utc_now(),
        channel="api",
        language="nl",
        applicant=noor,
        place=None,
        starts=None,
        ends=None,
        answers={},
        shown=(),
        files=(),
        rules=(),
        fee_cents=None,
        missing=(),
        identified=None,
        sources={},
        same_person=(),
        sealed=None,
        cosignatory=None,
        clerk=None,
        represented=None,
        link=None,
        status_link="https://example.org/status/none",
    )
    with connect(database_url) as connection:
        Courier(connection, now=utc_now()).tell(planted)


def await_quiet(house: House) -> float:
    """Wait until every fact was heard, and give the seconds it took.

    Raises:
        RestlessError: facts are still open after seven minutes; the message says which.
    """
    began = time.monotonic()
    while still_open := _open_facts(house):
        if time.monotonic() - began > QUIET_WITHIN_S:
            raise RestlessError("; ".join(map(str, still_open)))
        time.sleep(0.2)
    return time.monotonic() - began


def gather(house: House, *, submissions: Sequence[Submission], sent: Sequence[Trip]) -> Evidence:
    """See what there is, also of what the API promised to send."""
    with connect(house.dsn()) as connection:

        def trips(question: str) -> list[Trip]:
            return [Trip(**row) for row in connection.execute(question)]

        kinds = {row["id"]: (row["kind"], row["reference"]) for row in connection.execute(_MESSAGES)}
        return Evidence(
            receipts=[trip for submission in submissions for trip in submission.trips],
            cases=trips(_CASES),
            pages=list(_pages(submissions)),
            known=trips(_KNOWN),
            decided=trips(_DECIDED),
            told=trips(_TOLD),
            ordered=trips(_ORDERED),
            done_together=trips(_DONE_TOGETHER),
            letters=trips(_LETTERS),
            sent=sent,
            notifications=trips(_NOTIFICATIONS),
            mails=[_mail(message, kinds=kinds) for message in _messages(house)],
        )


def dead_messages(house: House) -> list[DeadMessage]:
    """List what nobody could handle."""
    with connect(house.dsn()) as connection:
        return list_dead(connection)


def delays(house: House) -> str:
    """Say how long it took from a receipt to the case, through all the kills."""
    with connect(house.dsn()) as connection:
        row = connection.execute(_DELAYS).fetchone() or {}
    half, most, longest = (f"{float(each):.2f}" for each in row["seconds"])
    again = f"{row['again']} of {row['number']} took more than one attempt"
    return f"receipt to case: p50 {half} s, p95 {most} s, longest {longest} s; {again}"


def _open_facts(house: House) -> list[dict[str, Any]]:
    try:
        with connect(house.dsn()) as connection:
            return [*connection.execute(_OPEN), *connection.execute(_WAITING)]
    except psycopg.OperationalError as error:
        return [{"database": str(error)}]


def _pages(submissions: Iterable[Submission]) -> Iterable[Trip]:
    """The status pages that answer, and ask for the reference as they should."""
    with requests.Session() as session:
        for submission in submissions:
            for trip, page in zip(submission.trips, submission.receipts.values(), strict=True):
                answer = session.get(page, timeout=10)
                if answer.status_code == 200 and 'name="reference"' in answer.text:
                    yield trip


def _messages(house: House) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = requests.get(f"{house.mailbox_url}/api/messages", timeout=60).json()["messages"]
    return found


def _mail(message: dict[str, Any], *, kinds: dict[str, tuple[str, str]]) -> Mail:
    number = message["message_id"].strip("<>").partition("@")[0]
    kind, reference = kinds.get(number, ("", ""))
    return Mail(message["message_id"], message["to"][0], kind, reference)
