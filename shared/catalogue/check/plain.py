"""Whether Dutch texts are plain (B1): short active sentences, everyday words, one question at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from shared.catalogue.definitions import Product
from shared.catalogue.faults import Fault
from shared.catalogue.nodes import Written
from shared.catalogue.origins import Origins

LONGEST_SENTENCE, LONGEST_HELP = 15, 40  # words; style guides of municipalities that write at level B1
_HELP = ("hint", "why")
_SENTENCE = re.compile(r"\S.*?(?:[.?!](?=\s|$)|$)", re.DOTALL)
_WORD = re.compile(r"[^\s/–—-]+(?:[-/][^\s]+)*")
_LAW = re.compile(
    r"\b(?:artikel(?:en)?|art\.|afdeling|bijlage|lid|leden|onder|onderdeel)\s+[\d:.]+\w*\b"
    r"|\b(?:lid|onder)\s+\w\b"
    r"|\b\d+:\d+\w*\b"
    r"|\bAlgemene (?:plaatselijke verordening|wet bestuursrecht|subsidieverordening|termijnenwet)\b"
    r"|\b[A-Z]\w*(?:wet|verordening|besluit)\b(?: \d{4})?"
    r"|\b(?:APV|Awb|BABW|AVG|Wet [A-Z]?\w+(?: \w+)?|Besluit [a-z]\w+(?: \w+)?)\b"
)
_LISTS = yaml.safe_load(Path(__file__).with_name("plain.yaml").read_text(encoding="utf-8"))
_BETTER: Mapping[str, str] = _LISTS["better"]
_NO_PARTICIPLE = frozenset(_LISTS["no_participle"].split())
_STIFF = re.compile(rf"\b(?:{'|'.join(sorted(_BETTER, key=len, reverse=True))})\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(wordt|worden|werd|werden)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"(?:(?:aan|achter|af|bij|binnen|buiten|door|in|langs|mee|na|neer|om|onder|op|over|plaats|samen|tegen|terug|toe|uit|"
    r"vast|vooraf|voor|vrij|weg|open|dicht|klaar|schoon)?ge[a-zëï]{2,}(?:d|t|en)"
    r"|(?:be|ver|ont|her|mis)[a-zëï]{2,}(?:d|t)"
    r"|besloten|besproken|begonnen|bewezen|bevolen|beschreven|bekeken|begrepen|geboden|gebleken|ontvangen|ontnomen"
    r"|onderzocht|overwogen|overlegd|vergeleken|verboden|verkregen|verloren|vernomen|vergeten|verwezen|verzonden"
    r"|verstreken|verschoven|toegelaten|overhandigd|ondertekend|uitgevoerd|aangevraagd)"
)
_ARTICLE = {"een", "het", "de", "dit", "dat", "deze", "die", "uw", "ons", "onze", "geen", "per", "elk", "elke", "ieder"}
_DOUBLE = re.compile(
    r"(?:\?.*\?)|\b(?:en|of)\s+(?:wat|wie|waar|wanneer|waarom|hoe|hoeveel|welke?|bent|is|zijn|hebt|heeft|gaat|komt|kunt|"
    r"wilt|moet|staat|doet|krijgt|gebruikt)\b",
    re.IGNORECASE,
)


def check_plain(_product: Product, *, origins: Origins) -> Iterator[Fault]:
    """Read every Dutch text of a product with a resident's eyes."""
    for written in origins.written:
        for at, sentence, nearest in complaints(written):
            yield Fault(place=written.place_within(at=at), sentence=sentence, nearest=nearest)


def complaints(written: Written) -> Iterator[tuple[int, str, str | None]]:
    """Give what is not plain about a text: where in it, a sentence, and a better word."""
    text = written.text
    for found in _SENTENCE.finditer(text):
        words = len(_words(found.group()))
        if words > LONGEST_SENTENCE:
            yield found.start(), f"This sentence has {words} words; make it {LONGEST_SENTENCE} or fewer (B1).", None
    for found in _STIFF.finditer(text):
        better = _BETTER[found.group().lower()]
        yield found.start(), f"'{found.group()}' is not plain Dutch; write '{better}' (B1).", None
    yield from _passive(text)
    if written.key == "label" and _DOUBLE.search(text):
        yield 0, "This label asks two questions; ask them one by one (B1).", None
    if written.key in _HELP and len(_words(text)) > LONGEST_HELP:
        yield 0, f"This help has {len(_words(text))} words; make it {LONGEST_HELP} or fewer (B1).", None


def _words(text: str) -> list[str]:
    """Give the words; names of laws and numbers of articles are none."""
    return [word for word in _WORD.findall(_LAW.sub(" ", text)) if any(letter.isalnum() for letter in word)]


def _passive(text: str) -> Iterator[tuple[int, str, str | None]]:
    for found in _PASSIVE.finditer(text):
        clause = re.split(r"[.?!:;]", text[found.end() :])[0]
        before = re.split(r"[.?!:;,]", text[: found.start()])[-1].split()
        after = clause.split()
        pairs = [*zip([found.group(), *after], after, strict=False)]
        pairs += [(before[-2] if len(before) > 1 else "", before[-1])] if before else []
        for previous, word in pairs:
            plain = word.strip(",()‘’'\"").lower()
            if _PARTICIPLE.fullmatch(plain) and plain not in _NO_PARTICIPLE and previous.lower() not in _ARTICLE:
                said = f"'{found.group()} … {plain}' says not who does it; write who does what (B1)."
                yield found.start(), said, None
                break
