"""The words of a decision by what a resident did with the form; letters, mails and pages say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.events import Nature, Result, Words

YOURS: Final[Mapping[Nature, Words]] = {
    Nature.PERMIT: Words(nl="uw aanvraag", en="your application"),
    Nature.REPORT: Words(nl="uw melding", en="your report"),
    Nature.REQUEST: Words(nl="uw verzoek", en="your request"),
    Nature.CARD: Words(nl="uw aanvraag", en="your application"),
    Nature.INITIATIVE: Words(nl="uw voorstel", en="your proposal"),
    Nature.OBJECTION: Words(nl="uw bezwaar", en="your objection"),
}
"""How the thing that the resident sent is called."""

NOT_NEEDED: Final[Mapping[Nature, Words]] = {
    Nature.PERMIT: Words(nl="U hebt geen vergunning nodig", en="You do not need a permit"),
    Nature.REPORT: Words(nl="U hoeft dit niet te melden", en="You do not have to report this"),
    Nature.REQUEST: Words(nl="U hoeft dit verzoek niet te doen", en="You do not need this request"),
    Nature.CARD: Words(nl="U hebt geen kaart nodig", en="You do not need a card"),
    Nature.INITIATIVE: Words(nl="Een andere weg past beter", en="Another way fits better"),
    Nature.OBJECTION: Words(nl="Bezwaar is hier niet nodig", en="No objection is needed here"),
}

_FOUNDED: Final = Words(nl="Uw bezwaar is gegrond", en="Your objection is founded")
_PARTLY_FOUNDED: Final = Words(nl="Uw bezwaar is deels gegrond", en="Your objection is founded in part")
_UNFOUNDED: Final = Words(nl="Uw bezwaar is ongegrond", en="Your objection is unfounded")
_INADMISSIBLE: Final = Words(nl="Uw bezwaar is niet-ontvankelijk", en="Your objection is inadmissible")
_GRANTED: Final[Mapping[Nature, Words]] = {
    Nature.PERMIT: Words(nl="U krijgt de vergunning", en="You get the permit"),
    Nature.REPORT: Words(nl="Uw melding is akkoord", en="Your report is accepted"),
    Nature.REQUEST: Words(nl="Wij willigen uw verzoek in", en="We grant your request"),
    Nature.CARD: Words(nl="U krijgt de kaart", en="You get the card"),
    Nature.INITIATIVE: Words(nl="Wij gaan met uw voorstel aan de slag", en="We take up your proposal"),
    Nature.OBJECTION: _FOUNDED,
}
_GRANTED_PARTLY: Final[Mapping[Nature, Words]] = {
    Nature.PERMIT: Words(nl="U krijgt de vergunning voor een deel", en="You get the permit for a part"),
    Nature.REPORT: Words(nl="Een deel van uw melding is akkoord", en="A part of your report is accepted"),
    Nature.REQUEST: Words(nl="Wij willigen een deel van uw verzoek in", en="We grant a part of your request"),
    Nature.CARD: Words(
        nl="U krijgt de kaart, maar niet alles wat u vroeg", en="You get the card, but not all you asked"
    ),
    Nature.INITIATIVE: Words(
        nl="Wij gaan met een deel van uw voorstel aan de slag", en="We take up a part of your proposal"
    ),
    Nature.OBJECTION: _PARTLY_FOUNDED,
}
_REFUSED: Final[Mapping[Nature, Words]] = {
    Nature.PERMIT: Words(nl="U krijgt de vergunning niet", en="You do not get the permit"),
    Nature.REPORT: Words(nl="Wij verbieden wat u meldde", en="We forbid what you reported"),
    Nature.REQUEST: Words(nl="Wij wijzen uw verzoek af", en="We turn down your request"),
    Nature.CARD: Words(nl="U krijgt de kaart niet", en="You do not get the card"),
    Nature.INITIATIVE: Words(nl="Wij nemen uw voorstel niet over", en="We do not take up your proposal"),
    Nature.OBJECTION: _UNFOUNDED,
}
_BY_LAW: Final[Mapping[Nature, Words]] = {
    Nature.PERMIT: Words(nl="U hebt de vergunning van rechtswege", en="You have the permit by operation of law"),
    Nature.REPORT: Words(nl="U mag doen wat u meldde", en="You may do what you reported"),
    Nature.REQUEST: Words(
        nl="Uw verzoek is van rechtswege ingewilligd", en="Your request is granted by operation of law"
    ),
    Nature.CARD: Words(nl="U hebt de kaart van rechtswege", en="You have the card by operation of law"),
    Nature.INITIATIVE: Words(
        nl="Uw voorstel is van rechtswege overgenomen", en="Your proposal is taken up by operation of law"
    ),
    Nature.OBJECTION: _FOUNDED,
}
_TABLES: Final[Mapping[Result, Mapping[Nature, Words]]] = {
    "granted": _GRANTED,
    "granted_partly": _GRANTED_PARTLY,
    "refused": _REFUSED,
    "not_processed": {
        nature: Words(nl=f"Wij behandelen {yours.nl} niet", en=f"We do not process {yours.en}")
        for nature, yours in YOURS.items()
    },
    "not_needed": NOT_NEEDED,
    "by_law": _BY_LAW,
    "founded": dict.fromkeys(Nature, _FOUNDED),
    "unfounded": dict.fromkeys(Nature, _UNFOUNDED),
    "inadmissible": dict.fromkeys(Nature, _INADMISSIBLE),
}

GIVES: Final = frozenset[Result]({"granted", "granted_partly", "by_law"})
"""Results that give the applicant something, to which conditions may belong."""

ON_OBJECTION: Final[tuple[Result, ...]] = ("founded", "unfounded", "inadmissible")
"""Results of an objection (Awb 7:11), and of nothing else."""


def outcome_words(result: Result, *, nature: Nature) -> Words:
    """Say what was decided, in one line without a full stop."""
    return _TABLES[result][nature]
