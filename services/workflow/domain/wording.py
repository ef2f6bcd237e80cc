"""How staff's pages speak of a decision, by what the applicant did with the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.events import Nature, Result, Words


@dataclass(frozen=True, kw_only=True)
class DecisionWords:
    """What a result is called before (`act`) and after it was chosen (`done`), and how its reasons are asked for."""

    act: Words
    done: Words
    why: Words


_FOUNDED: Final = DecisionWords(
    act=Words(nl="Bezwaar gegrond", en="Objection founded"),
    done=Words(nl="Bezwaar gegrond verklaard", en="Objection held founded"),
    why=Words(nl="Waarom is het bezwaar gegrond?", en="Why is the objection founded?"),
)
_UNFOUNDED: Final = DecisionWords(
    act=Words(nl="Bezwaar ongegrond", en="Objection unfounded"),
    done=Words(nl="Bezwaar ongegrond verklaard", en="Objection held unfounded"),
    why=Words(nl="Waarom is het bezwaar ongegrond?", en="Why is the objection unfounded?"),
)
_GRANT: Final[Mapping[Nature, DecisionWords]] = {
    Nature.PERMIT: DecisionWords(
        act=Words(nl="Vergunning geven", en="Grant the permit"),
        done=Words(nl="Vergunning gegeven", en="Permit granted"),
        why=Words(nl="Waarom geeft u de vergunning?", en="Why do you grant the permit?"),
    ),
    Nature.REPORT: DecisionWords(
        act=Words(nl="Akkoord met de melding", en="Accept the report"),
        done=Words(nl="Melding akkoord", en="Report accepted"),
        why=Words(nl="Waarom gaat u akkoord?", en="Why do you accept it?"),
    ),
    Nature.REQUEST: DecisionWords(
        act=Words(nl="Verzoek inwilligen", en="Grant the request"),
        done=Words(nl="Verzoek ingewilligd", en="Request granted"),
        why=Words(nl="Waarom willigt u het verzoek in?", en="Why do you grant the request?"),
    ),
    Nature.CARD: DecisionWords(
        act=Words(nl="Kaart geven", en="Give the card"),
        done=Words(nl="Kaart gegeven", en="Card given"),
        why=Words(nl="Waarom geeft u de kaart?", en="Why do you give the card?"),
    ),
    Nature.INITIATIVE: DecisionWords(
        act=Words(nl="Voorstel overnemen", en="Take up the proposal"),
        done=Words(nl="Voorstel overgenomen", en="Proposal taken up"),
        why=Words(nl="Waarom neemt u het voorstel over?", en="Why do you take up the proposal?"),
    ),
    Nature.OBJECTION: _FOUNDED,
}
_REFUSE: Final[Mapping[Nature, DecisionWords]] = {
    Nature.PERMIT: DecisionWords(
        act=Words(nl="Vergunning weigeren", en="Refuse the permit"),
        done=Words(nl="Vergunning geweigerd", en="Permit refused"),
        why=Words(nl="Waarom weigert u de vergunning?", en="Why do you refuse the permit?"),
    ),
    Nature.REPORT: DecisionWords(
        act=Words(nl="Verbieden wat gemeld is", en="Forbid what was reported"),
        done=Words(nl="Verboden wat gemeld is", en="Forbidden what was reported"),
        why=Words(nl="Waarom verbiedt u het?", en="Why do you forbid it?"),
    ),
    Nature.REQUEST: DecisionWords(
        act=Words(nl="Verzoek afwijzen", en="Turn down the request"),
        done=Words(nl="Verzoek afgewezen", en="Request turned down"),
        why=Words(nl="Waarom wijst u het verzoek af?", en="Why do you turn down the request?"),
    ),
    Nature.CARD: DecisionWords(
        act=Words(nl="Kaart weigeren", en="Refuse the card"),
        done=Words(nl="Kaart geweigerd", en="Card refused"),
        why=Words(nl="Waarom weigert u de kaart?", en="Why do you refuse the card?"),
    ),
    Nature.INITIATIVE: DecisionWords(
        act=Words(nl="Voorstel niet overnemen", en="Do not take up the proposal"),
        done=Words(nl="Voorstel niet overgenomen", en="Proposal not taken up"),
        why=Words(nl="Waarom neemt u het voorstel niet over?", en="Why do you not take up the proposal?"),
    ),
    Nature.OBJECTION: _UNFOUNDED,
}
_PARTLY: Final[Mapping[Nature, DecisionWords]] = {
    nature: DecisionWords(
        act=Words(nl=f"{words.act.nl} voor een deel", en=f"{words.act.en} in part"),
        done=Words(nl=f"{words.done.nl} voor een deel", en=f"{words.done.en} in part"),
        why=words.why,
    )
    for nature, words in _GRANT.items()
}
_ALIKE: Final[Mapping[Result, DecisionWords]] = {
    "not_processed": DecisionWords(
        act=Words(nl="Buiten behandeling laten", en="Refuse to process"),
        done=Words(nl="Buiten behandeling gelaten", en="Refused to process"),
        why=Words(nl="Wat ontbreekt er nog?", en="What is still missing?"),
    ),
    "not_needed": DecisionWords(
        act=Words(nl="Het is niet nodig", en="It is not needed"),
        done=Words(nl="Het was niet nodig", en="It was not needed"),
        why=Words(nl="Waarom is het niet nodig?", en="Why is it not needed?"),
    ),
    "by_law": DecisionWords(
        act=Words(nl="Van rechtswege gegeven, bekendmaken", en="Given by operation of law, announce it"),
        done=Words(nl="Van rechtswege gegeven", en="Given by operation of law"),
        why=Words(nl="Wat wilt u erbij uitleggen?", en="What do you want to explain?"),
    ),
    "founded": _FOUNDED,
    "unfounded": _UNFOUNDED,
    "inadmissible": DecisionWords(
        act=Words(nl="Bezwaar niet-ontvankelijk", en="Objection inadmissible"),
        done=Words(nl="Bezwaar niet-ontvankelijk verklaard", en="Objection held inadmissible"),
        why=Words(nl="Waarom is het bezwaar niet-ontvankelijk?", en="Why is the objection inadmissible?"),
    ),
}
_BY_NATURE: Final[Mapping[Result, Mapping[Nature, DecisionWords]]] = {
    "granted": _GRANT,
    "granted_partly": _PARTLY,
    "refused": _REFUSE,
}


def decision_words(result: Result, *, nature: Nature) -> DecisionWords:
    """Give the words for this result."""
    return _ALIKE.get(result) or _BY_NATURE[result][nature]
