"""How long a case is kept (Selectielijst gemeenten 2020)."""

from datetime import date

from shared.law import wording
from shared.law.counting import count_on, fixed_day
from shared.law.model import Amount, Term


def retention_end(start: date, *, keep: Amount) -> Term:
    """The last day of keeping; `start` is the day the retention result names (closed, permit ended, fixed date).

    Destruction needs approval after this day. What is kept for ever has no amount and so no end.
    """
    end = count_on(start, length=keep)
    return fixed_day(end, steps=(wording.counted(start, length=keep, end=end),))
