"""Gathers the evidence of one message from what was kept of it, as a file for systems and as a sheet for court."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from services.notify.domain.codes import new_code
from services.notify.domain.messages import made_at
from services.notify.domain.proof import Step, What, chained
from services.notify.ports import UnknownMessageError
from services.notify.sheets import Evidence, EvidenceStep, compose_evidence
from shared.catalogue.definitions import Municipality
from shared.database import Connection
from shared.letters.letters import Marks
from shared.letters.pdf import make_pdf

_FACTS: Final = """
select m.id::text, m.kind, m.reference, m.recipient, m.title_nl as about, m.language, m.state, m.round,
       (select p.sha256 from notify.pressings p where p.letter_id = m.letter_id order by p.pressed_at desc limit 1)
           as letter_sha256
from notify.messages m where m.id = %s
"""
_STEPS: Final = """
select began_at as at, 'handed_over' as what,
       trim(concat_ws(' ', case channel when 'box' then 'Berichtenbox' end, provider, nullif(address, ''))) as where,
       coalesce(outcome, 'unknown') as outcome, coalesce(answer, '') as answer, content
from notify.attempts where message_id = %(id)s
union all
select at, 'reported', '', action, trim(concat_ws(' ', code, said)), null from notify.reports where message_id = %(id)s
union all
select o.at, 'opened', coalesce((
    select trim(concat_ws(' ', case a.channel when 'box' then 'Berichtenbox' end, nullif(a.address, '')))
    from notify.messages w join notify.attempts a on a.message_id = w.id
    where w.letter_id = o.letter_id and w.link_number = o.link_number and a.outcome = 'accepted' and a.began_at <= o.at
    order by a.began_at desc limit 1
), ''), '', '', null
from notify.openings o join notify.messages m on m.letter_id = o.letter_id
where m.id = %(id)s and m.link_number in (0, o.link_number)
order by at
"""
"""An opening stands with the address that its link had gone to last; with the first message stand those by any link."""
_SENT_FACTS: Final = """
select n.id::text, c.name as client, n.channel, n.reference as own_reference,
       coalesce(nullif(array_to_string(n.address, ', '), ''), n.recipient) as to,
       v.name as template, n.template_version, n.status as state, n.sha256 as letter_sha256
from notify.notifications n join notify.clients c on c.id = n.client_id
left join notify.template_versions v on v.template_id = n.template_id and v.version = n.template_version
where n.id = %s and n.wiped_at is null
"""
_SENT_STEPS: Final = """
select began_at as at, 'handed_over' as what, provider as where, coalesce(outcome, 'unknown') as outcome,
       coalesce(answer, '') as answer, content
from notify.notification_attempts where notification_id = %(id)s
union all
select at, 'reported', '', action, trim(concat_ws(' ', code, said)), null
from notify.reports where notification_id = %(id)s
union all
select o.at, 'file_opened', n.recipient, '', '', null
from notify.file_openings o join notify.notifications n on n.id = o.notification_id where n.id = %(id)s
order by at
"""
_LABELS: Final[Mapping[str, str]] = {
    "id": "Nummer van het bericht",
    "kind": "Soort",
    "client": "Voor het systeem",
    "channel": "Hoe",
    "own_reference": "Kenmerk van dat systeem",
    "to": "Aan",
    "template": "Sjabloon",
    "template_version": "Versie van het sjabloon",
    "reference": "Zaaknummer",
    "recipient": "E-mailadres",
    "about": "Waarover",
    "language": "Taal",
    "state": "Stand",
    "round": "Aantal keren begonnen",
    "letter_sha256": "SHA-256 van de brief",
}
_CODES: Final = {"kind", "language", "state", "channel"}
_NAMES: Final[Mapping[str, str]] = {"nl": "Nederlands", "en": "Engels", "print room": "Printkamer"}
_DONE: Final[Mapping[What, str]] = {
    "made": "Gemaakt",
    "handed_over": "Overgedragen",
    "reported": "Melding van een ander systeem",
    "opened": "Brief geopend met de link en het zaaknummer",
    "file_opened": "Bestand geopend met de link",
}
_OUTCOMES: Final[Mapping[str, str]] = {
    "accepted": "Aangenomen",
    "refused": "Geweigerd",
    "unreachable": "Niet bereikt",
    "unknown": "Geen antwoord",
    "delivered": "Bezorgd",
    "failed": "Niet bezorgd",
    "delayed": "Vertraagd",
    "relayed": "Doorgestuurd",
}


def read_evidence(connection: Connection, *, message_id: UUID) -> dict[str, Any]:
    """Give the evidence as a file that proves itself whole (`domain.proof.is_whole`). Raises UnknownMessageError."""
    return _read(connection, number=message_id, facts=_FACTS, steps=_STEPS)


def read_sent_evidence(connection: Connection, *, notification_id: UUID) -> dict[str, Any]:
    """Give that of what another system sent through us, as `read_evidence`. Raises UnknownMessageError."""
    return _read(connection, number=notification_id, facts=_SENT_FACTS, steps=_SENT_STEPS)


def _read(connection: Connection, *, number: UUID, facts: LiteralString, steps: LiteralString) -> dict[str, Any]:
    found = connection.execute(facts, [number]).fetchone()
    if found is None:
        raise UnknownMessageError(str(number))
    made = Step(at=made_at(number), what="made")
    rows = connection.execute(steps, {"id": number})
    return chained(found, steps=[made, *(Step(**{**row, "at": row["at"].astimezone(UTC)}) for row in rows)])


class ProofPress:
    """Makes the sheet."""

    def __init__(self, municipality: Municipality, *, check_page: str, names: Mapping[str, str]) -> None:
        """Speak for this municipality; the sheet can be checked at this page. `names` say our codes in Dutch."""
        self._municipality = municipality
        self._names = {**names, **_NAMES}
        self._check_page = check_page

    def press(self, file: Mapping[str, Any], *, now: datetime) -> tuple[bytes, str]:
        """Give the evidence as PDF, and the code that it bears."""
        facts, code = file["message"], new_code()
        shown = [(_LABELS[name], self._said(name, value)) for name, value in facts.items() if value]
        steps = [
            EvidenceStep(
                at=datetime.fromisoformat(line["at"]),
                what=_DONE[line["what"]],
                where=self._names.get(line["where"], line["where"]),
                answer=": ".join(filter(None, (_OUTCOMES.get(line["outcome"], line["outcome"]), line["answer"]))),
            )
            for line in file["steps"]
        ]
        contents = dict.fromkeys(line["content"] for line in file["steps"] if line["content"])
        hashes = [("SHA-256 van de inhoud", each) for each in contents]
        heading = "Bewijs van een bericht"
        html = compose_evidence(
            Evidence(heading=heading, facts=[*shown, *hashes, ("SHA-256 van dit bewijs", file["head"])], steps=steps),
            municipality=self._municipality,
            marks=Marks(reference=facts.get("reference") or "", code=code, check_page=self._check_page),
            made_at=now,
        )
        return make_pdf(html, title=heading, language="nl", created=now), code

    def _said(self, name: str, value: object) -> str:
        return self._names.get(str(value), str(value)) if name in _CODES else str(value)
