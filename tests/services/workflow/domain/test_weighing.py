"""A decision waits for who can still react, weighs each view, and says why it deviates from advice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.workflow.domain.decision import Draft, compose
from services.workflow.domain.legal_checks import legal_checks
from services.workflow.domain.notice import Notice
from services.workflow.domain.view import View, Weighed, view_of
from services.workflow.domain.weighing import (
    DeviationUnexplainedError,
    Heard,
    ViewsAwaitedError,
    ViewsUnweighedError,
    check_weighed,
    with_views,
)
from shared.catalogue.definitions import Procedure
from shared.participation import NoticePublished, ViewGiven
from tests.contracts.samples import AT, ID, SAMPLES
from tests.services.workflow.domain.test_advice import advice, given
from tests.services.workflow.domain.test_legal_checks import GRANT, RECEIVED, facts, product
from tests.services.workflow.town import submission

(TOLD,) = (each for each in SAMPLES if isinstance(each, NoticePublished))
(GIVEN,) = (each for each in SAMPLES if isinstance(each, ViewGiven))
YESTERDAY = RECEIVED - timedelta(days=1)
NOTICE = Notice(
    id=ID,
    number=TOLD.number,
    heading=TOLD.heading,
    place=TOLD.place,
    text=TOLD.text,
    draft=TOLD.draft,
    audience=TOLD.audience,
    first=RECEIVED - timedelta(days=30),
    last=YESTERDAY,
    published_at=AT,
)
WEIGHED = Weighed(summary="Te smal.", answer="Er is ruimte.", changes=False, by="samir", at=AT)


def view(*, late: bool = False, weighed: Weighed | None = None) -> View:
    """Bea's view."""
    last = GIVEN.received_on - timedelta(days=1) if late else GIVEN.received_on
    return replace(view_of(GIVEN, last=last), weighed=weighed)


def states(heard: Heard, *, draft: Draft = GRANT, extended: bool = False) -> dict[str, str]:
    """What the checks say of others, and that the gate says the same."""
    of = product()
    of = replace(of, process=replace(of.process, procedure=Procedure.EXTENDED)) if extended else of
    found = {check.name: check.state for check in legal_checks(replace(facts(draft, of=of), heard=heard))}
    told = {name: found[name] for name in ("awaited", "views", "advice", "others") if name in found}
    try:
        check_weighed(heard, draft=draft, product=of, today=RECEIVED)
    except (ViewsAwaitedError, ViewsUnweighedError, DeviationUnexplainedError):
        assert "block" in told.values()
    else:
        assert "block" not in told.values()
    return told


def test_no_decision_goes_while_people_can_react_or_before_the_law_let_them() -> None:
    running = replace(NOTICE, last=RECEIVED)
    assert states(Heard(notices=[running]))["awaited"] == "block"
    assert states(Heard(notices=[replace(running, taken_down_at=AT)])) == {"others": "warn"}
    assert states(Heard(notices=[NOTICE])) == {"others": "ok"}
    assert states(Heard(), extended=True)["awaited"] == "block"
    assert "awaited" not in states(Heard(notices=[NOTICE]), extended=True)
    assert "awaited" not in states(Heard(notices=[running]), draft=Draft(result="not_processed"))


def test_a_view_in_time_is_weighed_first_and_one_too_late_may_be_left() -> None:
    notices = [NOTICE]
    assert states(Heard(notices=notices, views=[view()]))["views"] == "block"
    assert states(Heard(notices=notices, views=[view(late=True)]))["views"] == "warn"
    assert states(Heard(notices=notices, views=[view(weighed=WEIGHED)]))["views"] == "ok"


def test_deviating_from_advice_without_a_word_keeps_the_decision_from_going() -> None:
    against = Heard(advice=[advice(given("negative"))])
    assert states(against)["advice"] == "block"
    assert states(against, draft=replace(GRANT, own_reason="De afstand is genoeg."))["advice"] == "ok"
    assert states(Heard(advice=[advice(given("positive"))]))["advice"] == "ok"


def test_the_decision_answers_what_was_weighed_and_names_nobody() -> None:
    decision = compose(GRANT, submission=submission(), product=product(), on=RECEIVED, handler="Samir Haddad")
    told = with_views(decision, views=[view(weighed=WEIGHED), view(late=True)]).views
    assert [(each.summary, each.answer, each.changes) for each in told] == [("Te smal.", "Er is ruimte.", False)]


@pytest.mark.parametrize("changes", [True, False])
def test_only_a_view_that_changes_the_decision_is_said_to(changes: bool) -> None:
    decision = compose(GRANT, submission=submission(), product=product(), on=RECEIVED, handler="Samir Haddad")
    (told,) = with_views(decision, views=[view(weighed=replace(WEIGHED, changes=changes))]).views
    assert told.changes is changes
