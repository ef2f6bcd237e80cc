"""Notice of default and the penalty for a late decision (Awb 4:17-4:20). Woo decisions carry none (Woo 8.2)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from shared.law import wording
from shared.law.calendar import ONE_DAY
from shared.law.counting import fixed_day, term_after
from shared.law.model import Policy, SetBy, Term, TermRule, Unit

GRACE = TermRule(amount=2, unit=Unit.weeks, set_by=SetBy.act, article="Awb 4:17 lid 3")
SILENT_GRACE = replace(GRACE, article="Awb 4:20d lid 1")
DETERMINATION = TermRule(amount=2, unit=Unit.weeks, set_by=SetBy.act, article="Awb 4:18")
PAYMENT = TermRule(amount=6, unit=Unit.weeks, set_by=SetBy.act, article="Awb 4:87")
RECOVERY = TermRule(amount=5, unit=Unit.years, set_by=SetBy.act, article="Awb 4:20")
PENALTY_DAYS = 42


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """The daily amounts in whole euros for each period of 14 days (Awb 4:17 lid 2)."""

    valid_from: date
    euros: tuple[int, int, int]


# newest first; Stcrt. 2018, 65542 raised the amounts
SCALES = (
    Scale(valid_from=date(2019, 1, 1), euros=(23, 35, 45)),
    Scale(valid_from=date(2009, 10, 1), euros=(20, 30, 40)),
)


class NoPenaltyYetError(ValueError):
    """There was no penalty for late decisions before 1 October 2009."""


def notice_is_premature(received: date, *, deadline: date) -> bool:
    """Whether a notice of default came on or before the last day to decide (moved by the Atw): it has no effect."""
    return received < earliest_notice(deadline)


def earliest_notice(deadline: date) -> date:
    """The first day on which a notice of default has effect: the day after the last day to decide."""
    return deadline + ONE_DAY


def penalty_first_day(notice_received: date, *, rule: TermRule = GRACE, policy: Policy | None = None) -> Term:
    """The first day that costs money: the day after the two weeks that follow a notice that was not premature."""
    policy = policy or Policy()
    under_atw = policy.two_week_term_under_atw
    grace = term_after(notice_received, rule=rule if under_atw else replace(rule, atw_excluded=True))
    first = grace.rolled + ONE_DAY
    step = wording.starts_on(
        first, article=rule.article, nl="De eerste dag met een dwangsom is", en="The first day with a penalty is"
    )
    strict = grace.unrolled + ONE_DAY
    return Term(unrolled=strict, rolled=first, safe=strict, steps=(*grace.steps, step), warnings=grace.warnings)


def penalty_last_day(first_day: date, *, days: int = PENALTY_DAYS) -> Term:
    """The last day that can cost money; the Algemene termijnenwet is expressly excluded (Awb 4:17 lid 1)."""
    last = first_day + timedelta(days=days - 1)
    nl, en = wording.in_words(days, unit=Unit.days)
    step = wording.starts_on(
        last,
        article="Awb 4:17 lid 1",
        nl=f"De dwangsom loopt hoogstens {nl}. De laatste dag is",
        en=f"The penalty runs for at most {en}. The last day is",
    )
    return fixed_day(last, steps=(step,))


def penalty_days(first_day: date, *, announced: date, policy: Policy | None = None) -> int:
    """The number of days that cost money when the decision is announced on this day, 0 to 42."""
    counts = (policy or Policy()).announcement_day_counts
    return max(0, min(PENALTY_DAYS, (announced - first_day).days + counts))


def penalty_amount(days: int, *, first_day: date) -> int:
    """The penalty in whole euros for so many days in default, by the scale in force on its first day."""
    scale = next((each for each in SCALES if each.valid_from <= first_day), None)
    if scale is None:
        raise NoPenaltyYetError(str(first_day))
    return sum(euros * max(0, min(14, days - 14 * period)) for period, euros in enumerate(scale.euros))


def penalty_determination_due(last_penalty_day: date, *, rule: TermRule = DETERMINATION) -> Term:
    """The last day to set the amount by decision, of the authority's own motion."""
    return term_after(last_penalty_day, rule=rule)


def penalty_payment_due(determined: date, *, rule: TermRule = PAYMENT) -> Term:
    """The last day to pay a penalty after the announcement of its amount."""
    return term_after(determined, rule=rule)


def penalty_recovery_end(determined: date, *, rule: TermRule = RECOVERY) -> Term:
    """The last day to claim back a penalty that was paid without reason."""
    return term_after(determined, rule=rule)
