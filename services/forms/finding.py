"""Finds products by plain words, in Dutch or English, forgiving a typing error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from shared.catalogue.definitions import Product, Question
from shared.database import Connection
from shared.events import Language, Words

LONGEST_SEARCH = 100
_ALIKE = 0.45
"""From this likeness on two words are taken for the same one mistyped ("kontainer" and "container" have 0.54)."""

_CONFIGURATIONS: dict[Language, str] = {"nl": "dutch", "en": "english"}

_FIND = """
with shelf as (
    select * from unnest(%(ids)s::text[], %(names)s::text[], %(texts)s::text[]) as shelf(id, names, body)
), wanted as (
    select replace(plainto_tsquery(%(language)s::regconfig, unaccent(%(words)s))::text, '&', '|')::tsquery as query
), weighed as (
    select id, names, query,
           setweight(to_tsvector(%(language)s::regconfig, unaccent(names)), 'A')
           || setweight(to_tsvector(%(language)s::regconfig, unaccent(body)), 'C') as document
    from shelf, wanted
)
select id from (
    select id, ts_rank(document, query) as rank,
           (select max(word_similarity(word, unaccent(lower(names))))
            from regexp_split_to_table(unaccent(lower(%(words)s)), '\\s+') as word where length(word) > 3) as likeness
    from weighed
) as found
where rank > 0.05 or likeness >= %(alike)s
order by greatest(rank, likeness) + rank desc, id
"""


def find_products(
    connection: Connection, *, products: Iterable[Product], words: str, language: Language
) -> Sequence[str]:
    """Give the ids of the products that these words may mean, the likeliest first.

    The shelf is small and travels with the question, so a product that was published a moment ago is found at once.
    """
    shelf = list(products)
    rows = connection.execute(
        _FIND,
        {
            "ids": [product.id for product in shelf],
            "names": [_names(product, language=language) for product in shelf],
            "texts": [" ".join(_texts(product, language=language)) for product in shelf],
            "language": _CONFIGURATIONS[language],
            "words": words,
            "alike": _ALIKE,
        },
    )
    return [row["id"] for row in rows]


def tidy_search(typed: str) -> str:
    """What was typed as words to search for; empty when nothing is left."""
    return " ".join(re.sub(r"[^\w\s-]", " ", typed.replace("\x00", " ")).split())[:LONGEST_SEARCH]


def _names(product: Product, *, language: Language) -> str:
    return " ".join([getattr(product.title, language), *product.synonyms])


def _texts(product: Product, *, language: Language) -> Iterator[str]:
    about = product.about
    said: Iterable[Words] = (about.summary, *about.needed_when, *about.not_needed_when)
    yield from (getattr(words, language) for words in said)
    yield from (getattr(words, language) for question in product.questions for words in _words_of(question))


def _words_of(question: Question) -> Iterator[Words]:
    yield question.label
    yield from (choice.label for choice in question.choices)
