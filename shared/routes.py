"""Who hears what: the whole system on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared import draft_events, events, participation, post, record_events, term_events

FORMS: Final = "forms"
WORKFLOW: Final = "workflow"
NOTIFY: Final = "notify"
PRESS: Final = "press"
CALLBACKS: Final = "callbacks"
BULK: Final = "bulk"

CONSUMERS: Final = (FORMS, WORKFLOW, NOTIFY, PRESS, CALLBACKS, BULK)
"""Each consumer has a queue of this name and a worker; notify also has a press (PDFs), `callbacks` and `bulk`."""

HEARERS: Final[Mapping[type, tuple[str, ...]]] = {
    events.DraftKept: (NOTIFY,),
    events.AddressTyped: (NOTIFY,),
    events.DraftExpires: (NOTIFY,),
    draft_events.SupportTyped: (NOTIFY,),
    events.SubmissionReceived: (WORKFLOW,),
    events.CosignAsked: (NOTIFY, WORKFLOW),
    events.CosignAnswered: (WORKFLOW,),
    events.FileAwaitsScan: (FORMS,),
    events.FileScanned: (WORKFLOW,),
    events.FileAdded: (WORKFLOW,),
    events.InformationGiven: (WORKFLOW,),
    events.ApplicationCorrected: (WORKFLOW,),
    events.ApplicationWithdrawn: (WORKFLOW,),
    events.MarkGiven: (WORKFLOW,),
    events.OpinionGiven: (WORKFLOW,),
    events.RemarkAnswered: (FORMS,),
    events.FormsMeasured: (WORKFLOW,),
    events.PaymentUnclear: (FORMS,),
    events.PaymentSettled: (WORKFLOW,),
    events.RefundOrdered: (FORMS,),
    events.PaymentChargedBack: (WORKFLOW,),
    events.UnpaidExpires: (NOTIFY,),
    events.PaymentReturned: (WORKFLOW,),
    events.CaseOpened: (NOTIFY, FORMS),
    events.CasePlaced: (NOTIFY,),
    events.CaseMoved: (NOTIFY, FORMS),
    events.InformationAsked: (NOTIFY, FORMS),
    events.DeadlineChanged: (NOTIFY, FORMS),
    events.CaseDecided: (NOTIFY, FORMS),
    events.AdviceAsked: (NOTIFY, FORMS),
    events.AdviceGiven: (FORMS,),
    events.AnswerAwaited: (NOTIFY,),
    events.MorningCounted: (NOTIFY,),
    events.FileRefused: (NOTIFY,),
    events.PaymentNoted: (NOTIFY,),
    events.CorrectionNoted: (NOTIFY,),
    term_events.TermSuspended: (NOTIFY, FORMS),
    term_events.TermExtended: (NOTIFY, FORMS),
    term_events.DelayTold: (NOTIFY, FORMS),
    term_events.DefaultReceived: (NOTIFY, FORMS),
    term_events.AnswerTimeMoved: (NOTIFY, FORMS),
    term_events.PenaltySet: (NOTIFY, FORMS),
    term_events.DecisionRenewed: (NOTIFY, FORMS),
    term_events.PermitExpires: (NOTIFY,),
    term_events.PermitGivenUp: (WORKFLOW,),
    term_events.PermitWithdrawn: (NOTIFY, FORMS),
    term_events.ConditionsAdded: (NOTIFY, FORMS),
    participation.NoticePublished: (FORMS,),
    participation.NoticeTakenDown: (FORMS,),
    participation.ViewGiven: (WORKFLOW,),
    participation.ViewNoted: (NOTIFY,),
    participation.ApplicationInvited: (FORMS,),
    participation.ApplicationReady: (NOTIFY,),
    participation.SupportGathered: (WORKFLOW,),
    participation.PanelSent: (FORMS,),
    participation.PanelAsked: (NOTIFY,),
    record_events.CaseDestructionOrdered: (FORMS, PRESS, WORKFLOW),
    record_events.CaseDestroyed: (WORKFLOW,),
    events.LetterOrdered: (PRESS,),
    events.LetterPressed: (NOTIFY,),
    events.MessageComposed: (NOTIFY,),
    post.NotificationAccepted: (NOTIFY,),
    post.ClientLetterAccepted: (PRESS,),
    post.NotificationSettled: (CALLBACKS,),
    post.TextReceived: (CALLBACKS,),
    post.CallOrdered: (CALLBACKS,),
    post.BulkAccepted: (BULK,),
    events.ReachedByPost: (NOTIFY,),
    post.BoxChosen: (NOTIFY,),
    events.PrintOrdered: (PRESS,),
    events.NoticeSent: (WORKFLOW, FORMS),
    post.NoticeFailed: (WORKFLOW,),
    events.DayBegan: (FORMS, WORKFLOW, PRESS, BULK),
}


def hearers_of(happened: object) -> tuple[str, ...]:
    """Name the consumers that hear this event.

    Raises:
        KeyError: the event has no route; `tests/house` sees to it that each has one.
    """
    return HEARERS[type(happened)]
