"""Until when the authority may decide on an application (Awb 4:5, 4:13-4:15; Ow 16.64)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from shared.law import wording
from shared.law.calendar import ONE_DAY
from shared.law.counting import atw_covers, close_term, count_on, fixed_day, term_after
from shared.law.model import Amount, SetBy, Term, TermRule, Unit
from shared.law.suspension import Standstill, Suspension, standstill

# R2: no term set by a special rule
GENERAL_DECISION = TermRule(amount=8, unit=Unit.weeks, set_by=SetBy.act, article="Awb 4:13 lid 2")
# R6: the regular permit procedure, with and without consent of another authority
_OW_EXTENSION = Amount(amount=6, unit=Unit.weeks, article="Ow 16.64 lid 2")
ENVIRONMENT_PERMIT = TermRule(
    amount=8, unit=Unit.weeks, set_by=SetBy.act, article="Ow 16.64 lid 1", extension=_OW_EXTENSION
)
ENVIRONMENT_PERMIT_WITH_CONSENT = replace(ENVIRONMENT_PERMIT, amount=12)
REFUSAL_TO_PROCESS = TermRule(amount=4, unit=Unit.weeks, set_by=SetBy.act, article="Awb 4:5 lid 4")


def decision_term(
    received: date, *, rule: TermRule, suspensions: Sequence[Suspension] = (), extension: Amount | None = None
) -> Term:
    """The last day to decide: rule, extension and suspended days are added up first, then the end moves once.

    `extension` is the extension that was announced in time, not the one that the rule allows. A delay notice
    (Awb 4:14 lid 1) is no extension: it does not move this date.
    """
    end = count_on(received, length=rule)
    steps = [wording.counted(received, length=rule, end=end)]
    if extension:
        end = count_on(end, length=extension)
        steps.append(wording.extended(extension, end=end))
    covered = atw_covers(rule, extension=extension)
    still = standstill(suspensions, received=received, end=end, end_moves=covered)
    if still.days:
        end += still.days * ONE_DAY
        steps.append(wording.stopped(still.days, end=end, article=still.article))
    term = close_term(received, end=end, rule=rule, steps=tuple(steps), extension=extension)
    return _warn_of_late_suspension(term, still)


def extension_due(received: date, *, current: Term, within: TermRule | None = None) -> date:
    """The last day to announce an extension: in the term itself (Ow 16.64 lid 2, R5), or in a shorter one for it."""
    return min(current.rolled, term_after(received, rule=within).rolled) if within else current.rolled


def reasonable_term(received: date, *, notified: date, named: date) -> Term:
    """The date that the authority named for lack of a statutory term (Awb 4:14 lid 3), if told within 8 weeks.

    A notice after those 8 weeks does not move the date.
    """
    statutory = term_after(received, rule=GENERAL_DECISION)
    if notified > statutory.rolled:
        return statutory
    step = wording.starts_on(
        named,
        article="Awb 4:14 lid 3",
        nl="De gemeente noemde op tijd een nieuwe datum:",
        en="The municipality named a new date in time:",
    )
    return fixed_day(named, steps=(step,))


def refusal_to_process_due(ready: date, *, rule: TermRule = REFUSAL_TO_PROCESS) -> Term:
    """The last day to announce that an application is not processed.

    `ready`: the day of the (still insufficient) supplement, or the last day of the unused repair term.
    """
    return term_after(ready, rule=rule)


def service_norm_term(
    received: date, *, working_days: int, article: str = "servicenorm", suspensions: Sequence[Suspension] = ()
) -> Term:
    """The day by which the authority promises an answer, in working days; not a statutory term."""
    rule = TermRule(amount=working_days, unit=Unit.working_days, set_by=SetBy.own, article=article)
    return decision_term(received, rule=rule, suspensions=suspensions)


def _warn_of_late_suspension(term: Term, still: Standstill) -> Term:
    if not still.came_too_late:
        return term
    return replace(term, warnings=(*term.warnings, "De termijn was al voorbij. Stilzetten kan dan niet meer."))
