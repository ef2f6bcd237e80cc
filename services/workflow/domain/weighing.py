"""What a decision owes to others: views that are waited for or must be weighed, and advice it deviates from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from services.workflow.domain.advice import Advice, deviates
from services.workflow.domain.clock import Clock
from services.workflow.domain.decision import Draft
from services.workflow.domain.notice import Notice, is_extended
from services.workflow.domain.outcomes import check_outcome
from services.workflow.domain.view import View, unweighed
from shared.catalogue.definitions import Product
from shared.events import Decision, Result
from shared.values import WeighedView

WITHOUT_VIEWS: Final = frozenset[Result]({"not_processed", "by_law"})
"""Results that judge no plan: one was not looked at (Awb 4:5), the other was given by the law itself (Awb 4:20b)."""


class ViewsAwaitedError(Exception):
    """People can still react, or in the extended procedure could not yet: no decision goes before that (Awb 3:16)."""


class ViewsUnweighedError(Exception):
    """A view that came in time was not weighed yet (Awb 3:2, 3:46)."""


class DeviationUnexplainedError(Exception):
    """The decision deviates from advice and does not say why (Awb 3:50)."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What others said of a case, and what they were asked."""

    notices: Sequence[Notice] = ()
    views: Sequence[View] = ()
    advice: Sequence[Advice] = ()

    def running(self, *, today: date) -> Notice | None:
        """The notice to which people can still react."""
        return next((each for each in self.notices if each.runs(today=today)), None)

    def lacks_notice(self, *, product: Product, today: date) -> bool:
        """Whether the law asks a notice of which the time is over, and there is none (Awb 3:11, 3:12, 3:16)."""
        stood = any(each.state(today=today) == "over" for each in self.notices)
        return is_extended(product) and not stood

    def deviations(self, draft: Draft) -> tuple[Advice, ...]:
        """The advice from which this draft deviates without a word."""
        return tuple(each for each in self.advice if each.given and deviates(each.given, draft=draft))


NOBODY_HEARD: Final = Heard()


def check_allowed(draft: Draft, *, clock: Clock, heard: Heard, product: Product, today: date) -> None:
    """See that the law leaves this outcome open, and that nothing of others stands in its way.

    Raises:
        What `check_outcome` and `check_weighed` raise.
    """
    check_outcome(draft.result, clock=clock, today=today)
    check_weighed(heard, draft=draft, product=product, today=today)


def check_weighed(heard: Heard, *, draft: Draft, product: Product, today: date) -> None:
    """See that nothing of others stands in the way of this decision.

    Raises:
        ViewsAwaitedError, ViewsUnweighedError, DeviationUnexplainedError.
    """
    if draft.result not in WITHOUT_VIEWS:
        if heard.running(today=today) or heard.lacks_notice(product=product, today=today):
            raise ViewsAwaitedError
        if unweighed(heard.views):
            raise ViewsUnweighedError
    if heard.deviations(draft):
        raise DeviationUnexplainedError


def with_views(decision: Decision, *, views: Sequence[View]) -> Decision:
    """Let the decision answer the views that were weighed, without the names of who gave them (Awb 3:46)."""
    weighed = [each.weighed for each in views if each.weighed]
    told = tuple(
        WeighedView(summary=each.summary.strip(), answer=each.answer.strip(), changes=each.changes is True)
        for each in weighed
    )
    return replace(decision, views=told)
