"""One filled example of every event, with invented people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from shared import events as e
from shared import participation as n
from shared import post as p
from shared import record_events as r
from shared import term_events as t
from shared.values import TermLetter

AT: Final = datetime(2026, 11, 24, 9, 42, 7, tzinfo=UTC)
RECEIVED_AT: Final = datetime(2026, 11, 24, 9, 41, 58, tzinfo=UTC)
ID: Final = UUID("019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f")
REFERENCE: Final = "Z-2026-K4T9-2QXM"

TITLE = e.Words(nl="Voorwerp op de openbare weg", en="Object on the public road")
NOOR = e.Party(
    kind="person",
    name="Noor de Vries",
    organisation=None,
    kvk=None,
    email="noor@example.org",
    phone="+31612345678",
    address=e.Address(postcode="3811 LX", number="14", street="Voorbeeldstraat", town="Amersfoort"),
)
CONTACT = e.Contact(
    name="Noor de Vries", email="noor@example.org", language="nl", status_link="http://forms.example/status/token"
)
ROW = e.AnswerRow(question="purpose", label=e.Words(nl="Waarvoor?", en="What for?"), text=e.Words(nl="Dak", en="Roof"))
FILE = e.SentFile(
    id=ID,
    question="drawing",
    name="plattegrond.pdf",
    type="application/pdf",
    bytes=120_000,
    sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    place="0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    scan="waiting",
)
SECTION = e.AnswerSection(title=e.Words(nl="Wat", en="What"), rows=(ROW,))
STEP = e.LegalStep(
    text=e.Words(nl="8 weken na 24 november 2026", en="8 weeks after 24 November 2026"), article="APV 1:2"
)
OUTCOME = e.RuleOutcome(
    rule="fee_small",
    effect="fee",
    outcome="fired",
    because=e.Words(nl="Klein en kort.", en="Small and short."),
    source="Legesverordening",
    inputs={"total_area": 8.0},
)
DECISION = e.Decision(
    nature=e.Nature.PERMIT,
    result="granted",
    product="objecten",
    title=TITLE,
    applicant=NOOR,
    received_on=date(2026, 11, 24),
    decided_on=date(2026, 12, 1),
    subject="Een container bij Voorbeeldstraat 14",
    place="Voorbeeldstraat 14, 3811 LX Amersfoort",
    starts=date(2026, 12, 14),
    ends=date(2026, 12, 18),
    facts=(ROW,),
    reasons=(e.Reason(text="Er blijft genoeg ruimte over.", source="APV 2:10"),),
    conditions=(e.Condition(text="Zet er lampen op.", because="Dan ziet iedereen het.", source="APV 2:10"),),
    views=(),
    legal_basis=("APV 2:10",),
    fee_cents=5000,
    fee_source="Legesverordening",
    handler="Samir Haddad",
    signatory="Teamleider Vergunningen",
    authority="college van burgemeester en wethouders",
)

COSIGNATORY = e.Cosignatory(
    request_id=ID,
    who=e.Words(nl="De eigenaar", en="The owner"),
    name="Els Bakker",
    email="els@example.org",
    answer_by=date(2026, 12, 8),
)
TERM_LETTER = TermLetter(
    kind="extension",
    nature=e.Nature.PERMIT,
    title=TITLE,
    applicant=NOOR,
    received_on=date(2026, 11, 24),
    subject="een container bij Voorbeeldstraat 14",
    outcome="Wij hebben meer tijd nodig voor ons besluit.",
    reasons=(e.Reason(text="Het advies is er nog niet.", source="APV 1:2 lid 2"),),
    objection=False,
    handler="Samir Haddad",
    signatory="Teamleider Vergunningen",
    authority="het college van burgemeester en wethouders",
)
OF_TERM: Final[dict[str, Any]] = {
    "reference": REFERENCE,
    "at": AT,
    "title": TITLE,
    "nature": e.Nature.PERMIT,
    "status": "in_progress",
    "contact": CONTACT,
    "decide_by": date(2027, 1, 19),
}

SAMPLES: Final[tuple[object, ...]] = (
    e.DraftKept(
        title=TITLE,
        email="noor@example.org",
        language="nl",
        link="http://forms.example/verder/token",
        keep_until=date(2026, 12, 24),
    ),
    e.DraftExpires(
        title=TITLE,
        email="noor@example.org",
        language="nl",
        link="http://forms.example/verder/token",
        keep_until=date(2026, 12, 24),
    ),
    e.SubmissionReceived(
        reference=REFERENCE,
        product="objecten",
        version="9f2c",
        title=TITLE,
        received_at=AT,
        channel="web",
        language="nl",
        applicant=NOOR,
        place="Voorbeeldstraat 14, 3811 LX Amersfoort",
        starts=date(2026, 12, 14),
        ends=date(2026, 12, 18),
        answers={"purpose": "Dak"},
        shown=(SECTION,),
        files=(FILE,),
        rules=(OUTCOME,),
        fee_cents=5000,
        missing=(ROW,),
        identified=e.Identified(kind="person", level="substantieel"),
        sources={"name": "brp", "email": "typed"},
        cosignatory=COSIGNATORY,
        clerk="Yara Bos",
        represented="Fatima Yilmaz",
        status_link="http://forms.example/status/token",
        same_person=("5f" * 32,),
        sealed="3q2-7w==",
        link=e.Link(kind="objection", reference="Z-2026-7KQ4-M2XD"),
    ),
    e.CosignAsked(
        reference=REFERENCE,
        request_id=ID,
        at=AT,
        turn="first",
        title=TITLE,
        nature=e.Nature.PERMIT,
        name="Els Bakker",
        email="els@example.org",
        language="nl",
        link="http://forms.example/akkoord/token",
        valid_until=date(2026, 12, 8),
        answer_by=date(2026, 12, 8),
        contact=CONTACT,
    ),
    e.AdviceAsked(
        reference=REFERENCE,
        at=AT,
        turn="first",
        title=TITLE,
        email="brandweer@example.org",
        link="http://workflow.example/advies/token",
        answer_by=date(2026, 12, 8),
    ),
    e.CosignAnswered(reference=REFERENCE, request_id=ID, at=AT, agreed=False, because="De uitrit wordt te breed."),
    e.FileAwaitsScan(file_id=ID),
    e.FileScanned(reference=REFERENCE, file_id=ID, scan="clean"),
    e.FileAdded(reference=REFERENCE, at=AT, file=FILE, words="De tekening met de goede maten."),
    e.CorrectionNoted(
        reference=REFERENCE,
        at=AT,
        nature=e.Nature.PERMIT,
        title=TITLE,
        contact=CONTACT,
        decide_by=date(2027, 1, 19),
    ),
    e.FileRefused(reference=REFERENCE, at=AT, nature=e.Nature.PERMIT, title=TITLE, because="infected", contact=CONTACT),
    e.InformationGiven(
        reference=REFERENCE,
        request_id=ID,
        given_at=AT,
        asked="footway_width",
        text="1,8 m",
        answers={"footway_width": "1.80"},
        shown=(e.AnswerRow(question="footway_width", label=TITLE, text=e.Words(nl="1,8 m", en="1.8 m")),),
        files=(),
    ),
    e.ApplicationCorrected(
        reference=REFERENCE, revision=1, at=AT, told_as=2, application={"reference": REFERENCE, "answers": {}}
    ),
    e.ApplicationWithdrawn(reference=REFERENCE, at=AT, because="De verbouwing gaat niet door."),
    e.OpinionGiven(
        product="objecten", subject="purpose", verdict="unclear", words="Wat bedoelt u?", on=date(2026, 11, 24)
    ),
    e.MarkGiven(reference=REFERENCE, at=AT, mark=8, words="Snel en duidelijk."),
    e.FormsMeasured(
        on=date(2026, 11, 24),
        product="objecten",
        version="9f2c",
        counts=(e.MeasureCount(subject="step", id="what", what="seconds.40", count=3),),
    ),
    e.PaymentUnclear(payment_id=ID),
    e.PaymentSettled(reference=REFERENCE, payment_id=ID, at=AT, cents=5000),
    e.RefundOrdered(payment_id=ID),
    e.PaymentChargedBack(reference=REFERENCE, payment_id=ID, at=AT, cents=5000),
    e.UnpaidExpires(
        reference=REFERENCE, title=TITLE, nature=e.Nature.PERMIT, keep_until=date(2026, 12, 24), contact=CONTACT
    ),
    e.PaymentReturned(reference=REFERENCE, payment_id=ID, at=AT, cents=5000, because="twice", done=True),
    e.CaseOpened(
        reference=REFERENCE,
        sequence=1,
        at=AT,
        received_at=RECEIVED_AT,
        title=TITLE,
        nature=e.Nature.PERMIT,
        contact=CONTACT,
        decide_by=date(2027, 1, 19),
        steps=(STEP,),
        shown=(SECTION,),
    ),
    e.CaseMoved(
        reference=REFERENCE,
        sequence=2,
        at=AT,
        title=TITLE,
        nature=e.Nature.PERMIT,
        status="in_progress",
        contact=CONTACT,
        decide_by=date(2027, 1, 19),
    ),
    e.MorningCounted(
        at=AT,
        on=date(2026, 11, 24),
        email="samir@voorbeeld.example",
        language="nl",
        link="http://workflow.example",
        lines=(e.DigestLine(kind="today", count=3, link="http://workflow.example/?lijst=mine&termijn=today"),),
    ),
    e.AnswerAwaited(
        reference=REFERENCE,
        at=AT,
        title=TITLE,
        nature=e.Nature.PERMIT,
        request_id=ID,
        answer_by=date(2026, 12, 8),
        contact=CONTACT,
    ),
    e.InformationAsked(
        reference=REFERENCE,
        sequence=3,
        at=AT,
        title=TITLE,
        nature=e.Nature.PERMIT,
        request_id=ID,
        question="Hoe breed is de stoep?",
        asks=("own-words", "footway_width"),
        answer_by=date(2026, 12, 8),
        contact=CONTACT,
        decide_by=date(2027, 2, 2),
    ),
    e.DeadlineChanged(
        reference=REFERENCE,
        sequence=4,
        at=AT,
        title=TITLE,
        nature=e.Nature.PERMIT,
        status="in_progress",
        contact=CONTACT,
        decide_by=date(2027, 1, 24),
        because=e.Words(nl="Wij kregen uw antwoord.", en="We received your answer."),
        steps=(STEP,),
    ),
    e.CaseDecided(reference=REFERENCE, sequence=5, at=AT, decision_id=ID, decision=DECISION, contact=CONTACT),
    e.PaymentNoted(reference=REFERENCE, at=AT, title=TITLE, nature=e.Nature.PERMIT, came="in", contact=CONTACT),
    t.TermSuspended(
        **OF_TERM,
        sequence=6,
        because=e.Words(nl="U vroeg zelf om uitstel.", en="You asked for delay yourself."),
        steps=(STEP,),
        first=date(2026, 12, 1),
        last=None,
    ),
    t.TermExtended(
        **OF_TERM,
        sequence=7,
        because=e.Words(nl="Wij hebben meer tijd nodig.", en="We need more time."),
        steps=(STEP,),
        letter_id=ID,
        letter=TERM_LETTER,
    ),
    t.DelayTold(
        **OF_TERM,
        sequence=8,
        because=e.Words(nl="Het advies is er nog niet.", en="The advice is not there yet."),
        until=date(2027, 2, 1),
    ),
    t.DefaultReceived(
        **OF_TERM,
        sequence=9,
        received_on=date(2027, 1, 21),
        penalty_from=date(2027, 2, 5),
        earliest=date(2027, 1, 20),
    ),
    t.AnswerTimeMoved(
        **OF_TERM,
        sequence=10,
        because=e.Words(nl="De digitale balie werkte niet.", en="The digital counter was out of order."),
        request_id=ID,
        answer_by=date(2026, 12, 10),
    ),
    t.PenaltySet(**OF_TERM, sequence=11, euros=532, days=20, letter_id=ID, letter=TERM_LETTER),
    t.PermitGivenUp(reference=REFERENCE, at=AT, because="De verbouwing gaat niet door."),
    t.PermitExpires(
        reference=REFERENCE, at=AT, title=TITLE, nature=e.Nature.PERMIT, contact=CONTACT, last=date(2027, 12, 31)
    ),
    n.NoticePublished(
        reference=REFERENCE,
        number="2026-17",
        at=AT,
        product="objecten",
        theme="street",
        title=TITLE,
        heading="Container op de stoep",
        place="Voorbeeldstraat 14, Amersfoort",
        text="Iemand wil een container op de stoep zetten.",
        draft="Wij zijn van plan de vergunning te geven.",
        audience="interested",
        first=date(2026, 11, 25),
        last=date(2027, 1, 5),
    ),
    n.NoticeTakenDown(reference=REFERENCE, number="2026-17", at=AT),
    n.ViewGiven(
        view_id=ID,
        view="ZW-2026-7KQ4-M2XD",
        reference=REFERENCE,
        number="2026-17",
        at=AT,
        received_on=date(2026, 11, 24),
        intake=e.Intake(channel="phone", clerk="Yara Bos"),
        language="nl",
        party=replace(NOOR, name="Bea Buur", email="bea@example.org", phone=None),
        on_behalf="Buurtvereniging De Stoep",
        words="De stoep wordt te smal.",
        file=FILE,
        link="http://forms.example/bekendmakingen/2026-17",
    ),
    n.ViewNoted(
        view="ZW-2026-7KQ4-M2XD",
        at=AT,
        turn="received",
        about=e.Words(nl="Container op de stoep, Voorbeeldstraat 14", en="Container op de stoep, Voorbeeldstraat 14"),
        email="bea@example.org",
        language="nl",
        link="http://forms.example/bekendmakingen/2026-17",
    ),
    n.ApplicationInvited(reference=REFERENCE, invite_id=ID, at=AT, product="objecten", title=TITLE, contact=CONTACT),
    n.ApplicationReady(
        reference=REFERENCE,
        at=AT,
        title=TITLE,
        contact=CONTACT,
        link="http://forms.example/beginnen/token",
    ),
    r.CaseDestructionOrdered(reference=REFERENCE, at=AT),
    r.CaseDestroyed(reference=REFERENCE, service="forms", at=AT, rows=12, files=2),
    e.LetterOrdered(letter_id=ID),
    e.LetterPressed(letter_id=ID),
    e.MessageComposed(message_id=ID),
    *(each(notification_id=ID) for each in (p.NotificationAccepted, p.ClientLetterAccepted, p.NotificationSettled)),
    e.ReachedByPost(reference=REFERENCE, party=replace(NOOR, email="")),
    e.PrintOrdered(message_id=ID, text="Hoe breed blijft de stoep?", shown=(SECTION,)),
    e.NoticeSent(
        reference=REFERENCE,
        message_id=ID,
        kind="decision",
        channel="email",
        sent_at=AT,
        letter_link="http://notify.example/brieven/token",
        letter_sha256="0" * 64,
        objection_until=date(2027, 1, 12),
    ),
    e.DayBegan(on=date(2026, 11, 24)),
)
