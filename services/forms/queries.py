"""Reads for the pages: SQL in, plain rows out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from services.forms.afterwards import read_afterwards
from services.forms.domain.cases import Afterwards, CaseFact, Given
from services.forms.domain.files import StoredFile
from services.forms.domain.later import LATER
from services.forms.file_store import COLUMNS, stored
from shared.database import Connection
from shared.events import AnswerSection, Language, Link, NoticeSent, RuleOutcome, Words
from shared.keyring import Keyring
from shared.sealed import open_whole
from shared.wire import from_wire, read_value

_SUBMITTED = """
select reference, product, version, title, channel, language, received_at, decide_by, answers, shown, rules, fee_cents,
       sealed, owner
from forms.submission
"""
_KNOWN = """
select jsonb_build_object('reference', reference, 'name', name, 'version', version, 'payload', payload) as known
from forms.case_fact where reference = any(%(references)s)
union all
select jsonb_build_object('reference', reference, 'name', 'NoticeSent', 'version', 1, 'payload', payload)
from forms.notice where reference = any(%(references)s)
union all
select jsonb_build_object('reference', reference, 'name', 'given', 'request_id', request_id, 'text', text,
                          'asked', asked, 'answers', answers, 'given_at', given_at)
from forms.given where reference = any(%(references)s)
union all
select jsonb_build_object('reference', reference, 'name', 'withdrawn_at', 'value', at)
from forms.withdrawal where reference = any(%(references)s)
union all
select jsonb_build_object('reference', reference, 'name', 'given_up_at', 'value', at)
from forms.given_up where reference = any(%(references)s)
union all
select jsonb_build_object('reference', reference, 'name', 'mark', 'value', jsonb_build_object(
    'mark', mark, 'words', words, 'steps', steps,
    'first_on', coalesce(first_on, (at at time zone 'Europe/Amsterdam')::date)))
