"""Mail servers stand in for each other; whatever they do, no message is lost and none that was taken leaves again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.breaker import LONGEST_REST, RESTS_AFTER, SHORTEST_REST, Health
from services.notify.domain.states import Outcome
from services.notify.failover import Providers
from services.notify.mailbox import SmtpSender
from services.notify.ports import DownError, RefusedError, UnreachableError
from shared.ids import new_id
from tests.services.notify.noor import NOW, OPENED, FakeSender
from tests.services.notify.sink import Sink, free_port
from tests.services.notify.test_mailbox import FROM, MAIL
from tests.services.notify.trip import Trip

MESSAGES = 24


class Tried:
    """Notes each attempt."""

    def __init__(self) -> None:
        self.providers: list[str] = []
        self.outcomes: list[Outcome] = []

    def begin(self, *, provider: str, content: str) -> UUID:
        assert len(content) == 64
        self.providers.append(provider)
        return new_id()

    def end(self, attempt: UUID, *, outcome: Outcome, answer: str) -> None:
        assert (attempt.version, bool(answer)) == (7, True)
        self.outcomes.append(outcome)


def named(name: str, *, trouble: Exception | None = None) -> FakeSender:
    sender = FakeSender(trouble=trouble)
    sender.name = name
    return sender


@given(st.lists(st.booleans(), max_size=30))
def test_a_provider_rests_after_failures_on_end_for_longer_each_time_and_is_well_after_one_mail(
    ups: list[bool],
) -> None:
    health, on_end = Health(), 0
    for up in ups:
        health, on_end = health.after(up=up, now=NOW), 0 if up else on_end + 1
        assert health.rests(NOW) == (on_end >= RESTS_AFTER)
        assert not health.rests(NOW + LONGEST_REST)
    if on_end == RESTS_AFTER:
        assert health.until == NOW + SHORTEST_REST


def test_the_next_takes_over_while_the_first_is_away_and_one_mail_finds_out_that_it_is_back() -> None:
    first, second, tried, now = named("first", trouble=DownError("away")), named("second"), Tried(), [NOW]
    providers = Providers([first, second], clock=lambda: now[0])
    for _ in range(RESTS_AFTER + 2):
        providers.hand_over(MAIL, begin=tried.begin, end=tried.end)
    assert Counter(tried.providers) == {"first": RESTS_AFTER, "second": RESTS_AFTER + 2}
    now[0] += SHORTEST_REST
    first.trouble = None
    providers.hand_over(MAIL, begin=tried.begin, end=tried.end)
    assert tried.providers[-1] == "first"
    assert len(second.sent) == RESTS_AFTER + 2


def test_a_refusal_is_final_and_a_busy_mailbox_is_no_illness_of_the_server() -> None:
    first, second, tried = named("first", trouble=RefusedError("550")), named("second"), Tried()
    providers = Providers([first, second], clock=lambda: NOW)
    with pytest.raises(RefusedError):
        providers.hand_over(MAIL, begin=tried.begin, end=tried.end)
    assert second.sent == []
    first.trouble = second.trouble = UnreachableError("450 busy")
    for _ in range(RESTS_AFTER + 1):
        with pytest.raises(UnreachableError, match="busy"):
            providers.hand_over(MAIL, begin=tried.begin, end=tried.end)
    first.trouble = second.trouble = DownError("away")
    for _ in range(RESTS_AFTER):
        with pytest.raises(DownError, match="away"):
            providers.hand_over(MAIL, begin=tried.begin, end=tried.end)
    with pytest.raises(DownError, match="rests"):
        providers.hand_over(MAIL, begin=tried.begin, end=tried.end)


def test_whatever_a_server_does_nothing_is_lost_and_only_what_hung_up_after_it_took_a_mail_sees_it_again(
    trip: Trip, sink: Sink
) -> None:
    away = SmtpSender(f"smtp://127.0.0.1:{free_port()}", sender=FROM)
    trip.sender = away
    for number in range(MESSAGES):
        trip.tell(replace(OPENED, reference=f"Z-2026-{number:04d}-AAAA"))
    trip.work("notify")
    assert trip.rows("select distinct state from notify.messages") == [{"state": "sending"}]
    trip.stand_ins = (SmtpSender(sink.url, sender=FROM),)
    moods = cycle(["451 later", "250 OK", "drop", "421 closing", "554 never", "250 OK", "250 OK"])
    sink.script = (next(moods) for _ in range(MESSAGES * 2))
    for _ in range(8):
        trip.now += timedelta(minutes=10)
        trip.work("notify")
    kept = {
        f"<{row['id']}@voorbeeld.example>": row["state"] for row in trip.rows("select id, state from notify.messages")
    }
    assert len(kept) == MESSAGES
    assert set(kept.values()) == {"sent", "permanent-failure"}
    answers = {name: [answer for number, answer in sink.said if number == name] for name in kept}
    for name, heard in answers.items():
        taken = heard.count("250 OK")
        assert taken == int(kept[name] == "sent")
        assert heard.count("554 never") == int(kept[name] == "permanent-failure")
        assert "drop" in heard or heard.count("250 OK") + heard.count("554 never") == 1
    assert any("drop" in heard for heard in answers.values())
    sent = [each["message_id"] for each in trip.told("NoticeSent")]
    failed = [each["message_id"] for each in trip.told("NoticeFailed")]
    assert len(set(sent)) + len(set(failed)) == len(sent) + len(failed) == MESSAGES
