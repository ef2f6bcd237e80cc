"""The checker: `python -m shared.catalogue [FOLDER]` tells every fault, or that there are none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from shared.catalogue.definitions import CASES
from shared.catalogue.examples import Report, run_examples
from shared.catalogue.faults import FaultyCatalogueError
from shared.catalogue.reader import read_catalogue


def main(arguments: list[str]) -> int:
    """Check the catalogue in the folder given, in CATALOGUE, or beside this file; 0 when it has no faults."""
    folder = Path(arguments[0] if arguments else os.environ.get("CATALOGUE", Path(__file__).parent))
    if not folder.is_dir():
        _say(f"{folder}: there is no such folder.")
        return 2
    try:
        catalogue = read_catalogue(folder)
    except FaultyCatalogueError as error:
        _say(str(error))
        return 1
    faults = list(catalogue.faults)
    for product in catalogue.products.values():
        report = run_examples(folder / product.id / CASES, product=product)
        faults.extend(report.faults)
        _say(f"{product.id} {product.version[:12]}: {_summary(report)}")
    for fault in sorted((*faults, *catalogue.unknown), key=lambda each: each.place):
        _say(str(fault))
    _say(f"{len(catalogue.products)} products, {len(faults)} faults")
    return 1 if faults else 0


def _summary(report: Report) -> str:
    return (
        f"{report.examples} examples, {report.rules_fired} of {report.rules} rules fire, "
        f"{report.conditions_met} of {report.conditions} conditions are met, "
        f"{report.blocks_met} of {report.blocks} conditional texts and tasks come up"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
