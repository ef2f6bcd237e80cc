"""A YAML text read node by node, so that every fault has its line and column; all faults are collected, none raised."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

import yaml

from shared.catalogue.faults import Fault, Place, nearest_name
from shared.events import Words

E = TypeVar("E", bound=StrEnum)
_LONGEST_TEXT = 5_000
_DEEPEST = 40
_QUOTES = "A text with a colon, a bracket or a sign at its begin goes between quotes."
_COLUMN = "What belongs together begins in the same column."
_ADVICE = {
    "tab character": "Indent with spaces, not with tabs.",
    "'-'": _COLUMN,
    "expected key": _COLUMN,
    "mapping values": f"{_COLUMN} {_QUOTES}",
}
"""What helps against what YAML complains of; quotes help against the rest."""
_CUT = re.compile(r"[ \t]+(?=#[^\s#])")
"""A comment begins with '# '; a sign after its text without that space is the rest of the text, as in 'nummer #3'."""
_LEFT_OUT = "From ' #' on this is left out: put the whole text between quotes, or begin a comment with '# '."
_REFUSED = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class Written:
    """A Dutch text for people, under which key it stands; `place_within` says where a character of it stands."""

    key: str
    text: str
    place_within: Callable[..., Place]


class Text:
    """One YAML file under reading with the faults found so far, and the Dutch texts for people in it."""

    def __init__(self, *, file: str, faults: list[Fault], written: list[Written] | None = None) -> None:
        self.file = file
        self.faults = faults
        self.written = [] if written is None else written
        self._lines: list[str] = []

    def open(self, text: str) -> Entry | None:
        """Read the whole text as one mapping; None when it is none."""
        self._lines = text.splitlines(keepends=True)
        cuts: list[Place] = []
        try:
            strange = _find_strange(text, file=self.file, cuts=cuts)
            node = None if strange else yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            if cuts:
                self._tell_cuts(cuts)  # what is left out took the bracket along that closes the line
                return None
            mark = error.problem_mark
            where = Place(file=self.file, line=mark.line + 1, column=mark.column + 1) if mark else Place(file=self.file)
            there = "".join(self._lines[mark.line : mark.line + 1])[mark.column :] if mark else ""
            told = "tab character" if there.startswith("\t") else error.problem
            advice = next((each for part, each in _ADVICE.items() if part in str(told)), _QUOTES)
            self.faults.append(Fault(place=where, sentence=f"This is not YAML: {error.problem}. {advice}"))
            return None
        except (yaml.YAMLError, UnicodeEncodeError):
            sign = _REFUSED.search(text)
            before = text[: sign.start()] if sign else ""
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            where = Place(file=self.file, line=line, column=column)
            self.faults.append(Fault(place=where, sentence="This text has characters YAML refuses."))
            return None
        if strange is not None:
            (line, column), sentence = strange
            self.faults.append(Fault(place=Place(file=self.file, line=line, column=column), sentence=sentence))
            return None
        if not isinstance(node, yaml.MappingNode):
            self.faults.append(Fault(place=Place(file=self.file), sentence="This file must hold keys with values."))
            return None
        self._tell_cuts(cuts)
        return Entry(self, node)

    def _tell_cuts(self, cuts: list[Place]) -> None:
        self.faults.extend(Fault(place=each, sentence=_LEFT_OUT) for each in cuts)

    def place(self, node: yaml.Node) -> Place:
        """Say where a node begins."""
        return Place(file=self.file, line=node.start_mark.line + 1, column=node.start_mark.column + 1)

    def place_within(self, node: yaml.ScalarNode, *, at: int) -> Place:
        """Say where a character of a text stands in the file, also when YAML folds or quotes it.

        What stands in the file has all characters of the text in their order, with signs of YAML between them.
        """
        mark = node.start_mark
        block = node.style in ("|", ">")
        line, column = mark.line + block, 0 if block else mark.column + (node.style in ("'", '"'))
        for wanted in "".join(node.value.strip()[: at + 1].split()):
            while not self._lines[line].startswith(wanted, column):
                column += 1
                if column >= len(self._lines[line]):
                    line, column = line + 1, 0
                if line >= len(self._lines):
                    return self.place(node)  # written as an escape, so the character itself stands nowhere
            column += 1
        return Place(file=self.file, line=line + 1, column=max(column, 1))

    def fault(self, node: yaml.Node, *, sentence: str, nearest: str | None = None) -> None:
        """Note one fault."""
        self.faults.append(Fault(place=self.place(node), sentence=sentence, nearest=nearest))


def _find_strange(text: str, *, file: str, cuts: list[Place]) -> tuple[tuple[int, int], str] | None:
    """Find what would take a reader down: a part that is repeated by name, or parts in parts without end.

    Nested repetitions grow beyond every bound, and a few thousand levels end the process. `cuts` comes to hold where
    the rest of a text is left out.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        mark: Any = event.start_mark
        place = mark.line + 1, mark.column + 1
        if isinstance(event, yaml.ScalarEvent) and not event.style:
            end: Any = event.end_mark
            cut = _CUT.match(text, end.index)
            cuts += [Place(file=file, line=end.line + 1, column=end.column + len(cut[0]) + 1)] if cut else []
        if isinstance(event, yaml.AliasEvent):
            return place, "An alias is not allowed here: write the text itself."
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            return place, "This lies too deep: a text has few levels."
    return None


