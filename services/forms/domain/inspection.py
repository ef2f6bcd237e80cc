"""A product's texts held against all at once: the checker, its town, its examples, and the forms that lead to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.catalogue.check.town import check_town
from shared.catalogue.definitions import CASES, Effect, Municipality, Product
from shared.catalogue.examples import Report, run_texts
from shared.catalogue.faults import Fault
from shared.catalogue.reader import examine

_EXAMPLES = f"{CASES}/"


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """What came of it; `product` is there as soon as its texts can be read, `report` once all examples could run."""

    product: Product | None
    faults: tuple[Fault, ...]
    unknown: tuple[Fault, ...]
    report: Report | None = None

    @property
    def sound(self) -> Product | None:
        """The product, when nothing keeps it from being offered."""
        return None if self.faults else self.product

    @property
    def tryable(self) -> Product | None:
        """The product, when nothing but its examples is amiss: they say what the text was, and it is being changed."""
        if self.product is None:
            return None
        only_examples = all(fault.place.file.startswith(f"{self.product.id}/{_EXAMPLES}") for fault in self.faults)
        return self.product if only_examples else None


def inspect(
    files: Mapping[str, str], *, product_id: str, municipality: Municipality, others: Mapping[str, Product]
) -> Inspection:
    """Inspect the texts of a product by relative path, its examples with them, beside the `others` that serve."""
    texts, examples = split_examples(files)
    examined = examine(texts, product_id=product_id)
    product, found = examined.product, list(examined.faults)
    report = None
    if product is not None:
        town = {**others, product_id: product}
        found += check_town(product, origins=examined.origins, municipality=municipality, others=town)
        if not any(fault.kind == "fault" for fault in found):
            report = run_texts(examples, product=product)
            found += [*report.faults, *_leading_here(product, municipality=municipality, town=town)]
    return Inspection(
        product=product,
        faults=tuple(sorted(fault for fault in found if fault.kind == "fault")),
        unknown=tuple(sorted(fault for fault in found if fault.kind == "unknown")),
        report=report,
    )


def split_examples(files: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Tell the texts of a product from its examples; those go by file name."""
    texts = {name: text for name, text in files.items() if not name.startswith(_EXAMPLES)}
    return texts, {name.removeprefix(_EXAMPLES): text for name, text in files.items() if name not in texts}


def with_examples(texts: Mapping[str, str], *, examples: Mapping[str, str] | None) -> dict[str, str]:
    """Put a product's texts and its examples together again, by relative path."""
    return {**texts, **{f"{_EXAMPLES}{name}": text for name, text in (examples or {}).items()}}


def _leading_here(product: Product, *, municipality: Municipality, town: Mapping[str, Product]) -> Iterator[Fault]:
    """What goes wrong in other forms that hand their answers over to this one."""
    for other in town.values():
        leads = any(rule.effect is Effect.OTHER_PRODUCT and rule.value == product.id for rule in other.rules)
        if leads and other.id != product.id:
            origins = examine(other.files, product_id=other.id).origins
            yield from check_town(other, origins=origins, municipality=municipality, others=town)
