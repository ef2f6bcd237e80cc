"""A case that is kept for ever, as the archive takes it: its files, the decision, and metadata as JSON and as MDTO.

MDTO is the standard of the Dutch archives for metadata of durable information (Nationaal Archief, MDTO 1.0).
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from xml.etree import ElementTree as Xml

from services.workflow.advice_store import advice_of
from services.workflow.domain.case import Case
from services.workflow.domain.retention import Keeping
from services.workflow.queries import Row, Taken, files_of, requests_of, timeline_of
from services.workflow.view_store import views_of
from shared.database import Connection
from shared.events import SubmissionReceived
from shared.vault import Vault
from shared.wire import to_wire

_MDTO: Final = "https://www.nationaalarchief.nl/mdto"
_LETTER: Final = "besluit.html"
_LIST: Final = "Selectielijst gemeenten en intergemeentelijke organen 2020"


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """All that lies in a case beside the application and its decision, as rows; `files` came with it or with views."""

    files: Sequence[Row]
    timeline: Sequence[Row]
    questions: Sequence[Row]
    advice: Sequence[Row]
    views: Sequence[Row]


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """What goes to the archive of one case; `letter` is the decision as HTML."""

    case: Case
    taken: Taken | None
    keeping: Keeping
    dossier: Dossier
    letter: str | None
    archive: str
    made_at: datetime


def read_dossier(connection: Connection, *, case_id: UUID) -> Dossier:
    """Read it of a case that the person was found to see; addresses of advisers and links of residents stay here."""
    views = views_of(connection, case_id=case_id)
    sent = [vars(view.file) for view in views if view.file]
    return Dossier(
        files=[*files_of(connection, case_id=case_id), *sent],
        timeline=timeline_of(connection, case_id=case_id),
        questions=requests_of(connection, case_id=case_id),
        advice=[asdict(each) | {"email": ""} for each in advice_of(connection, case_id=case_id)],
        views=[asdict(view) | {"link": "", "file": view.file and str(view.file.id)} for view in views],
    )


def pack(transfer: Transfer, *, vault: Vault) -> bytes:
    """Give the zip; a file that the scanner did not clear stays out, and the metadata say so."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("metadata.json", _json(transfer))
        archive.writestr("zaak.mdto.xml", _mdto_of_case(transfer))
        if transfer.letter:
            archive.writestr(_LETTER, transfer.letter)
            archive.writestr(f"{_LETTER}.mdto.xml", _mdto_of_file(_letter_file(transfer), transfer=transfer))
        for number, file in _clean(transfer):
            name = f"bestanden/{number:03}-{file['id']}{_ending(file['name'])}"
            with vault.get(file["place"]) as opened:
                archive.writestr(name, opened.read())
            archive.writestr(f"{name}.mdto.xml", _mdto_of_file(file, transfer=transfer))
    return packed.getvalue()


