"""The words of the pages by what a resident does with a form: ask for a permit, report, request, or propose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.catalogue.definitions import Nature
from shared.events import Words


@dataclass(frozen=True, kw_only=True)
class NatureWords:
    """What the pages say about the thing; `wait` tells from when the resident may begin."""

    do_you_need: Words
    needed_if: Words
    not_needed_if: Words
    not_needed: Words
    start: Words
    send: Words
    granted: Words
    refused: Words
    wait: Words | None = None


WORDS: Final[Mapping[Nature, NatureWords]] = {
    Nature.PERMIT: NatureWords(
        do_you_need=Words(nl="Hebt u een vergunning nodig?", en="Do you need a permit?"),
        needed_if=Words(nl="U hebt een vergunning nodig als:", en="You need a permit if:"),
        not_needed_if=Words(nl="U hebt geen vergunning nodig als:", en="You do not need a permit if:"),
        not_needed=Words(nl="U hebt geen vergunning nodig", en="You do not need a permit"),
        start=Words(nl="Start de aanvraag", en="Start the application"),
        send=Words(nl="Verstuur uw aanvraag", en="Send your application"),
        granted=Words(nl="U krijgt de vergunning", en="You get the permit"),
        refused=Words(nl="U krijgt de vergunning niet", en="You do not get the permit"),
        wait=Words(
            nl="Begin nog niet: u mag pas beginnen als u de vergunning hebt.",
            en="Do not start yet: you may start only when you have the permit.",
        ),
    ),
    Nature.REPORT: NatureWords(
        do_you_need=Words(nl="Moet u dit melden?", en="Do you have to report this?"),
        needed_if=Words(nl="U meldt het als:", en="You report it if:"),
        not_needed_if=Words(nl="U hoeft niets te melden als:", en="You do not have to report if:"),
        not_needed=Words(nl="U hoeft dit niet te melden", en="You do not have to report this"),
        start=Words(nl="Start de melding", en="Start the report"),
        send=Words(nl="Verstuur uw melding", en="Send your report"),
        granted=Words(nl="Uw melding is akkoord", en="Your report is accepted"),
        refused=Words(nl="Wij verbieden wat u meldde", en="We forbid what you reported"),
        wait=Words(
            nl="Begin nog niet: wacht op ons bericht, of tot deze datum voorbij is.",
            en="Do not start yet: wait for our message, or until this date has passed.",
        ),
    ),
    Nature.REQUEST: NatureWords(
        do_you_need=Words(nl="Is dit verzoek iets voor u?", en="Is this request for you?"),
        needed_if=Words(nl="U doet dit verzoek als:", en="You make this request if:"),
        not_needed_if=Words(nl="U hoeft dit verzoek niet te doen als:", en="You do not need this request if:"),
        not_needed=Words(nl="U hoeft dit verzoek niet te doen", en="You do not need this request"),
        start=Words(nl="Start het verzoek", en="Start the request"),
        send=Words(nl="Verstuur uw verzoek", en="Send your request"),
        granted=Words(nl="Wij willigen uw verzoek in", en="We grant your request"),
        refused=Words(nl="Wij wijzen uw verzoek af", en="We turn down your request"),
    ),
    Nature.CARD: NatureWords(
        do_you_need=Words(nl="Kunt u een kaart krijgen?", en="Can you get a card?"),
        needed_if=Words(nl="U kunt een kaart krijgen als:", en="You can get a card if:"),
        not_needed_if=Words(nl="U hebt geen kaart nodig als:", en="You do not need a card if:"),
        not_needed=Words(nl="U hebt geen kaart nodig", en="You do not need a card"),
        start=Words(nl="Start de aanvraag", en="Start the application"),
        send=Words(nl="Verstuur uw aanvraag", en="Send your application"),
        granted=Words(nl="U krijgt de kaart", en="You get the card"),
        refused=Words(nl="U krijgt de kaart niet", en="You do not get the card"),
    ),
    Nature.INITIATIVE: NatureWords(
        do_you_need=Words(nl="Is dit iets voor u?", en="Is this for you?"),
        needed_if=Words(nl="U kunt dit doen als:", en="You can do this if:"),
        not_needed_if=Words(nl="U kiest een andere weg als:", en="You choose another way if:"),
        not_needed=Words(nl="Een andere weg past beter", en="Another way fits better"),
        start=Words(nl="Start uw voorstel", en="Start your proposal"),
        send=Words(nl="Verstuur uw voorstel", en="Send your proposal"),
        granted=Words(nl="Wij gaan met uw voorstel aan de slag", en="We take up your proposal"),
        refused=Words(nl="Wij nemen uw voorstel niet over", en="We do not take up your proposal"),
    ),
}
