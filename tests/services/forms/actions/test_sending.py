"""A form is handed in once, whatever is clicked; an incomplete form keeps and tells nothing."""

from __future__ import annotations

from typing import Any

import pytest

from services.forms.actions.filling import keep_page, open_form, start_draft
from services.forms.actions.sending import (
    ChangedMeanwhileError,
    KeyReusedError,
    WrongAnswersError,
    submit,
    submit_once,
)
from services.forms.domain.drafts import HandedInError
from services.forms.domain.pages import Page
from services.forms.domain.submissions import IncompleteError
from services.forms.ports import Means, OnceOnly, Receipt, Sent
from shared.events import SubmissionReceived
from tests.services.forms.noor import ANSWERS, FIELDS, LINKS, NOW, OBJECTEN, Memory, asked, fields, means_with


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def means(memory: Memory) -> Means:
    return means_with(memory)


def fill_in(means: Means, *, steps: tuple[str, ...] = tuple(FIELDS)) -> str:
    token = start_draft(OBJECTEN, language="nl", means=means, now=NOW)
    for step in steps:
        page = Page(step=step, asked=asked(step), typed=fields(step), language="nl")
        keep_page(token, page=page, means=means, now=NOW)
    return token


def send(token: str, *, means: Means) -> Receipt:
    revision = open_form(token, means=means, now=NOW).draft.revision
    return submit(token, revision=revision, language="nl", means=means, now=NOW)


def by_api(means: Means, *, key: bytes = b"key", body: bytes = b"body", **changes: Any) -> Receipt:
    answers = {name: value for name, value in {**ANSWERS, **changes}.items() if value is not None}
    once = OnceOnly(key_hash=key, body_hash=body)
    return submit_once(OBJECTEN, sent=Sent(answers=answers, language="nl"), once=once, means=means, now=NOW)


def test_a_form_handed_in_is_told_with_all_its_answers(memory: Memory, means: Means) -> None:
    receipt = send(fill_in(means), means=means)
    (told,) = memory.told
    assert isinstance(told, SubmissionReceived)
    assert (told.reference, told.channel, told.received_at) == (receipt.reference, "web", NOW)
    assert told.status_link == receipt.status_url == LINKS.status(receipt.reference)
    assert str(receipt.decide_by) == "2027-01-19"


def test_an_incomplete_form_keeps_and_tells_nothing(memory: Memory, means: Means) -> None:
    token = fill_in(means, steps=("what", "where"))
    with pytest.raises(IncompleteError):
        send(token, means=means)
    assert (memory.told, memory.submissions) == ([], {})


def test_a_second_click_leads_to_the_same_case(memory: Memory, means: Means) -> None:
    token = fill_in(means)
    receipt = send(token, means=means)
    with pytest.raises(HandedInError) as caught:
        submit(token, revision=4, language="nl", means=means, now=NOW)
    assert caught.value.reference == receipt.reference
    assert len(memory.told) == 1


def test_an_answer_that_changed_after_the_check_is_not_sent_unseen(memory: Memory, means: Means) -> None:
    token = fill_in(means)
    revision = open_form(token, means=means, now=NOW).draft.revision
    page = Page(step="what", asked=asked("what"), typed=fields("what", purpose="Iets heel anders"), language="nl")
    keep_page(token, page=page, means=means, now=NOW)
    with pytest.raises(ChangedMeanwhileError):
        submit(token, revision=revision, language="nl", means=means, now=NOW)
    assert memory.told == []


def test_a_reference_that_is_taken_is_drawn_again(memory: Memory, means: Means) -> None:
    memory.collisions = 1
    assert send(fill_in(means), means=means).reference in memory.submissions


def test_the_same_key_and_body_give_the_same_receipt(memory: Memory, means: Means) -> None:
    assert by_api(means) == by_api(means)
    assert len(memory.told) == 1


def test_the_same_key_with_another_body_is_refused(memory: Memory, means: Means) -> None:
    by_api(means)
    with pytest.raises(KeyReusedError):
        by_api(means, body=b"other", purpose="Iets heel anders")
    assert len(memory.told) == 1


def test_every_wrong_field_is_named_and_nothing_is_kept(memory: Memory, means: Means) -> None:
    with pytest.raises(WrongAnswersError) as caught:
        by_api(means, email="noor", phone=None, colour="red", starts="2027-02-30", objects=[])
    assert {fault.name for fault in caught.value.faults} == {"email", "phone", "colour", "starts", "objects"}
    assert (memory.told, memory.submissions, memory.keys) == ([], {}, {})


def test_a_key_that_came_with_wrong_answers_may_be_used_again(means: Means) -> None:
    with pytest.raises(WrongAnswersError):
        by_api(means, email="noor")
    assert by_api(means).reference
