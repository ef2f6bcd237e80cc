"""A fact becomes a message, a decision a letter; each is sent once, and told once it was."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest

from services.notify import actions
from services.notify.domain.letters import LONGEST_SENDING, Opening
from services.notify.domain.messages import Kind
from services.notify.domain.states import Outcome, Status
from services.notify.failing import give_up
from services.notify.mailing import send_message
from services.notify.opening import open_letter
from services.notify.ports import RefusedError, UnknownLetterError, UnreachableError
from services.notify.printing import press_letter
from shared.events import (
    CaseMoved,
    CosignAsked,
    DraftExpires,
    FileRefused,
    LetterOrdered,
    LetterPressed,
    MessageComposed,
    Nature,
    NoticeSent,
    PaymentNoted,
    Words,
)
from shared.ids import new_id
from shared.law.calendar import long_date
from tests.services.notify.noor import (
    ASKED,
    AWAITED,
    CHANGED,
    CONTACT,
    DECIDED,
    EXPIRES,
    KEPT,
    LINKS,
    NOW,
    OPENED,
    REFERENCE,
    STARTED,
    TABLE,
    FakeMessages,
    FakePress,
    House,
    message,
)
from tests.shared.letters.samples import MUNICIPALITY

TOMORROW = NOW + timedelta(days=1)


def decided() -> House:
    """A decision came in and its letter was ordered."""
    house = House()
    actions.order_letter(DECIDED, now=NOW, outbox=house.outbox, links=LINKS)
    return house


def press(house: House, *, now: datetime = NOW) -> None:
    """Press the only letter."""
    (letter_id,) = house.letters.kept
    press_letter(letter_id, now=now, outbox=house.outbox, press=FakePress(), vault=house.vault)


def announced() -> House:
    """The letter is pressed and its message composed."""
    house = decided()
    press(house)
    actions.announce_letter(next(iter(house.letters.kept)), table=TABLE, now=NOW, outbox=house.outbox)
    return house


def send(house: House, *, now: datetime = NOW) -> None:
    """Send the only message."""
    send_message(house.only_message.id, now=now, outbox=house.outbox, post=house.post)


@pytest.mark.parametrize(
    ("fact", "kind", "day"),
    [
        (OPENED, Kind.RECEIPT, date(2027, 1, 19)),
        (STARTED, Kind.PROGRESS, date(2027, 1, 19)),
        (ASKED, Kind.QUESTION, date(2026, 12, 8)),
        (AWAITED, Kind.REMINDER, date(2026, 12, 8)),
        (EXPIRES, Kind.PERMIT_EXPIRES, date(2027, 12, 31)),
        (CHANGED, Kind.DEADLINE, date(2027, 2, 2)),
    ],
)
def test_a_fact_about_a_case_becomes_one_message(fact: object, kind: Kind, day: date) -> None:
    house = House()
    actions.tell_of(fact, table=TABLE, now=NOW, outbox=house.outbox)
    composed = house.only_message
    assert (composed.kind, composed.day, composed.reference) == (kind, day, REFERENCE)
    assert (composed.recipient, composed.link) == (CONTACT.email, CONTACT.status_link)
    assert house.told == [(MessageComposed(message_id=composed.id), None)]


@pytest.mark.parametrize(("because", "kind"), [("infected", Kind.FILE_INFECTED), ("unjudged", Kind.FILE_UNJUDGED)])
def test_a_file_that_stays_shut_becomes_a_message_that_says_what_to_do(
    because: Literal["infected", "unjudged"], kind: Kind
) -> None:
    house = House()
    refused = FileRefused(
        reference=REFERENCE, at=NOW, nature=Nature.PERMIT, title=OPENED.title, because=because, contact=CONTACT
    )
    actions.tell_of(refused, table=TABLE, now=NOW, outbox=house.outbox)
    assert house.only_message.kind is kind
    send(house)
    assert CONTACT.status_link in house.sender.sent[0].text


def test_a_confirmation_names_the_day_of_receipt_also_when_the_case_was_opened_later() -> None:
    house = House()
    actions.tell_of(replace(OPENED, at=TOMORROW), table=TABLE, now=NOW, outbox=house.outbox)
    send(house, now=TOMORROW)
    assert "Op 24 november 2026 hebben wij uw aanvraag ontvangen." in house.sender.sent[0].text


@pytest.mark.parametrize("status", ["received", "awaiting_supplement", "decided", "announced"])
def test_a_move_that_another_message_tells_has_none_of_its_own(status: str) -> None:
    house = House()
    moved = CaseMoved(**{**vars(STARTED), "status": status})
    actions.tell_of(moved, table=TABLE, now=NOW, outbox=house.outbox)
    assert house.told == []


def test_a_kept_draft_becomes_a_message_without_a_reference_of_which_no_case_is_told() -> None:
    house = House()
    actions.tell_of(KEPT, table=TABLE, now=NOW, outbox=house.outbox)
    send(house)
    assert house.sender.sent[0].recipient == "noor@example.org"
    assert [type(told) for told, _ in house.told] == [MessageComposed]


def test_a_form_that_is_erased_soon_becomes_a_message_with_the_day_and_the_link() -> None:
    house = House()
    actions.tell_of(DraftExpires(**vars(KEPT)), table=TABLE, now=NOW, outbox=house.outbox)
    assert house.only_message.kind is Kind.EXPIRING
    send(house)
    mail = house.sender.sent[0]
    assert long_date(KEPT.keep_until, language="en") in mail.subject
    assert KEPT.link in mail.text


def test_a_decision_told_twice_has_one_letter() -> None:
    house = decided()
    actions.order_letter(DECIDED, now=NOW, outbox=house.outbox, links=LINKS)
    assert len(house.letters.kept) == 1
    assert [type(told) for told, _ in house.told] == [LetterOrdered]


def test_a_letter_is_pressed_with_the_date_of_today_and_kept() -> None:
    house = decided()
    press(house)
    (pressing,) = house.letters.pressings
    assert (pressing.sent_on, pressing.objection_until) == (date(2026, 11, 24), date(2027, 1, 5))
    assert house.vault.get(pressing.sha256) == f"{REFERENCE} 2026-11-24 2027-01-05".encode()
    assert house.told[-1] == (LetterPressed(letter_id=pressing.letter_id), None)


def test_a_sent_decision_is_told_with_its_link_its_content_and_the_last_day_to_object() -> None:
    house = announced()
    send(house)
    (pressing,) = house.letters.pressings
    assert house.told[-1][0] == NoticeSent(
        reference=REFERENCE,
        message_id=house.only_message.id,
        kind="decision",
        channel="email",
        sent_at=NOW,
        letter_link=LINKS.link(pressing.letter_id),
        letter_sha256=pressing.sha256,
        objection_until=date(2027, 1, 5),
        again=False,
    )


def test_the_mail_of_a_decision_says_neither_outcome_nor_reference() -> None:
    house = announced()
    send(house)
    (mail,) = house.sender.sent
    for said in (mail.subject, mail.text, mail.html):
        assert REFERENCE not in said
        assert "vergunning" not in said.replace(MUNICIPALITY.email, "")
        assert "Noor" not in said
    assert "http://notify.example/brieven/" in mail.text


def test_a_letter_that_would_leave_on_another_day_goes_back_to_the_press() -> None:
    house = announced()
    send(house, now=TOMORROW)
    assert house.sender.sent == []
    assert house.told[-1] == (LetterOrdered(letter_id=next(iter(house.letters.kept))), None)
    press(house, now=TOMORROW)
    actions.announce_letter(next(iter(house.letters.kept)), table=TABLE, now=TOMORROW, outbox=house.outbox)
    send(house, now=TOMORROW)
    notice = house.told[-1][0]
    assert isinstance(notice, NoticeSent)
    assert notice.objection_until == date(2027, 1, 6)
    assert len(house.sender.sent) == 1


def test_just_before_midnight_the_press_gets_its_order_for_after_it() -> None:
    house = announced()
    late = datetime(2026, 11, 24, 22, 59, 30, tzinfo=UTC)
    send(house, now=late)
    assert house.told[-1][1] == late + LONGEST_SENDING


def test_a_message_is_marked_as_sending_before_it_leaves() -> None:
    house = House()
    house.messages.add(message())
    mail = house.post.writer.write(house.only_message, link=str(house.only_message.link), now=NOW)
    house.sender.trouble = SystemExit("the process dies while sending")
    with pytest.raises(SystemExit):
        send(house)
    said = f"{mail.subject}\n\n{mail.text}".encode()
    assert house.journal.lines == [("sending", "mail.example:25", hashlib.sha256(said).hexdigest())]
    assert house.only_message.state is Status.SENDING
    assert house.told == []


def test_after_such_a_death_the_same_message_leaves_again_under_the_same_id() -> None:
    house = House()
    house.messages.add(message(state=Status.SENDING))
    send(house)
    assert [mail.id for mail in house.sender.sent] == [house.only_message.id]
    assert house.only_message.state is Status.SENT


def test_after_a_clean_answer_it_never_leaves_again_and_the_day_of_that_answer_is_told() -> None:
    house = House()
    house.messages.add(message(state=Status.SENDING))
    house.messages.taken_at[house.only_message.id, 1] = NOW - timedelta(hours=1)
    send(house)
    assert house.sender.sent == []
    notice = house.told[-1][0]
    assert isinstance(notice, NoticeSent)
    assert notice.sent_at == NOW - timedelta(hours=1)


def test_only_of_a_message_that_was_begun_before_it_is_asked_whether_a_system_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[Status, int]] = []
    monkeypatch.setattr(FakeMessages, "accepted_at", lambda _, each: asked.append((each.state, each.round)))
    for state in (Status.CREATED, Status.TEMPORARY_FAILURE, Status.SENT):
        house = House()
        house.messages.add(message(state=state))
        send(house)
    assert asked == []
    house = House()
    house.messages.add(message(state=Status.SENDING, round=2))
    send(house)
    assert asked == [(Status.SENDING, 2)]


def test_a_sent_message_never_leaves_again() -> None:
    house = House()
    house.messages.add(message())
    send(house)
    send(house)
    assert len(house.sender.sent) == 1
    assert len(house.told) == 1


def test_a_mail_system_that_is_away_leaves_the_message_to_be_tried_again() -> None:
    house = House()
    house.messages.add(message())
    house.sender.trouble = UnreachableError("ConnectionRefusedError")
    with pytest.raises(UnreachableError):
        send(house)
    assert house.journal.lines[1:] == [(Outcome.UNREACHABLE, "ConnectionRefusedError")]
    assert house.told == []


def test_a_refused_message_failed_until_a_person_has_it_sent_again() -> None:
    house = House()
    house.messages.add(message())
    house.sender.trouble = RefusedError("the mail server answered 550", said="550 no such user")
    with pytest.raises(RefusedError):
        send(house)
    assert house.journal.lines[-1] == (Outcome.REFUSED, "550 no such user")
    give_up(house.only_message.id, table=TABLE, now=NOW, outbox=house.outbox)
    assert (house.only_message.state, house.only_message.round) == (Status.PERMANENT_FAILURE, 1)
    house.sender.trouble = None
    send(house)
    assert (house.only_message.state, house.only_message.round) == (Status.SENT, 2)
    assert isinstance(house.told[-1][0], NoticeSent)


def test_a_sent_message_never_fails_afterwards() -> None:
    house = House()
    house.messages.add(message(state=Status.SENT))
    give_up(house.only_message.id, table=TABLE, now=NOW, outbox=house.outbox)
    assert house.only_message.state is Status.SENT


def test_a_letter_opens_with_its_reference_and_counts_wrong_ones() -> None:
    house = announced()
    token = LINKS.token(next(iter(house.letters.kept)))
    assert open_letter(token, typed="Z-1", now=NOW, letters=house.letters) is Opening.WRONG
    assert next(iter(house.letters.kept.values())).wrong_tries == 1
    assert house.letters.opened == []
    assert open_letter(token, typed=REFERENCE, now=NOW, letters=house.letters) is Opening.OPENED
    assert [at for _, at in house.letters.opened] == [NOW]


def test_a_link_that_leads_nowhere_opens_nothing() -> None:
    with pytest.raises(UnknownLetterError):
        open_letter("a" * 64, typed=REFERENCE, now=NOW, letters=announced().letters)


@pytest.mark.parametrize(("came", "kind"), [("in", Kind.PAID), ("back", Kind.PAID_BACK)])
def test_a_payment_that_came_in_or_goes_back_becomes_a_message(came: Literal["in", "back"], kind: Kind) -> None:
    house = House()
    title = Words(nl="Voorwerp op of aan de weg", en="Object on or beside the road")
    noted = PaymentNoted(reference=REFERENCE, at=NOW, title=title, nature=Nature.PERMIT, came=came, contact=CONTACT)
    actions.tell_of(noted, table=TABLE, now=NOW, outbox=house.outbox)
    composed = house.only_message
    assert (composed.kind, composed.recipient, composed.link) == (kind, CONTACT.email, CONTACT.status_link)


COSIGN = CosignAsked(
    reference=REFERENCE,
    request_id=new_id(),
    at=NOW,
    turn="first",
    title=OPENED.title,
    nature=Nature.REPORT,
    name="Els Berg",
    email="els@example.org",
    language="nl",
    link="http://forms.example/akkoord/x",
    valid_until=date(2026, 12, 8),
    answer_by=date(2026, 12, 8),
    contact=CONTACT,
)


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        (COSIGN, {Kind.COSIGN: "els@example.org", Kind.COSIGN_AWAITED: CONTACT.email}),
        (replace(COSIGN, turn="again"), {Kind.COSIGN: "els@example.org"}),
        (
            replace(COSIGN, turn="reminder"),
            {Kind.COSIGN_REMINDER: "els@example.org", Kind.COSIGN_AWAITED: CONTACT.email},
        ),
        (replace(COSIGN, email=""), {Kind.COSIGN_AWAITED: CONTACT.email}),
    ],
    ids=["first", "again", "reminder", "nobody named"],
)
def test_the_second_signatory_gets_a_link_and_the_applicant_hears_who_is_waited_for(
    asked: CosignAsked, kinds: dict[Kind, str]
) -> None:
    house = House()
    actions.tell_of(asked, table=TABLE, now=NOW, outbox=house.outbox)
    composed = house.messages.kept.values()
    assert {each.kind: each.recipient for each in composed} == kinds
    assert {each.link for each in composed if each.kind is not Kind.COSIGN_AWAITED} <= {asked.link}