class Entry:
    """One mapping under reading; a key that nobody asks for is a fault once `close` is called."""

    def __init__(self, text: Text, node: yaml.MappingNode) -> None:
        self._text = text
        self._node = node
        self._asked: set[str] = set()
        self._values: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                text.fault(key, sentence="A key must be a word.")
            elif key.value in self._values:
                text.fault(key, sentence=f"The key '{key.value}' stands here twice.")
            else:
                self._values[key.value] = (key, value)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with its file so far."""
        return not any(fault.place.file == self._text.file for fault in self._text.faults)

    def place(self, key: str | None = None) -> Place:
        """Say where the value of this key begins, or the entry itself."""
        return self._text.place(self._values[key][1] if key in self._values else self._node)

    def place_within(self, key: str, *, at: int) -> Place:
        """Say where a character of the text of this key stands."""
        node = self._values[key][1]
        return self._text.place_within(node, at=at) if isinstance(node, yaml.ScalarNode) else self._text.place(node)

    def fault(self, sentence: str, *, key: str | None = None, nearest: str | None = None) -> None:
        """Note one fault at the value of this key, or at the entry itself."""
        self.fault_at(sentence, place=self.place(key), nearest=nearest)

    def fault_at(self, sentence: str, *, place: Place, nearest: str | None = None) -> None:
        """Note one fault at a place."""
        self._text.faults.append(Fault(place=place, sentence=sentence, nearest=nearest))

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        self._asked.add(key)
        return key in self._values

    def keys(self) -> tuple[str, ...]:
        """Give all keys, for a mapping whose keys are free; they count as asked for."""
        self._asked.update(self._values)
        return tuple(self._values)

    def close(self) -> None:
        """Call every key that nobody asked for unknown."""
        for name, (key, _) in self._values.items():
            if name not in self._asked:
                nearest = nearest_name(name, among=self._asked)
                self._text.fault(key, sentence=f"The key '{name}' is unknown here.", nearest=nearest)

    def text(self, key: str) -> str:
        """Read a text that must be there."""
        if not self._there(key):
            return ""
        return self.text_or_none(key) or ""

    def text_or_none(self, key: str) -> str | None:
        """Read a text that may be left out."""
        self._asked.add(key)
        return self._scalar(self._values[key][1]) if key in self._values else None

    def dutch(self, key: str) -> str:
        """Read a Dutch text for people that must be there."""
        return (self.dutch_or_none(key, called=key) if self._there(key) else None) or ""

    def dutch_or_none(self, key: str, *, called: str) -> str | None:
        """Read a Dutch text for people that may be left out; `called` is the key under which people know it."""
        text = self.text_or_none(key)
        if text:
            within = partial(self.place_within, key)
            self._text.written.append(Written(key=called, text=text, place_within=within))
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        return tuple(text for node in self._items(key) if (text := self._scalar(node)) is not None)

    def words(self, key: str) -> Words:
        """Read a text in Dutch and English that must be there."""
        if not self._there(key):
            return Words(nl="", en="")
        return self.words_or_none(key) or Words(nl="", en="")

    def words_or_none(self, key: str) -> Words | None:
        """Read a text in Dutch and English that may be left out."""
        self._asked.add(key)
        return self._words(self._values[key][1], key=key) if key in self._values else None

    def own_words(self, *, key: str) -> Words:
        """Read this entry itself as a text in Dutch and English; other keys were asked for before."""
        dutch, english = self.dutch_or_none("nl", called=key), self.text_or_none("en")
        if dutch is None:
            self.fault("The Dutch text (nl) is missing.")
        if english is None:
            self.fault("The English text (en) is missing.")
        self.close()
        return Words(nl=dutch or "", en=english or "")

    def words_list(self, key: str) -> tuple[Words, ...]:
        """Read a list of texts in Dutch and English."""
        return tuple(words for node in self._items(key) if (words := self._words(node, key=key)) is not None)

    def number_or_none(self, key: str) -> float | None:
        """Read a number that may be left out."""
        raw = self.text_or_none(key)
        if raw is None:
            return None
        try:
            number = float(raw)
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return number
        self.fault(f"'{raw}' is not a number.", key=key)
        return None

    def whole(self, key: str, *, default: int | None = None) -> int:
        """Read a whole number of zero or more; without a default it must be there."""
        if (default is not None and not self.has(key)) or not self._there(key):
            return default or 0
        raw = self.text_or_none(key) or ""
        if raw.isascii() and raw.isdigit() and len(raw) < 10:
            return int(raw)
        self.fault(f"'{raw}' is not a whole number.", key=key)
        return 0

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Read true or false; left out is the default."""
        raw = self.text_or_none(key)
        if raw not in (None, "true", "false"):
            self.fault(f"'{raw}' must be true or false.", key=key)
        return default if raw is None else raw == "true"

    def day(self, key: str) -> date:
        """Read a date that must be there."""
        return (self.day_or_none(key) if self._there(key) else None) or date.min

    def day_or_none(self, key: str) -> date | None:
        """Read a date, written 2026-01-31, that may be left out."""
        raw = self.text_or_none(key)
        try:
            return date.fromisoformat(raw) if raw else None
        except ValueError:
            self.fault(f"'{raw}' is not a date such as 2026-01-31.", key=key)
            return None

    def one_of(self, key: str, *, among: type[E]) -> E | None:
        """Read one of the fixed words that must be there."""
        return self.one_of_or_none(key, among=among) if self._there(key) else None

    def one_of_or_none(self, key: str, *, among: type[E]) -> E | None:
        """Read one of the fixed words that may be left out."""
        return self._fixed(self._values[key][1], among=among) if self.has(key) else None

    def some_of(self, key: str, *, among: type[E]) -> tuple[E, ...]:
        """Read a list of fixed words."""
        return tuple(word for node in self._items(key) if (word := self._fixed(node, among=among)) is not None)

    def plain(self, key: str) -> Any:
        """Read a value of any shape as stored JSON: dates as text."""
        self._asked.add(key)
        loader = yaml.SafeLoader("")
        try:
            return _as_json(loader.construct_object(self._values[key][1], deep=True))
        except (yaml.YAMLError, ValueError, RecursionError):
            self.fault("This value cannot be read.", key=key)
            return None
        finally:
            loader.dispose()

    def entry(self, key: str) -> Entry | None:
        """Read a mapping that must be there."""
        return self.entry_or_none(key) if self._there(key) else None

    def entry_or_none(self, key: str) -> Entry | None:
        """Read a mapping that may be left out."""
        if not self.has(key):
            return None
        return self._mapping(self._values[key][1])

    def entries(self, key: str) -> list[Entry]:
        """Read a list of mappings."""
        return [entry for node in self._items(key) if (entry := self._mapping(node)) is not None]

    def _there(self, key: str) -> bool:
        if self.has(key):
            return True
        self.fault(f"The key '{key}' is missing.")
        return False

    def _items(self, key: str) -> Iterable[yaml.Node]:
        if not self.has(key):
            return ()
        node = self._values[key][1]
        if isinstance(node, yaml.SequenceNode):
            return tuple(node.value)
        self._text.fault(node, sentence=f"'{key}' must be a list.")
        return ()

    def _mapping(self, node: yaml.Node) -> Entry | None:
        if isinstance(node, yaml.MappingNode):
            return Entry(self._text, node)
        self._text.fault(node, sentence="Here must be keys with values.")
        return None

    def _scalar(self, node: yaml.Node) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            self._text.fault(node, sentence="Here must be one text or number.")
            return None
        if node.tag.startswith("!"):
            self._text.fault(node, sentence="A text that begins with ! goes between quotes.")
            return None
        if not node.value.strip():
            self._text.fault(node, sentence="This is empty.")
            return None
        if len(node.value) > _LONGEST_TEXT:
            self._text.fault(node, sentence=f"This is longer than {_LONGEST_TEXT} characters.")
            return None
        return str(node.value).strip()

    def _fixed(self, node: yaml.Node, *, among: type[E]) -> E | None:
        raw = self._scalar(node)
        if raw is None or raw in {kind.value for kind in among}:
            return among(raw) if raw else None
        nearest = nearest_name(raw, among=among)
        self._text.fault(node, sentence=f"'{raw}' is not one of: {', '.join(among)}.", nearest=nearest)
        return None

    def _words(self, node: yaml.Node, *, key: str) -> Words | None:
        if isinstance(node, yaml.ScalarNode):
            self._text.fault(node, sentence="Here must be a text in Dutch (nl) and in English (en).")
            return None
        entry = self._mapping(node)
        return entry.own_words(key=key) if entry else None


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _as_json(inner) for key, inner in value.items()}
    return [_as_json(inner) for inner in value] if isinstance(value, list) else value
