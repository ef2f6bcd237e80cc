"""Reports that the rules accept as they come in, through the real door and the real tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.workflow import audit
from services.workflow.domain.at_once import in_sample
from services.workflow.inbox import inbox
from shared.catalogue.versions import remember
from shared.events import CaseDecided, SubmissionReceived
from shared.letters.letters import Marks, compose_decision
from shared.wire import from_wire
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import NOW, REFERENCE, SAMIR, small_event, small_event_report, whole_catalogue

OTHER = "Z-2026-2222-2222"


@pytest.fixture
def town(town: Town) -> Town:
    """The service, which knows the report of a small event."""
    with town.connection() as connection:
        remember(connection, small_event())
    return town


def hear(town: Town, said: SubmissionReceived, *, sampled: bool = False) -> None:
    """Let a report come in while the sample is drawn under a key by which it is in it, or is not."""
    keys = (f"key {number}" for number in range(1_000))
    key = next(key for key in keys if in_sample(said.reference, percent=5, key=key) is sampled)
    with town.connection() as connection:
        connection.execute("update workflow.sampling set key = %s", [key])
        inbox.handle(connection, said, now=NOW)


def told(town: Town) -> list[dict[str, Any]]:
    return town.rows("select name, version, payload from bus.event order by id")


def test_a_report_under_every_threshold_is_opened_and_accepted_in_one_transaction(town: Town) -> None:
    hear(town, small_event_report())
    assert [fact["name"] for fact in told(town)] == ["CaseOpened", "CaseDecided"]
    opened, decided = (fact["payload"]["sequence"] for fact in told(town))
    assert decided == opened + 1
    assert town.rows("select status, handler from workflow.cases") == [{"status": "decided", "handler": None}]
    assert town.rows("select decided_by, prepared_by from workflow.decisions") == [
        {"decided_by": None, "prepared_by": []}
    ]
    assert town.rows("select kind, who from workflow.ledger order by id")[-1] == {"kind": "decided", "who": None}


def test_the_letter_says_that_nobody_looked_and_names_reasons_and_remedies(town: Town) -> None:
    hear(town, small_event_report())
    fact = told(town)[-1]
    decided = from_wire(fact["name"], version=fact["version"], payload=fact["payload"])
    assert isinstance(decided, CaseDecided)
    letter = compose_decision(
        decided.decision,
        municipality=whole_catalogue().municipality,
        marks=Marks(reference=REFERENCE),
        sent_on=NOW.date(),
        objection_until=NOW.date(),
    )
    for words in ("Automatisch, volgens onze regels", "Uw melding is akkoord", "Uw evenement is klein", "bezwaar"):
        assert words in letter
    assert "De plek is vrij" not in letter  # nobody and no rule looked at that


def test_the_audit_log_says_which_rules_of_which_version_did_it(town: Town) -> None:
    hear(town, small_event_report())
    assert town.rows("select who, act, reference, details from workflow.audit") == [
        {
            "who": "rules",
            "act": "at_once.accepted",
            "reference": REFERENCE,
            "details": {"version": small_event().version, "rules": ["go-ahead"]},
        }
    ]
    with town.connection() as connection:
        assert audit.verify(connection).broken is None


def test_one_of_the_sample_waits_for_a_person_and_is_found_in_its_list(town: Town) -> None:
    hear(town, small_event_report(), sampled=True)
    hear(town, replace(small_event_report(OTHER), place="Elders"))
    assert town.rows("select status from workflow.cases where reference = %s", [REFERENCE]) == [{"status": "received"}]
    assert [row["act"] for row in town.rows("select act from workflow.audit order by number")] == [
        "at_once.sampled",
        "at_once.accepted",
    ]
    client = town.client(SAMIR)
    sample, accepted = (client.get(f"/?lijst={view}").text for view in ("sample", "rules"))
    assert (REFERENCE in sample, OTHER in sample) == (True, False)
    assert (REFERENCE in accepted, OTHER in accepted) == (False, True)
    assert "Steekproef: de regels zeggen ja" in client.get(f"/zaken/{REFERENCE}/tijdlijn").text


def test_a_handler_reads_at_the_case_that_the_rules_decided_and_why(town: Town) -> None:
    hear(town, small_event_report())
    client = town.client(SAMIR)
    page = client.get(f"/zaken/{REFERENCE}/besluit").text
    for words in ("De regels, zonder medewerker", "Uw evenement is klein en u meldt het op tijd", "APV 2:25 lid 2"):
        assert words in page
    assert small_event().version[:12] in page
    assert "Meteen akkoord, door de regels" in client.get(f"/zaken/{REFERENCE}/tijdlijn").text
    assert client.get(f"/zaken/{REFERENCE}/termijn").status_code == 200


def test_two_events_on_one_place_and_day_are_for_a_person(town: Town) -> None:
    hear(town, small_event_report())
    hear(town, small_event_report(OTHER))
    assert town.rows("select status from workflow.cases where reference = %s", [OTHER]) == [{"status": "received"}]
    assert [fact["name"] for fact in told(town)] == ["CaseOpened", "CaseDecided", "CaseOpened"]


def test_hearing_it_again_accepts_nothing_twice(town: Town) -> None:
    for _ in range(2):
        hear(town, small_event_report())
    assert [fact["name"] for fact in told(town)] == ["CaseOpened", "CaseDecided"]


def test_each_house_draws_its_sample_with_a_key_of_its_own(town: Town) -> None:
    (row,) = town.rows("select key from workflow.sampling")
    assert len(row["key"]) == 36
