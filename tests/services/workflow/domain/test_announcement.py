"""What the announcement of a decision sets in motion."""

from datetime import UTC, date, datetime

from services.workflow.domain import announcement
from shared.law.model import Policy


def test_an_environment_permit_takes_effect_the_next_day_but_felling_waits_four_weeks() -> None:
    announced = date(2026, 3, 5)
    assert announcement.environment_permit_in_force(announced).rolled == date(2026, 3, 6)
    felling = announcement.environment_permit_in_force(announced, irreversible=True)
    assert felling.rolled == date(2026, 4, 3)
    assert [step.nl for step in felling.steps] == [
        "4 weken na 5 maart 2026 is 2 april 2026.",
        "De vergunning geldt vanaf 3 april 2026.",
    ]
    strict = Policy(lapsed_means_day_after=False)
    assert announcement.environment_permit_in_force(announced, irreversible=True, policy=strict).rolled == date(
        2026, 4, 2
    )


def test_a_notification_follows_within_48_hours_also_at_whitsun() -> None:
    placed = datetime(2026, 5, 22, 14, tzinfo=UTC)
    assert announcement.notify_by(placed) == datetime(2026, 5, 24, 14, tzinfo=UTC)
