"""A form is begun, filled in page by page, kept for later and stopped; nothing that was filled in is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.forms.actions.choosing import go_on_anyway, stop
from services.forms.actions.filling import Way, keep_for_later, keep_page, open_form, start_draft
from services.forms.domain.drafts import TooManyMailsError, UnknownDraftError
from services.forms.domain.pages import Page, Turned
from services.forms.domain.progress import UnknownStepError
from services.forms.ports import Means
from shared.events import DraftKept
from tests.services.forms.noor import (
    HOME,
    NOW,
    OBJECTEN,
    AwayBook,
    Memory,
    Shelf,
    StreetList,
    asked,
    fields,
    means_with,
)


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def means(memory: Memory) -> Means:
    return means_with(memory)


@pytest.fixture
def token(means: Means) -> str:
    return start_draft(OBJECTEN, language="nl", means=means, now=NOW)


def turn(token: str, step: str, *, means: Means, way: Way = "on", **changes: Any) -> Turned:
    page = Page(step=step, asked=asked(step), typed=fields(step, **changes), language="nl")
    return keep_page(token, page=page, means=means, now=NOW, way=way)


def test_the_token_is_the_only_way_to_a_draft(memory: Memory, means: Means, token: str) -> None:
    assert token not in str(memory.drafts)
    with pytest.raises(UnknownDraftError):
        open_form("another", means=means, now=NOW)


def test_a_draft_is_gone_after_thirty_days(means: Means, token: str) -> None:
    assert open_form(token, means=means, now=NOW + timedelta(days=30))
    with pytest.raises(UnknownDraftError):
        open_form(token, means=means, now=NOW + timedelta(days=31))


def test_a_complete_page_is_kept_and_leads_on(means: Means, token: str) -> None:
    turned = turn(token, "what", means=means)
    assert turned.faults == ()
    assert open_form(token, means=means, now=NOW).draft.answers == {
        "objects": [{"kind": "container", "length": "4", "width": "2", "count": 1}],
        "purpose": "Verbouwing van de keuken",
    }


def test_what_fits_is_kept_whatever_is_wrong_with_the_rest(means: Means, token: str) -> None:
    turned = turn(token, "when", means=means, starts__month="")
    assert [fault.parts for fault in turned.faults] == [("month",)]
    draft = open_form(token, means=means, now=NOW).draft
    assert draft.answers == {"ends": "2027-01-18"}
    assert draft.typed["when"]["starts.day"] == ["14"]


def test_a_page_put_right_forgets_what_was_typed_wrong(means: Means, token: str) -> None:
    turn(token, "when", means=means, starts__month="")
    turn(token, "when", means=means)
    assert open_form(token, means=means, now=NOW).draft.typed == {}


def test_a_page_kept_quietly_keeps_everything_as_typed(means: Means, token: str) -> None:
    turn(token, "when", means=means, way="later", ends__day="x")
    draft = open_form(token, means=means, now=NOW).draft
    assert draft.typed["when"]["ends.day"] == ["x"]
    assert draft.answers == {"starts": "2027-01-14"}


def test_the_street_is_found_by_postcode_and_number(means: Means, token: str) -> None:
    turned = turn(token, "where", means=means)
    assert turned.form.draft.answers["place"] == HOME


def test_an_address_that_is_not_found_is_typed_by_hand(means: Means, token: str) -> None:
    turned = turn(token, "where", means=means, place__postcode="9999XX")
    assert [fault.name for fault in turned.faults] == ["place.street"]
    by_hand: dict[str, Any] = {"place__postcode": "9999XX", "place__street": "Nieuweweg", "place__town": "Elders"}
    turned = turn(token, "where", means=means, **by_hand)
    assert turned.faults == ()
    assert turned.form.draft.answers["place"]["street"] == "Nieuweweg"


def test_an_address_typed_by_hand_stays_when_the_page_is_sent_again(means: Means, token: str) -> None:
    by_hand: dict[str, Any] = {"place__postcode": "9999XX", "place__street": "Nieuweweg", "place__town": "Elders"}
    turn(token, "where", means=means, **by_hand)
    assert turn(token, "where", means=means, place__postcode="9999 xx").faults == ()


def test_an_address_book_that_is_away_is_no_dead_end(memory: Memory, token: str) -> None:
    away = means_with(memory, addresses=AwayBook())
    turned = turn(token, "where", means=away)
    assert turned.faults[0].text.nl == "Zoeken lukt nu niet. Vul de straat en de plaats zelf in"
    assert turn(token, "where", means=away, place__street="Voorbeeldstraat", place__town="Amersfoort").faults == ()


def test_an_address_in_another_municipality_is_told_apart_from_one_that_is_not_found(
    memory: Memory, token: str
) -> None:
    elsewhere = means_with(memory, addresses=StreetList(here=False))
    turned = turn(token, "where", means=elsewhere)
    assert [(fault.name, fault.text.nl) for fault in turned.faults] == [
        ("place.postcode", "Dit adres ligt niet in onze gemeente. Controleer de postcode en het huisnummer")
    ]
    assert turn(token, "who", means=elsewhere).faults == ()  # whoever applies may live anywhere


def test_a_wrong_postcode_asks_for_no_street(means: Means, token: str) -> None:
    turned = turn(token, "where", means=means, place__postcode="38", place__number="")
    assert [fault.name for fault in turned.faults] == ["place.postcode", "place.number"]


def test_a_question_that_came_up_is_asked_not_blamed(means: Means, token: str) -> None:
    page = Page(
        step="what",
        asked=asked("what") - {"other_object"},
        typed=fields("what", objects__0__kind="other"),
        language="nl",
    )
    turned = keep_page(token, page=page, means=means, now=NOW)
    assert turned.new_questions
    assert [fault.name for fault in turned.faults] == ["other_object"]


def test_fields_of_other_steps_do_nothing(means: Means, token: str) -> None:
    turn(token, "what", means=means, email="noor@example.org", nonsense="x")
    assert "email" not in open_form(token, means=means, now=NOW).draft.answers


def test_a_step_that_does_not_exist_changes_nothing(memory: Memory, means: Means, token: str) -> None:
    before = dict(memory.drafts)
    with pytest.raises(UnknownStepError):
        keep_page(token, page=Page(step="x", asked=frozenset(), typed={}, language="nl"), means=means, now=NOW)
    assert memory.drafts == before


def test_a_draft_keeps_the_product_version_it_began_with(memory: Memory, means: Means, token: str) -> None:
    newer = replace(OBJECTEN, version="newer and shorter", steps=OBJECTEN.steps[1:])
    shelf = Shelf(now={"objecten": newer}, before={("objecten", OBJECTEN.version): OBJECTEN})
    form = open_form(token, means=means_with(memory, products=shelf), now=NOW)
    assert form.product.version == OBJECTEN.version


def test_keeping_for_later_has_the_link_mailed(memory: Memory, means: Means, token: str) -> None:
    keep_for_later(token, email="noor@example.org", language="en", means=means, now=NOW)
    assert memory.told == [
        DraftKept(
            title=OBJECTEN.title,
            email="noor@example.org",
            language="en",
            link=f"http://forms.example/verder/{token}",
            keep_until=NOW.date() + timedelta(days=30),
        )
    ]


def test_nobody_is_mailed_more_than_five_times_about_one_draft(memory: Memory, means: Means, token: str) -> None:
    for _ in range(5):
        keep_for_later(token, email="noor@example.org", language="nl", means=means, now=NOW)
    with pytest.raises(TooManyMailsError):
        keep_for_later(token, email="noor@example.org", language="nl", means=means, now=NOW)
    assert len(memory.told) == 5


def test_who_needs_no_permit_may_go_on_anyway_or_stop(memory: Memory, means: Means, token: str) -> None:
    go_on_anyway(token, means=means, now=NOW)
    assert open_form(token, means=means, now=NOW).draft.went_on
    stop(token, means=means, now=NOW)
    assert memory.drafts == {}
