"""Every fact has a hearer, every hearer a handler, every queue a worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import yaml

import services.forms.inbox
import services.notify.inbox
import services.notify.press_inbox
import services.workflow.inbox
from services.notify.box_inbox import hear_boxes
from services.notify.bulk_inbox import open_bulk_inbox
from services.notify.callback_inbox import open_callback_inbox
from services.notify.client_inbox import hear_client_letters, hear_clients
from services.notify.table import OWN, read_table
from services.notify.wiping import hear_day
from shared.bus import Inbox
from shared.routes import CONSUMERS, HEARERS
from shared.wire import CATALOGUE
from tests.house.source import HOME

INBOXES: dict[str, Callable[[], Inbox]] = {
    "forms": lambda: services.forms.inbox.open_inbox(_never, links=_never),  # type: ignore[arg-type]
    "workflow": lambda: services.workflow.inbox.inbox,
    "notify": lambda: _hearing_clients(
        services.notify.inbox.open_inbox(_never, links=_never, table=read_table(OWN)),  # type: ignore[arg-type]
        hear=_hear_more,
    ),
    "press": lambda: _hearing_clients(
        services.notify.press_inbox.open_press_inbox(
            _never,  # type: ignore[arg-type]
            vault=_never,  # type: ignore[arg-type]
            shop=_never,  # type: ignore[arg-type]
            table=read_table(OWN),
        ),
        hear=_hear_letters,
    ),
    "bulk": lambda: open_bulk_inbox(out=_never, printing=_never),  # type: ignore[arg-type]
    "callbacks": lambda: open_callback_inbox(_never, cases=""),  # type: ignore[arg-type]
}


def test_every_event_has_a_route_and_every_route_an_event() -> None:
    assert set(HEARERS) == set(CATALOGUE.values())
    assert {consumer for hearers in HEARERS.values() for consumer in hearers} == set(CONSUMERS)


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_a_consumer_handles_exactly_what_is_routed_to_it(consumer: str) -> None:
    inbox = INBOXES[consumer]()

    assert inbox.consumer == consumer
    assert inbox.heard == {event for event, hearers in HEARERS.items() if consumer in hearers}


def test_every_queue_has_a_worker_in_production() -> None:
    compose = yaml.safe_load((HOME / "compose.yaml").read_text(encoding="utf-8"))
    commands = [" ".join(service.get("command", [])) for service in compose["services"].values()]

    for service in ("forms", "workflow", "notify"):
        assert sum(f"services.{service} work" in command for command in commands) == 1
        assert sum(f"services.{service} serve" in command for command in commands) == 1
    assert sum("services.notify press callbacks" in command for command in commands) == 1
    assert sum("services.notify bulk" in command for command in commands) == 1
    assert sum("shared.bus relay" in command for command in commands) == 1
    assert sum("shared.bus clock" in command for command in commands) == 1


def _hearing_clients(inbox: Inbox, *, hear: Callable[[Inbox], None]) -> Inbox:
    hear(inbox)
    return inbox


def _hear_more(inbox: Inbox) -> None:
    hear_boxes(inbox)
    hear_clients(inbox, out=_never)  # type: ignore[arg-type]


def _hear_letters(inbox: Inbox) -> None:
    hear_client_letters(inbox, printing=_never)  # type: ignore[arg-type]
    hear_day(inbox, vault=_never, kept_for=timedelta(days=1))  # type: ignore[arg-type]


def _never() -> None:
    """Stands where a handler would find its means; no handler is called here."""
