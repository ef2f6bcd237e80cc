"""The address book in a file, and the towns of the municipality."""

from __future__ import annotations

from services.forms.addresses import AddressFile
from shared.events import Address
from tests.products import CATALOGUE


def test_an_address_is_here_in_one_of_the_towns_and_anywhere_while_none_are_named() -> None:
    house = CATALOGUE.municipality
    assert len(house.towns) > 1
    book, boundless = AddressFile(towns=lambda: house.towns), AddressFile()
    own = book.find("3811 LX", number="14-A")
    assert own == Address(postcode="3811 LX", number="14-A", street="Voorbeeldstraat", town="Amersfoort")
    elsewhere = Address(postcode="3511 AB", number="1", street="Domstraat", town="Utrecht")
    for address, here in ((own, True), (elsewhere, False)):
        assert book.is_here(address) is here
        assert boundless.is_here(address)
