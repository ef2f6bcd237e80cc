"""What staff read about messages: what each tells, how far it got, and what went wrong in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from services.notify.client_store import SCANNER
from services.notify.domain.messages import Kind
from services.notify.domain.notifications import Channel, KeyType, may_be_cancelled
from services.notify.domain.states import Status
from services.notify.domain.troubles import Trouble
from services.notify.domain.wording import CLOSING, NAMES
from shared.events import Words

KINDS: Final[Mapping[Kind, Words]] = {
    Kind.RECEIPT: Words(nl="Ontvangstbevestiging", en="Confirmation of receipt"),
    Kind.PROGRESS: Words(nl="In behandeling genomen", en="Taken up"),
    Kind.QUESTION: Words(nl="Vraag om aanvulling", en="Question for more"),
    Kind.REMINDER: Words(nl="Herinnering aan de vraag", en="Reminder of the question"),
    Kind.PERMIT_EXPIRES: Words(nl="Vergunning loopt af", en="Permit expires"),
    Kind.DECISION_RENEWED: Words(nl="Ander besluit na bezwaar", en="Another decision after an objection"),
    Kind.PERMIT_WITHDRAWN: Words(nl="Vergunning ingetrokken", en="Permit withdrawn"),
    Kind.CONDITIONS_ADDED: Words(nl="Regels toegevoegd", en="Rules added"),
    Kind.DEADLINE: Words(nl="Andere beslisdatum", en="Other date of decision"),
    Kind.DRAFT: Words(nl="Link naar een bewaard formulier", en="Link to a saved form"),
    Kind.EXPIRING: Words(nl="Bewaard formulier verloopt", en="Saved form expires"),
    Kind.CONFIRM: Words(nl="E-mailadres bevestigen", en="Confirm an e-mail address"),
    Kind.SUPPORT: Words(nl="Handtekening bevestigen", en="Confirm a signature"),
    Kind.DECISION: Words(nl="Besluit", en="Decision"),
    Kind.WITHDRAWN: Words(nl="Aanvraag ingetrokken", en="Application withdrawn"),
    Kind.CORRECTED: Words(nl="Antwoorden gewijzigd", en="Answers changed"),
    Kind.FILE_INFECTED: Words(nl="Onveilig bestand", en="Unsafe file"),
    Kind.FILE_UNJUDGED: Words(nl="Bestand niet te controleren", en="File cannot be checked"),
    Kind.MORNING: Words(nl="Ochtendbericht voor een medewerker", en="Morning mail for staff"),
    Kind.PAID: Words(nl="Betaling ontvangen", en="Payment received"),
    Kind.PAID_BACK: Words(nl="Geld terug", en="Money back"),
    Kind.UNPAID: Words(nl="Nog niet betaald", en="Not paid yet"),
    Kind.COSIGN: Words(nl="Vraag om akkoord", en="Request to agree"),
    Kind.COSIGN_REMINDER: Words(nl="Herinnering om akkoord", en="Reminder to agree"),
    Kind.COSIGN_AWAITED: Words(nl="Akkoord van een ander ontbreekt", en="Another has to agree"),
    Kind.SUSPENDED: Words(nl="Termijn staat stil", en="Term stands still"),
    Kind.EXTENDED: Words(nl="Termijn verlengd", en="Term extended"),
    Kind.DELAY: Words(nl="Vertraging", en="Delay"),
    Kind.DEFAULT: Words(nl="Ingebrekestelling ontvangen", en="Notice of default received"),
    Kind.DEFAULT_EARLY: Words(nl="Ingebrekestelling te vroeg", en="Notice of default too early"),
    Kind.MORE_TIME: Words(nl="Meer tijd om te antwoorden", en="More time to answer"),
    Kind.PENALTY: Words(nl="Dwangsom", en="Penalty"),
    Kind.ADVICE: Words(nl="Vraag om advies", en="Request for advice"),
    Kind.ADVICE_REMINDER: Words(nl="Herinnering aan het advies", en="Reminder of the advice"),
    Kind.VIEW: Words(nl="Zienswijze ontvangen", en="View received"),
    Kind.VIEW_DECIDED: Words(nl="Besluit na een zienswijze", en="Decision after a view"),
    Kind.APPLICATION_READY: Words(nl="Aanvraag staat klaar", en="Application is ready"),
    Kind.PANEL: Words(nl="Vraag aan het bewonerspanel", en="Question to the residents’ panel"),
}
STATES: Final[Mapping[Status, Words]] = {
    Status.CREATED: Words(nl="Wacht", en="Waits"),
    Status.SENDING: Words(nl="Onderweg", en="On its way"),
    Status.PENDING: Words(nl="Onderweg", en="On its way"),
    Status.SENT: Words(nl="Verstuurd", en="Sent"),
    Status.DELIVERED: Words(nl="Aangekomen", en="Arrived"),
    Status.PERMANENT_FAILURE: Words(nl="Niet aangekomen", en="Did not arrive"),
    Status.TEMPORARY_FAILURE: Words(nl="Niet aangekomen", en="Did not arrive"),
    Status.TECHNICAL_FAILURE: Words(nl="Niet gelukt", en="Did not succeed"),
}
SENT_STATES: Final[Mapping[Status, Words]] = {
    **STATES,
    Status.ACCEPTED: Words(nl="Wordt gemaakt", en="Being made"),
    Status.RECEIVED: Words(nl="Klaar voor de post", en="Ready for the post"),
    Status.CANCELLED: Words(nl="Ingetrokken", en="Cancelled"),
    Status.PENDING_VIRUS_CHECK: Words(nl="Wordt gecontroleerd", en="Being checked"),
    Status.VIRUS_SCAN_FAILED: Words(nl="Onveilig bestand", en="Unsafe file"),
    Status.VALIDATION_FAILED: Words(nl="Geen goede brief", en="No proper letter"),
    Status.RETURNED_LETTER: Words(nl="Kwam terug", en="Came back"),
}
"""How far what another system sent got."""
CHANNELS: Final[Mapping[Channel, Words]] = {
    Channel.EMAIL: Words(nl="E-mail", en="E-mail"),
    Channel.SMS: Words(nl="Sms", en="Text message"),
    Channel.LETTER: Words(nl="Brief", en="Letter"),
}
KEY_TYPES: Final[Mapping[KeyType, Words]] = {
    KeyType.LIVE: Words(nl="Echt", en="Live"),
    KeyType.TEAM: Words(nl="Alleen eigen team", en="Own team only"),
    KeyType.TEST: Words(nl="Proef", en="Trial"),
}
BULK_STATES: Final[Mapping[str, Words]] = {
    "checked": Words(nl="Gecontroleerd", en="Checked"),
    "sending": Words(nl="Wordt verstuurd", en="Being sent"),
    "sent": Words(nl="Verstuurd", en="Sent"),
}
ROW_STATES: Final[Mapping[str, Words]] = {
    "waiting": Words(nl="Nog niet aan de beurt", en="Not yet due"),
    "refused": Words(nl="Kan niet", en="Not possible"),
    **{str(status): words for status, words in SENT_STATES.items()},
}
"""How far the rows of a bulk are."""
SYSTEMS: Final[Mapping[str, Words]] = {
    "email": Words(nl="Mailserver", en="Mail server"),
    "sms": Words(nl="Sms-dienst", en="Text message service"),
    "box": Words(nl="Berichtenbox", en="Berichtenbox"),
}
"""What a system outside is, by what it takes; its address stands behind it."""
PRINT_ROOM: Final = Words(nl="Printkamer", en="Print room")
MALWARE_SCANNER: Final = Words(nl="Virusscanner", en="Malware scanner")

CODES: Final[Mapping[str, str]] = {
    str(code): each.nl for words in (KINDS, SENT_STATES, CHANNELS) for code, each in words.items()
}
"""Our codes in Dutch, as evidence says them."""

BADGES: Final[Mapping[Status, str]] = {
    Status.CREATED: "wait",
    Status.SENDING: "info",
    Status.PENDING: "info",
    Status.SENT: "ok",
    Status.DELIVERED: "ok",
    Status.PERMANENT_FAILURE: "error",
    Status.TEMPORARY_FAILURE: "error",
    Status.TECHNICAL_FAILURE: "error",
}
SENT_BADGES: Final[Mapping[Status, str]] = {
    **BADGES,
    Status.ACCEPTED: "wait",
    Status.RECEIVED: "ok",
    Status.CANCELLED: "new",
    Status.PENDING_VIRUS_CHECK: "wait",
    Status.VIRUS_SCAN_FAILED: "error",
    Status.VALIDATION_FAILED: "error",
    Status.RETURNED_LETTER: "error",
}
TEXT_NAMES: Final[Mapping[str, Words]] = {
    **{str(kind): words for kind, words in KINDS.items()},
    CLOSING: Words(nl="Slot van elk bericht", en="End of every message"),
}
"""The texts that can be changed."""
DONE: Final[Mapping[str, Words]] = {
    "sent_again": Words(nl="Het bericht gaat opnieuw weg.", en="The message goes out again."),
    "sent_before": Words(
        nl="Dit was al gedaan. Wij deden het niet nog eens.", en="This was done already. We did not do it twice."
    ),
    "nothing_to_mend": Words(
        nl="Dit hoeft niet meer: het bericht is aangekomen of al onderweg.",
        en="This is no longer needed: the message arrived or is on its way.",
    ),
    "called_again": Words(nl="Wij melden het opnieuw terug.", en="We report it back again."),
    "letter_returned": Words(
        nl="De brief staat als teruggekomen. Het andere systeem hoort het.",
        en="The letter stands as come back. The other system is told.",
    ),
    "cancelled": Words(
        nl="Het bericht gaat niet weg. Het andere systeem hoort het.",
        en="The message does not leave. The other system is told.",
    ),
    "too_late": Words(nl="Dit kan niet meer: het bericht is al weg.", en="It is too late: the message has left."),
    "bulk_too_large": Words(
        nl="Zo veel mag dit systeem vandaag niet meer sturen. Probeer het morgen.",
        en="This system may not send so many any more today. Try again tomorrow.",
    ),
    "bulk_sent": Words(nl="De zending is begonnen.", en="The batch has begun."),
    "lifted": Words(nl="Er mogen weer berichten heen.", en="Messages may go there again."),
    "lifted_before": Words(nl="Dit adres was al weer toegelaten.", en="This address was allowed again already."),
    "no_home": Words(nl="Dit bericht kan niet als brief.", en="This message cannot go as a letter."),
    "text_kept": Words(nl="De tekst is bewaard en nagekeken.", en="The text was kept and checked."),
    "text_thrown_away": Words(nl="De werkversie is weg.", en="The draft is gone."),
    "text_published": Words(nl="De tekst geldt vanaf nu.", en="The text counts from now on."),
}
"""What stands above a page after something was done."""
TROUBLES: Final[Mapping[Trouble, Words]] = {
    Trouble.NO_SUCH_ADDRESS: Words(
        nl="Dit e-mailadres bestaat niet, of niet meer. Vraag de ontvanger om het goede adres.",
        en="This e-mail address does not exist, or no more. Ask the recipient for the right one.",
    ),
    Trouble.NO_ADDRESS: Words(
        nl="Dit is geen e-mailadres. Waarschijnlijk zit er een typefout in.",
        en="This is no e-mail address. There is probably a typing error in it.",
    ),
    Trouble.STOPPED: Words(
        nl="Eerdere berichten aan dit adres kwamen terug. Vraag om het goede adres, of stuur een brief.",
        en="Earlier messages to this address came back. Ask for the right address, or send a letter.",
    ),
    Trouble.FULL: Words(
        nl="De mailbox van de ontvanger is vol. Vraag om een ander adres, of probeer het morgen nog eens.",
        en="The mailbox of the recipient is full. Ask for another address, or try again tomorrow.",
    ),
    Trouble.REFUSED: Words(
        nl="De mailserver van de ontvanger weigerde het bericht. Stuur een brief, of vraag om een ander adres.",
        en="The mail server of the recipient refused the message. Send a letter, or ask for another address.",
    ),
    Trouble.BUSY: Words(
        nl="De mailserver van de ontvanger nam het nu niet aan. Wij proberen het vanzelf opnieuw.",
        en="The mail server of the recipient did not take it now. We try again by ourselves.",
    ),
    Trouble.UNREACHABLE: Words(
        nl="Wij konden de mailserver niet bereiken. Wij proberen het vanzelf opnieuw.",
        en="We could not reach the mail server. We try again by ourselves.",
    ),
    Trouble.NO_HOME: Words(
        nl="Wij weten niet waar de ontvanger woont. Vul een e-mailadres in, als de ontvanger dat goed vindt.",
        en="We do not know where the recipient lives. Fill in an e-mail address, if the recipient agrees.",
    ),
    Trouble.NO_PRINTER: Words(
        nl="Brieven kunnen nu niet weg: er is geen map voor de printstraat ingesteld. Bel het functioneel beheer.",
        en="Letters cannot leave now: no folder for the print room is set. Call the functional administrator.",
    ),
    Trouble.MALWARE: Words(
        nl="In deze brief zit een virus. Wij openen hem niet, en hij gaat niet weg.",
        en="There is a virus in this letter. We do not open it, and it does not leave.",
    ),
    Trouble.UNSURE: Words(
        nl="Er viel iets uit tijdens het versturen. Wij weten niet zeker of het bericht weg is.",
        en="Something broke down while sending. We do not know for sure whether the message left.",
    ),
    Trouble.OTHER: Words(
        nl="Het versturen ging mis. Hieronder staat wat het andere systeem zei.",
        en="Sending went wrong. Below is what the other system said.",
    ),
}


_NAME: Final = re.compile(r"[^\s<>@]+@")
"""What stands before the domain of an address, wherever a text names one."""


def masked(address: str) -> str:
    """Write an address so that who knows it recognises it and nobody else can use it."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}…{at}{domain}" if at or not name.startswith("+") else f"+…{name[-2:]}"


def system_name(provider: str, *, channel: str) -> Words:
    """Say which system outside took something, or did not: what it is, then its address."""
    if provider == SCANNER:
        return MALWARE_SCANNER
    if channel not in SYSTEMS:
        return PRINT_ROOM
    kind = SYSTEMS[channel]
    return Words(nl=f"{kind.nl} {provider}".strip(), en=f"{kind.en} {provider}".strip())


def said(answer: str) -> str:
    """Give the words of another system with each address in them masked: it may name one that we do not know."""
    return _NAME.sub(lambda found: masked(found[0]), answer)


FOR_PAGES: Final[Mapping[str, Any]] = {
    "message_kinds": KINDS,
    "message_states": STATES,
    "message_badges": BADGES,
    "message_troubles": TROUBLES,
    "done": DONE,
    "text_names": TEXT_NAMES,
    "hole_names": NAMES,
    "masked": masked,
    "said": said,
    "sent_states": SENT_STATES,
    "sent_badges": SENT_BADGES,
    "sent_channels": CHANNELS,
    "key_types": KEY_TYPES,
    "bulk_states": BULK_STATES,
    "row_states": ROW_STATES,
    "may_be_cancelled": may_be_cancelled,
    "system_name": system_name,
}
"""What the templates of staff know."""