from forms.mark where reference = any(%(references)s)
union all
select jsonb_build_object('reference', reference, 'name', 'files_added', 'value', jsonb_agg(at order by at))
from forms.file where reference = any(%(references)s) and question = %(later)s group by reference
union all
select jsonb_build_object('reference', reference, 'name', 'corrected', 'value', jsonb_agg(at order by at))
from forms.correction where reference = any(%(references)s) group by reference
union all
select jsonb_build_object('reference', reference, 'name', 'cosign', 'value', to_jsonb(cosign) - 'token_hash')
from forms.cosign where reference = any(%(references)s)
"""


_OWN_CASES = """
select reference, title, received_at, decide_by from forms.submission where owner = %(owner)s
order by received_at desc limit %(most)s
"""
_OWN_DRAFTS = """
select id, product, version, keep_until from forms.draft
where owner = %(owner)s and reference is null and corrects is null and keep_until >= %(today)s
order by keep_until desc, id desc limit %(most)s
"""

MOST_OWN = 100
"""Cases and drafts that one owner sees together."""


@dataclass(frozen=True, kw_only=True)
class OwnCase:
    """An application in the list of its owner."""

    reference: str
    title: Words
    received_at: datetime
    decide_by: date


@dataclass(frozen=True, kw_only=True)
class OwnDraft:
    """A draft in the list of its owner."""

    id: UUID
    product: str
    version: str
    keep_until: date


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """A form as it was handed in, with nothing sealed: for whoever handed it in; `rules` says which rules spoke."""

    reference: str
    product: str
    version: str
    title: Words
    channel: str
    language: Language
    received_at: datetime
    decide_by: date
    answers: dict[str, Any]
    shown: tuple[AnswerSection, ...]
    rules: tuple[RuleOutcome, ...]
    fee_cents: int | None
    owner: bytes | None


@dataclass(frozen=True, kw_only=True)
class Known:
    """All that came in about one case."""

    facts: tuple[CaseFact, ...]
    notices: tuple[NoticeSent, ...]
    given: tuple[Given, ...]
    afterwards: Afterwards


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """A file that the malware scanner refused or could not judge; `reference` is that of the form it went with."""

    file: StoredFile
    reference: str | None
    destroyed_at: datetime | None
    destroyed_by: str | None


def find_submitted(connection: Connection, *, status_hash: bytes, keyring: Keyring) -> Submitted | None:
    """The submission behind a status link."""
    row = connection.execute(f"{_SUBMITTED} where status_hash = %s", [status_hash]).fetchone()
    return _submitted(row, keyring=keyring) if row else None


def find_link(connection: Connection, *, reference: str) -> Link | None:
    """The case to which this form belongs, as long as what it was written in is kept."""
    row = connection.execute("select link from forms.draft where reference = %s", [reference]).fetchone()
    return read_value(Link, row["link"]) if row and row["link"] else None


def find_cosigned(connection: Connection, *, token_hash: bytes, keyring: Keyring) -> tuple[Submitted, Known] | None:
    """The submission that the second signatory behind a link is asked about, with what is known of it."""
    row = connection.execute(
        f"{_SUBMITTED} where reference = (select reference from forms.cosign where token_hash = %s)",
        [token_hash],
    ).fetchone()
    if row is None:
        return None
    submitted = _submitted(row, keyring=keyring)
    return submitted, find_known(connection, reference=submitted.reference)


def find_file(connection: Connection, *, place: str) -> StoredFile | None:
    """The file that lies in the vault under this name."""
    row = connection.execute(f"select {COLUMNS} from forms.file where place = %s", [place]).fetchone()
    return stored(row) if row else None


def list_quarantine(connection: Connection) -> Sequence[SetAside]:
    """The files that the malware scanner refused or could not judge, the newest first; at most 500."""
    rows = connection.execute(
        f"""
        select {COLUMNS}, reference, destroyed_at, destroyed_by from forms.file
        where scan in ('infected', 'unjudged') order by at desc, id desc limit 500
        """
    )
    return [_set_aside(row) for row in rows]


def find_known(connection: Connection, *, reference: str) -> Known:
    """What came in about a case, in no particular order."""
    return find_all_known(connection, references=[reference])[reference]


def find_all_known(connection: Connection, *, references: Sequence[str]) -> dict[str, Known]:
    """What came in about each of these cases, in one query."""
    rows: dict[str, list[dict[str, Any]]] = {reference: [] for reference in references}
    for row in connection.execute(_KNOWN, {"references": list(references), "later": LATER.id}):
        rows[row["known"]["reference"]].append(row["known"])
    return {reference: _known(found) for reference, found in rows.items()}


def find_own_cases(connection: Connection, *, owner: bytes) -> list[OwnCase]:
    """What this owner handed in, the newest first."""
    rows = connection.execute(_OWN_CASES, {"owner": owner, "most": MOST_OWN}).fetchall()
    return [OwnCase(**{**row, "title": read_value(Words, row["title"])}) for row in rows]


def find_own_drafts(connection: Connection, *, owner: bytes, today: date) -> list[OwnDraft]:
    """What this owner began and did not send, the one that lasts longest first."""
    rows = connection.execute(_OWN_DRAFTS, {"owner": owner, "today": today, "most": MOST_OWN}).fetchall()
    return [OwnDraft(**row) for row in rows]


def _submitted(row: dict[str, Any], *, keyring: Keyring) -> Submitted:
    title = read_value(Words, row["title"])
    whole = open_whole(row.pop("sealed"), reference=row["reference"], keyring=keyring)
    if whole:
        said = {"answers": whole.answers, "shown": whole.shown, "rules": whole.rules}
    else:
        said = {
            "shown": tuple(read_value(AnswerSection, one) for one in row["shown"]),
            "rules": tuple(read_value(RuleOutcome, one) for one in row["rules"]),
        }
    return Submitted(**{**row, **said, "title": title})


def _known(rows: Iterable[dict[str, Any]]) -> Known:
    facts: list[CaseFact] = []
    notices: list[NoticeSent] = []
    given: list[Given] = []
    done: dict[str, Any] = {}
    for known in rows:
        if known["name"] in ("withdrawn_at", "given_up_at", "mark", "files_added", "corrected", "cosign"):
            done[known["name"]] = known["value"]
            continue
        if known["name"] == "given":
            given.append(_given(known))
            continue
        happened = from_wire(known["name"], version=known["version"], payload=known["payload"])
        if isinstance(happened, NoticeSent):
            notices.append(happened)
        else:
            facts.append(cast(CaseFact, happened))
    return Known(facts=tuple(facts), notices=tuple(notices), given=tuple(given), afterwards=read_afterwards(done))


def _set_aside(row: dict[str, Any]) -> SetAside:
    about = {name: row.pop(name) for name in ("reference", "destroyed_at", "destroyed_by")}
    return SetAside(file=stored(row), **about)


def _given(known: dict[str, Any]) -> Given:
    return Given(
        request_id=UUID(known["request_id"]),
        text=known["text"],
        given_at=datetime.fromisoformat(known["given_at"]),
        asked=known["asked"],
        answers=known["answers"],
    )
