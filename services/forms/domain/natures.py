"""The words of the pages by what a resident does with a form: ask for a permit, report, request, or propose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.catalogue.definitions import Nature
from shared.events import Words
from shared.natures import NOT_NEEDED, YOURS


@dataclass(frozen=True, kw_only=True)
class NatureWords:
    """What the pages say about the thing: `yours` is what the resident sends, `wait` from when they may begin.

    `decides` says when we decide where that does not count from receipt (Awb 7:10 lid 1).
    """

    yours: Words
    do_you_need: Words
    needed_if: Words
    not_needed_if: Words
    not_needed: Words
    start: Words
    send: Words
    wait: Words | None = None
    decides: Words | None = None


WORDS: Final[Mapping[Nature, NatureWords]] = {
    Nature.PERMIT: NatureWords(
        yours=YOURS[Nature.PERMIT],
        do_you_need=Words(nl="Hebt u een vergunning nodig?", en="Do you need a permit?"),
        needed_if=Words(nl="U hebt een vergunning nodig als:", en="You need a permit if:"),
        not_needed_if=Words(nl="U hebt geen vergunning nodig als:", en="You do not need a permit if:"),
        not_needed=NOT_NEEDED[Nature.PERMIT],
        start=Words(nl="Start de aanvraag", en="Start the application"),
        send=Words(nl="Verstuur uw aanvraag", en="Send your application"),
        wait=Words(
            nl="Begin nog niet: u mag pas beginnen als u de vergunning hebt.",
            en="Do not start yet: you may start only when you have the permit.",
        ),
    ),
    Nature.REPORT: NatureWords(
        yours=YOURS[Nature.REPORT],
        do_you_need=Words(nl="Moet u dit melden?", en="Do you have to report this?"),
        needed_if=Words(nl="U meldt het als:", en="You report it if:"),
        not_needed_if=Words(nl="U hoeft niets te melden als:", en="You do not have to report if:"),
        not_needed=NOT_NEEDED[Nature.REPORT],
        start=Words(nl="Start de melding", en="Start the report"),
        send=Words(nl="Verstuur uw melding", en="Send your report"),
        wait=Words(
            nl="Begin nog niet: wacht op ons bericht, of tot deze datum voorbij is.",
            en="Do not start yet: wait for our message, or until this date has passed.",
        ),
    ),
    Nature.REQUEST: NatureWords(
        yours=YOURS[Nature.REQUEST],
        do_you_need=Words(nl="Is dit verzoek iets voor u?", en="Is this request for you?"),
        needed_if=Words(nl="U doet dit verzoek als:", en="You make this request if:"),
        not_needed_if=Words(nl="U hoeft dit verzoek niet te doen als:", en="You do not need this request if:"),
        not_needed=NOT_NEEDED[Nature.REQUEST],
        start=Words(nl="Start het verzoek", en="Start the request"),
        send=Words(nl="Verstuur uw verzoek", en="Send your request"),
    ),
    Nature.CARD: NatureWords(
        yours=YOURS[Nature.CARD],
        do_you_need=Words(nl="Kunt u een kaart krijgen?", en="Can you get a card?"),
        needed_if=Words(nl="U kunt een kaart krijgen als:", en="You can get a card if:"),
        not_needed_if=Words(nl="U hebt geen kaart nodig als:", en="You do not need a card if:"),
        not_needed=NOT_NEEDED[Nature.CARD],
        start=Words(nl="Start de aanvraag", en="Start the application"),
        send=Words(nl="Verstuur uw aanvraag", en="Send your application"),
    ),
    Nature.INITIATIVE: NatureWords(
        yours=YOURS[Nature.INITIATIVE],
        do_you_need=Words(nl="Is dit iets voor u?", en="Is this for you?"),
        needed_if=Words(nl="U kunt dit doen als:", en="You can do this if:"),
        not_needed_if=Words(nl="U kiest een andere weg als:", en="You choose another way if:"),
        not_needed=NOT_NEEDED[Nature.INITIATIVE],
        start=Words(nl="Start uw voorstel", en="Start your proposal"),
        send=Words(nl="Verstuur uw voorstel", en="Send your proposal"),
    ),
    Nature.OBJECTION: NatureWords(
        yours=YOURS[Nature.OBJECTION],
        do_you_need=Words(nl="Kunt u bezwaar maken?", en="Can you object?"),
        needed_if=Words(nl="U kunt bezwaar maken als:", en="You can object if:"),
        not_needed_if=Words(nl="U maakt geen bezwaar als:", en="You do not object if:"),
        not_needed=NOT_NEEDED[Nature.OBJECTION],
        start=Words(nl="Start uw bezwaar", en="Start your objection"),
        send=Words(nl="Verstuur uw bezwaar", en="Send your objection"),
        decides=Words(
            nl="Wij beslissen 6 weken na de laatste dag om bezwaar te maken. De datum staat in de bevestiging.",
            en="We decide 6 weeks after the last day to object. The confirmation says the date.",
        ),
    ),
}