def _letter_file(transfer: Transfer) -> Row:
    """The decision as a file beside the others."""
    content = (transfer.letter or "").encode()
    return {
        "id": f"{transfer.case.reference}-besluit",
        "name": _LETTER,
        "type": "text/html",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _clean(transfer: Transfer) -> Sequence[tuple[int, Row]]:
    return list(enumerate((file for file in transfer.dossier.files if file["scan"] == "clean"), start=1))


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if stem and dot and ending.isascii() and ending.isalnum() and len(ending) <= 5 else ""


def _json(transfer: Transfer) -> str:
    said = _without_links(transfer.case.submission)
    return json.dumps(
        {
            "reference": transfer.case.reference,
            "retention": {
                "list": _LIST,
                "result": transfer.keeping.rule.number,
                "ending": transfer.keeping.end,
                "closedOn": transfer.keeping.closed_on.isoformat(),
            },
            "application": to_wire(said),
            "sealedAnswersLeftOut": bool(transfer.case.submission.sealed),
            "decision": to_wire(transfer.taken.decision) if transfer.taken else None,
            "questions": transfer.dossier.questions[::-1],
            "advice": transfer.dossier.advice,
            "views": transfer.dossier.views,
            "timeline": [_line(row) for row in reversed(transfer.dossier.timeline)],
            "files": [
                {"id": str(file["id"]), "name": file["name"], "sha256": file["sha256"], "scan": file["scan"]}
                for file in transfer.dossier.files
            ],
        },
        ensure_ascii=False,
        indent=1,
        default=_plain,
    )


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _without_links(said: SubmissionReceived) -> SubmissionReceived:
    """A link of the applicant is a key, and a seal opens for nobody at the archive."""
    return replace(said, status_link="", sealed=None, same_person=())


def _line(row: Row) -> Mapping[str, Any]:
    return {"at": row["at"].isoformat(), "kind": row["kind"], "who": row["who"], "details": row["details"]}


def _mdto_of_case(transfer: Transfer) -> bytes:
    root = Xml.Element("MDTO", xmlns=_MDTO)
    thing = Xml.SubElement(root, "informatieobject")
    _identify(thing, mark=transfer.case.reference)
    _text(thing, "naam", f"{transfer.case.submission.title.nl} {transfer.case.reference}")
    _coded(thing, "aggregatieniveau", label="Dossier", source="MDTO begrippenlijst aggregatieniveaus")
    _event(thing, kind="Ontvangst", at=transfer.case.submission.received_at.isoformat())
    _event(thing, kind="Afsluiting", at=transfer.keeping.closed_on.isoformat())
    number = f"{transfer.keeping.rule.number}: blijvend te bewaren"
    _coded(thing, "waardering", label="Blijvend te bewaren", source="MDTO begrippenlijst waarderingen")
    _coded(thing, "informatiecategorie", label=number, source=_LIST)
    for file in (*([_letter_file(transfer)] if transfer.letter else ()), *(file for _, file in _clean(transfer))):
        held = Xml.SubElement(thing, "heeftRepresentatie")
        _text(held, "verwijzingNaam", file["name"])
        _identify(held, mark=str(file["id"]), name="verwijzingIdentificatie")
    maker = Xml.SubElement(thing, "archiefvormer")
    _text(maker, "verwijzingNaam", transfer.archive)
    limit = Xml.SubElement(thing, "beperkingGebruik")
    _coded(limit, "beperkingGebruikType", label="Persoonsgegevens", source="AVG")
    return _written(root)


def _mdto_of_file(file: Row, *, transfer: Transfer) -> bytes:
    root = Xml.Element("MDTO", xmlns=_MDTO)
    thing = Xml.SubElement(root, "bestand")
    _identify(thing, mark=str(file["id"]))
    _text(thing, "naam", file["name"])
    _text(thing, "omvang", str(file["bytes"]))
    _coded(thing, "bestandsformaat", label=file["type"], source="IANA Media Types")
    check = Xml.SubElement(thing, "checksum")
    _coded(check, "checksumAlgoritme", label="SHA-256", source="MDTO begrippenlijst checksumalgoritmen")
    _text(check, "checksumWaarde", file["sha256"])
    _text(check, "checksumDatum", transfer.made_at.isoformat())
    of = Xml.SubElement(thing, "isRepresentatieVan")
    _text(of, "verwijzingNaam", transfer.case.reference)
    return _written(root)


def _identify(parent: Xml.Element, *, mark: str, name: str = "identificatie") -> None:
    identification = Xml.SubElement(parent, name)
    _text(identification, "identificatieKenmerk", mark)
    _text(identification, "identificatieBron", "Balie")


def _event(parent: Xml.Element, *, kind: str, at: str) -> None:
    happened = Xml.SubElement(parent, "event")
    _coded(happened, "eventType", label=kind, source="MDTO begrippenlijst eventtypen")
    _text(happened, "eventTijd", at)


def _coded(parent: Xml.Element, name: str, *, label: str, source: str) -> None:
    coded = Xml.SubElement(parent, name)
    _text(coded, "begripLabel", label)
    named = Xml.SubElement(coded, "begripBegrippenlijst")
    _text(named, "verwijzingNaam", source)


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = text


def _written(root: Xml.Element) -> bytes:
    Xml.indent(root)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))
