"""The products of the house, read once for all tests of a process."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from shared import catalogue
from shared.catalogue.definitions import Catalogue
from shared.catalogue.reader import read_catalogue

CATALOGUE: Final[Catalogue] = read_catalogue(Path(catalogue.__file__).parent)
