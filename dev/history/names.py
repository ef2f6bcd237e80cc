"""Invented people and addresses, by chance that can be repeated."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Final

from shared.values import Channel

_FIRST: Final = (
    "Noor|Samir|Els|Ruud|Mila|Bram|Fatma|Daan|Sanne|Youssef|Lotte|Ahmed|Femke|Jeroen|Aylin|Thijs|Marieke|Omar|"
    "Ilse|Sven|Nadia|Koen|Priya|Gijs|Zeynep|Wouter|Hanna|Mehmet|Anouk|Teun|Chantal|Rachid|Joke|Bas|Sofia|Pieter|"
    "Amina|Ravi|Tess|Kees"
)
_LAST: Final = (
    "de Vries|Haddad|van Dijk|Smit|Janssen|de Wit|Yılmaz|Bakker|Visser|El Amrani|Meijer|de Boer|Mulder|Öztürk|"
    "Bos|Vos|Peters|Hendriks|van Leeuwen|Dekker|Brouwer|Dijkstra|Çelik|Smits|de Graaf|van der Meer|Kuipers|"
    "Jacobs|Postma|Veenstra|van den Berg|Singh|Hoekstra|Koster|Prins|Blom|Huisman|Peeters|de Jong|Kok|Schouten|"
    "Willems|Timmermans|Groen|Aslan"
)
_STREETS: Final = (
    "Voorbeeldstraat|Lindelaan|Molenweg|Stationsplein|Kerkstraat|Havenkade|Beukenlaan|Dorpsweg|Marktplein|"
    "Parkweg|Zonnebloemstraat|Eikenlaan|Wilgenpad|Schoolstraat|Nieuwstraat|Kastanjelaan|Meidoornstraat|"
    "Weverstraat|Kortegracht|Langegracht|Vlierstraat|Ringweg|Fazantstraat|Merelhof|Zwaluwpad|Ambachtsweg|"
    "Industriestraat|Veerweg|Torenstraat"
)
_FIRST_NAMES: Final = tuple(_FIRST.split("|"))
_LAST_NAMES: Final = tuple(_LAST.split("|"))
_STREET_NAMES: Final = tuple(_STREETS.split("|"))
CHANNELS: Final[Mapping[Channel, int]] = {"web": 86, "desk": 7, "phone": 3, "post": 4}
"""How a hundred applications come in."""
_LETTERS: Final = "ABCDEGHJKLMNPRTVWXZ"


def name_of(chance: Random) -> str:
    """A name; some ten thousand are about as many as bear a common name twice in a city."""
    middle = f" {chance.choice(_LETTERS)}." if chance.random() < 0.4 else ""
    return f"{chance.choice(_FIRST_NAMES)}{middle} {chance.choice(_LAST_NAMES)}"


def street_of(chance: Random) -> str:
    """A street."""
    return chance.choice(_STREET_NAMES)


def place_of(chance: Random) -> str:
    """A place without an address: a stretch of a street, one of some hundreds."""
    return f"{street_of(chance)} bij nummer {chance.randrange(1, 40)}"


def postcode_of(chance: Random) -> str:
    """A postcode in the district of the examples."""
    return f"38{chance.randrange(10, 30)} {chance.choice(_LETTERS)}{chance.choice(_LETTERS)}"


def channel_of(chance: Random) -> Channel:
    """A way in which it came."""
    return chance.choices(tuple(CHANNELS), tuple(CHANNELS.values()))[0]
