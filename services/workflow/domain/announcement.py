"""What a decision's announcement sets in motion, and the duty to tell that a message is ready (Awb 2:10, Ow 16.79)."""

from datetime import date, datetime

from shared.law import wording
from shared.law.calendar import ONE_DAY, hours_after
from shared.law.counting import count_on, fixed_day
from shared.law.model import Amount, Policy, Step, Term, Unit

NOTIFICATION_HOURS = 48
STANDSTILL = Amount(amount=4, unit=Unit.weeks, article="Ow 16.79 lid 2")


def environment_permit_in_force(
    announced: date, *, irreversible: bool = False, after: Amount = STANDSTILL, policy: Policy | None = None
) -> Term:
    """The day on which a permit takes effect: the day after the announcement (afdeling 3.4: after the deposit).

    An act that cannot be undone, such as felling, waits until four weeks have passed.
    """
    if not irreversible:
        day, article = announced + ONE_DAY, "Ow 16.79 lid 1 onder a"
        return fixed_day(day, steps=(_in_force(day, article),))
    passed = count_on(announced, length=after)
    day = passed + ONE_DAY if (policy or Policy()).lapsed_means_day_after else passed
    steps = (wording.counted(announced, length=after, end=passed), _in_force(day, after.article))
    return fixed_day(day, steps=steps)


def notify_by(placed: datetime, *, hours: int = NOTIFICATION_HOURS) -> datetime:
    """The last moment (UTC) to notify of a message placed in the portal (Awb 2:10 lid 1); no weekend rule."""
    return hours_after(placed, hours=hours)


def _in_force(day: date, article: str) -> Step:
    return wording.starts_on(day, article=article, nl="De vergunning geldt vanaf", en="The permit takes effect on")
