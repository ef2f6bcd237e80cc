"""Every fact has a hearer, every hearer a handler, every queue a worker."""

from __future__ import annotations

import importlib

import pytest
import yaml

from shared.bus import Inbox
from shared.routes import CONSUMERS, HEARERS
from shared.wire import CATALOGUE
from tests.house.source import HOME

INBOXES = {
    "forms": "services.forms.inbox",
    "workflow": "services.workflow.inbox",
    "notify": "services.notify.inbox",
    "press": "services.notify.inbox",
}


def test_every_event_has_a_route_and_every_route_an_event() -> None:
    assert set(HEARERS) == set(CATALOGUE.values())
    assert {consumer for hearers in HEARERS.values() for consumer in hearers} == set(CONSUMERS)


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_a_consumer_handles_exactly_what_is_routed_to_it(consumer: str) -> None:
    found = [
        thing
        for thing in vars(importlib.import_module(INBOXES[consumer])).values()
        if isinstance(thing, Inbox) and thing.consumer == consumer
    ]

    assert [inbox.heard for inbox in found] == [frozenset(e for e, hearers in HEARERS.items() if consumer in hearers)]


def test_every_queue_has_a_worker_in_production() -> None:
    compose = yaml.safe_load((HOME / "compose.yaml").read_text(encoding="utf-8"))
    commands = [" ".join(service.get("command", [])) for service in compose["services"].values()]

    for service in ("forms", "workflow", "notify"):
        assert sum(f"services.{service} work" in command for command in commands) == 1
        assert sum(f"services.{service} serve" in command for command in commands) == 1
    assert sum("services.notify press" in command for command in commands) == 1
    assert sum("shared.bus relay" in command for command in commands) == 1
    assert sum("shared.bus clock" in command for command in commands) == 1
