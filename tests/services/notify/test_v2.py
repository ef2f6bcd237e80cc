"""The API of GOV.UK Notify and NotifyNL, driven by its official client over a real connection."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from notifications_python_client.errors import HTTPError

from dev.mailbox import Mailbox
from services.notify.client_store import ClientStore
from services.notify.clients import load_template
from services.notify.domain.notifications import PRETENDED_WAIT, Channel, KeyType
from services.notify.domain.quiet import BadHoursError, read_quiet
from shared.clock import utc_now
from shared.database import connect
from shared.ids import new_id
from tests.services.notify.office import EMAIL, SMS, TEMPLATES, VALUES, Office


def test_an_email_is_taken_in_sent_and_followed(office: Office) -> None:
    client = office.client()
    sent = client.send_email_notification(
        "noor@example.org",
        str(EMAIL),
        personalisation=VALUES,
        reference="afspraak 7",
        one_click_unsubscribe_url="https://voorbeeld.example/af",
        sanitise_content_for=["name"],
    )
    assert sent["reference"] == "afspraak 7"
    assert sent["content"]["subject"] == "Uw afspraak, Noor <de Vries>"
    assert sent["content"]["from_email"] == "balie@voorbeeld.example"
    assert "U komt op 1 december." in sent["content"]["body"]
    assert sent["content"]["one_click_unsubscribe_url"] == "https://voorbeeld.example/af"
    assert sent["sanitised_content"] == {"name": {"unsanitised": VALUES["name"], "sanitised": VALUES["name"]}}
    assert sent["template"]["version"] == 1
    assert sent["scheduled_for"] is None
    assert client.get_notification_by_id(sent["id"])["status"] == "created"

    assert office.trip.work("notify") == 1

    found = client.get_notification_by_id(sent["id"])
    assert (found["status"], found["type"], found["email_address"]) == ("sending", "email", "noor@example.org")
    assert found["sent_at"]
    assert found["cost_in_pounds"] == 0.0
    [mail] = office.sink.taken
    assert mail["Reply-To"] == "afspraken@voorbeeld.example"
    assert mail["List-Unsubscribe"] == "<https://voorbeeld.example/af>"
    assert mail["Message-ID"] == f"<{sent['id']}@voorbeeld.example>"
    html = mail.get_body(("html",))
    assert html
    assert "Noor &lt;de Vries&gt;" in html.get_content()
    assert '<a href="https://voorbeeld.example/a">Uw afspraak</a>' in html.get_content()


def test_a_text_message_goes_to_the_provider_once(office: Office, texts: Mailbox) -> None:
    sent = office.client().send_sms_notification("06 12345678", str(SMS), personalisation={"Name": "Noor"})
    assert sent["content"] == {"body": "Dag Noor, uw afspraak is morgen.", "from_number": "Afspraken"}
    office.trip.work("notify")
    [text] = texts.messages()
    assert (text.to, text.sender, text.text.strip()) == (["+31612345678"], "Afspraken", sent["content"]["body"])
    found = office.client().get_notification_by_id(sent["id"])
    assert (found["phone_number"], found["status"]) == ("+31612345678", "sending")
    office.trip.texts_report = False
    sent = office.client().send_sms_notification("06 12345678", str(SMS), personalisation={"Name": "Noor"})
    office.trip.work("notify")
    found = office.client().get_notification_by_id(sent["id"])
    assert (found["status"], bool(found["completed_at"])) == ("sent", True), "nobody will tell more of it"


def test_a_text_message_of_the_night_waits_till_morning_unless_its_client_chose_the_moment(
    office: Office, texts: Mailbox
) -> None:
    night = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    for due in (None, (utc_now() + timedelta(minutes=5)).isoformat()):
        body = {"phone_number": "0612345678", "template_id": str(SMS), "personalisation": {"name": str(due)}}
        sent = office.ask("POST", "/v2/notifications/sms", json={**body, **({"scheduled_for": due} if due else {})})
        assert sent.status_code == 201
    office.trip.now = night
    office.trip.work("notify")
    assert [each.text.count("None") for each in texts.messages()] == [0]
    (waits,) = office.trip.rows("select due_at from bus.delivery where consumer = 'notify' and done_at is null")
    assert waits["due_at"] == datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
    office.trip.now = waits["due_at"]
    office.trip.work("notify")
    assert len(list(texts.messages())) == 2


def test_quiet_hours_end_in_the_morning_also_when_the_clock_changes_that_night() -> None:
    quiet = read_quiet("23:00-07:00")
    assert quiet
    for now, ends in (
        ("2026-10-24T22:59:00+02:00", None),
        ("2026-10-24T23:00:00+02:00", "2026-10-25T07:00:00+01:00"),
        ("2026-10-25T06:59:00+01:00", "2026-10-25T07:00:00+01:00"),
        ("2026-10-25T07:00:00+01:00", None),
    ):
        assert quiet.ends(datetime.fromisoformat(now)) == (datetime.fromisoformat(ends) if ends else None)
    assert read_quiet("") is None
    noon = read_quiet("12:00-13:00")
    assert noon
    assert noon.ends(datetime.fromisoformat("2026-11-24T12:30:00+01:00")) == datetime.fromisoformat(
        "2026-11-24T13:00:00+01:00"
    )
    for wrong in ("23-7", "07:00-07:00"):
        with pytest.raises(BadHoursError, match=f"{wrong}.*look like 23:00-07:00"):
            read_quiet(wrong)


def test_what_was_sent_is_listed_the_newest_first_and_page_after_page(office: Office) -> None:
    client = office.client(KeyType.TEST)
    for number in range(3):
        client.send_sms_notification(
            "+31612345678", str(SMS), personalisation={"name": str(number)}, reference=f"r{number}"
        )
    client.send_email_notification("noor@example.org", str(EMAIL), personalisation=VALUES)
    assert [each["type"] for each in client.get_all_notifications()["notifications"]] == ["email", "sms", "sms", "sms"]
    assert len(client.get_all_notifications(template_type="sms")["notifications"]) == 3
    assert len(client.get_all_notifications(reference="r1", status=["created", "delivered"])["notifications"]) == 1
    assert client.get_all_notifications(status="failed")["notifications"] == []
    assert len(list(client.get_all_notifications_iterator())) == 4
    assert len(list(client.get_all_notifications_iterator(template_type="sms", status="created"))) == 3
    assert office.client().get_all_notifications(include_jobs=True)["notifications"] == []
    with pytest.raises(HTTPError, match="include_jobs maybe is not one of"):
        client.get("/v2/notifications", params={"include_jobs": "maybe"})
    with pytest.raises(HTTPError, match="colour was unexpected"):
        client.get("/v2/notifications", params={"colour": "red"})
    with pytest.raises(HTTPError, match="status lost is not one of"):
        client.get_all_notifications(status="lost")
    with pytest.raises(HTTPError, match="kind was unexpected"):
        client.get("/v2/templates", params={"kind": "sms"})


def test_templates_are_read_and_shown_filled_in(office: Office) -> None:
    client = office.client()
    assert {each["type"] for each in client.get_all_templates()["templates"]} == {"email", "sms", "letter"}
    assert [each["id"] for each in client.get_all_templates("sms")["templates"]] == [str(SMS)]
    found = client.get_template(str(EMAIL))
    assert found["personalisation"] == {name: {"required": True} for name in ("name", "day", "link")}
    assert client.get_template_version(str(EMAIL), 1) == found
    assert client.get_all_template_versions(str(EMAIL))["data"] == [found]
    shown = client.post_template_preview(str(EMAIL), VALUES)
    assert shown["subject"] == "Uw afspraak, Noor <de Vries>"
    assert "<h2>Dag Noor &lt;de Vries&gt;</h2>" in shown["html"]
    assert client.post_template_preview(str(SMS), {"name": "x"})["html"] is None
    with pytest.raises(HTTPError) as refused:
        client.post_template_preview(str(EMAIL), {"name": "x"})
    assert refused.value.message == [{"error": "BadRequestError", "message": "Missing personalisation: day, link"}]
    with pytest.raises(HTTPError) as gone:
        client.get_template_version(str(EMAIL), 2)
    assert gone.value.status_code == 404


def test_a_changed_template_is_a_new_version_and_what_was_sent_keeps_its_own(office: Office) -> None:
    client = office.client()
    old = client.send_sms_notification("+31612345678", str(SMS), personalisation={"name": "Noor"})
    with connect(office.trip.url) as connection:
        changed = {**TEMPLATES[1], "body": "Tot morgen, ((name))."}
        assert load_template(ClientStore(connection), client_id=office.id, file=changed, now=utc_now()) == 2
        assert load_template(ClientStore(connection), client_id=office.id, file=changed, now=utc_now()) is None
    new = client.send_sms_notification("+31612345678", str(SMS), personalisation={"name": "Noor"})
    assert (new["template"]["version"], new["content"]["body"]) == (2, "Tot morgen, Noor.")
    assert client.get_notification_by_id(old["id"])["template"]["version"] == 1
    assert [each["version"] for each in client.get_all_template_versions(str(SMS))["data"]] == [2, 1]


def test_texts_that_people_send_are_read_page_after_page(office: Office) -> None:
    with connect(office.trip.url) as connection:
        for text in ("ja", "nee"):
            connection.execute(
                "insert into notify.received_texts values (%s, %s, '+31612345678', 'Afspraken', %s, now())",
                [new_id(), office.id, text],
            )
    assert [each["content"] for each in office.client().get_received_texts_iterator()] == ["nee", "ja"]


def test_a_test_key_never_really_sends(office: Office) -> None:
    client = office.client(KeyType.TEST)
    outcomes = {
        "noor@example.org": "delivered",
        "temp-fail@simulator.notify": "temporary-failure",
        "perm-fail@simulator.notify": "permanent-failure",
        "bounced@simulator.notify": "permanent-failure",
    }
    sent = {to: client.send_email_notification(to, str(EMAIL), personalisation=VALUES)["id"] for to in outcomes}
    office.trip.work("notify")
    found = {to: client.get_notification_by_id(number) for to, number in sent.items()}
    assert {to: each["status"] for to, each in found.items()} == outcomes
    assert all(each["completed_at"] for each in found.values())
    assert office.sink.taken == []


def test_addresses_for_trying_out_go_their_course_whatever_the_key(office: Office) -> None:
    client = office.client()
    courses = {
        "later-bounced@simulator.notify": ["created", "delivered", "permanent-failure"],
        "slow@simulator.notify": ["created", "sending", "delivered"],
        "delivered@simulator.notify": ["created", "delivered", "delivered"],
    }
    sent = {to: client.send_email_notification(to, str(EMAIL), personalisation=VALUES)["id"] for to in courses}
    seen: dict[str, list[str]] = {to: [] for to in courses}
    for _ in range(3):
        for to, number in sent.items():
            seen[to].append(client.get_notification_by_id(number)["status"])
        office.trip.work("notify")
    assert seen == courses
    assert office.trip.work("notify") == 0
    assert office.sink.taken == []
    waits = office.trip.rows(
        "select d.due_at - e.at as wait from bus.delivery d join bus.event e on e.id = d.event_id "
        "where name = 'NotificationAccepted' and d.due_at > e.at + interval '1 second'"
    )
    assert [row["wait"] for row in waits] == [PRETENDED_WAIT] * 2


def test_a_team_key_sends_to_guests_only(office: Office) -> None:
    client = office.client(KeyType.TEAM)
    assert client.send_email_notification("Gast@example.org", str(EMAIL), personalisation=VALUES)["id"]
    with pytest.raises(HTTPError) as refused:
        client.send_email_notification("noor@example.org", str(EMAIL), personalisation=VALUES)
    assert refused.value.message[0]["error"] == "BadRequestError"
    assert "team-only API key" in refused.value.message[0]["message"]
    for number in ("0612345678", "+31 6 1234 5678", "0031612345678"):
        assert client.send_sms_notification(number, str(SMS), personalisation={"name": "x"})["id"]
    with pytest.raises(HTTPError, match="team-only API key"):
        client.send_sms_notification("0612345679", str(SMS), personalisation={"name": "x"})


def test_a_client_chooses_among_its_own_senders(office: Office, texts: Mailbox) -> None:
    client = office.client()
    with connect(office.trip.url) as connection:
        store = ClientStore(connection)
        name = store.add_sender(office.id, channel=Channel.SMS, address="Parkeren")
        reply = store.add_sender(office.id, channel=Channel.EMAIL, address="parkeren@voorbeeld.example")
        assert store.add_sender(office.id, channel=Channel.SMS, address="Parkeren") == name
    text = client.send_sms_notification("0612345678", str(SMS), personalisation={"name": "x"}, sms_sender_id=str(name))
    assert text["content"]["from_number"] == "Parkeren"
    client.send_email_notification("noor@example.org", str(EMAIL), personalisation=VALUES, email_reply_to_id=str(reply))
    office.trip.work("notify")
    assert [each.sender for each in texts.messages()] == ["Parkeren"]
    assert [mail["Reply-To"] for mail in office.sink.taken] == ["parkeren@voorbeeld.example"]
    with pytest.raises(HTTPError) as unknown:
        client.send_sms_notification("0612345678", str(SMS), personalisation={"name": "x"}, sms_sender_id=str(reply))
    assert unknown.value.message == [
        {
            "error": "BadRequestError",
            "message": f"sms_sender_id {reply} does not exist in database for service id {office.id}",
        }
    ]
    with pytest.raises(HTTPError, match="Missing personalisation"):  # what the template wants is looked at first
        client.send_sms_notification("0612345678", str(SMS), sms_sender_id=str(reply))
    with pytest.raises(HTTPError, match="does not exist"):  # and whether the key reaches the recipient last
        office.client(KeyType.TEAM).send_sms_notification(
            "0612345678", str(SMS), personalisation={"name": "x"}, sms_sender_id=str(reply)
        )


def test_an_address_that_the_mail_server_refuses_is_a_permanent_failure(office: Office) -> None:
    sent = office.client().send_email_notification("weg@example.org", str(EMAIL), personalisation=VALUES)
    office.sink.to_recipient = "550 no such user"
    office.trip.work("notify")
    assert office.client().get_notification_by_id(sent["id"])["status"] == "permanent-failure"


def test_a_mail_server_that_is_away_is_tried_again(office: Office) -> None:
    sent = office.client().send_email_notification("noor@example.org", str(EMAIL), personalisation=VALUES)
    office.sink.to_recipient = "450 later"
    assert office.trip.work("notify") == 0
    assert office.client().get_notification_by_id(sent["id"])["status"] == "created"
    office.sink.to_recipient = "250 OK"
    assert office.trip.work("notify") == 1
    assert office.client().get_notification_by_id(sent["id"])["status"] == "sending"
    answers = office.trip.rows("select outcome, answer from notify.notification_attempts order by began_at, id")
    assert [(row["outcome"], row["answer"]) for row in answers] == [
        ("unreachable", "450 later"),
        ("accepted", "250 OK"),
    ]


def test_the_same_idempotency_key_sends_once(office: Office) -> None:
    body = {"phone_number": "+31612345678", "template_id": str(SMS), "personalisation": {"name": "Noor"}}
    once = {"Idempotency-Key": "k-1"}
    first = office.ask("POST", "/v2/notifications/sms", json=body, headers=once)
    again = office.ask("POST", "/v2/notifications/sms", json=body, headers=once)
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    other = office.ask("POST", "/v2/notifications/sms", json={**body, "reference": "x"}, headers=once)
    assert other.status_code == 409
    assert len(office.client().get_all_notifications()["notifications"]) == 1


def test_a_message_for_later_waits_for_its_moment(office: Office) -> None:
    due = (utc_now() + timedelta(hours=2)).isoformat()
    body = {"phone_number": "+31612345678", "template_id": str(SMS), "personalisation": {"name": "x"}}
    sent = office.ask("POST", "/v2/notifications/sms", json={**body, "scheduled_for": due}).json()
    assert sent["scheduled_for"]
    [waiting] = office.trip.rows(
        "select d.due_at from bus.delivery d join bus.event e on e.id = d.event_id where name = 'NotificationAccepted'"
    )
    assert waiting["due_at"].isoformat() == due
    late = office.ask("POST", "/v2/notifications/sms", json={**body, "scheduled_for": "2020-01-01T00:00:00Z"})
    assert "cannot be in the past" in late.text
