"""Says a Dutch text in the language of the reader, from .po files that people can read and correct."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

Key = str | tuple[str, str]
"""A Dutch text, or its singular and plural."""

_IN_TEMPLATES = {"_": None, "gettext": None, "ngettext": (1, 2)}
_IN_CODE = {"_": None, "gettext": (2,), "ngettext": (2, 3)}  # in code the language is the first argument


@dataclass(frozen=True)
class Language:
    """The texts of one language besides Dutch, and its rule of plurals."""

    texts: dict[Key, tuple[str, ...]]
    plural: Callable[[int], int]


@dataclass(frozen=True)
class Texts:
    """Every text of the screens in every language; Dutch is the text in the code itself."""

    languages: dict[str, Language]

    @classmethod
    def load(cls, *folders: Path) -> "Texts":
        """Merge `<language>.po` of several folders; the last folder that has a text wins."""
        catalogs: dict[str, list[Catalog]] = {}
        for file in (file for folder in folders for file in sorted(folder.glob("*.po"))):
            catalogs.setdefault(file.stem, []).append(_read(file))
        return cls({language: _merge(parts) for language, parts in catalogs.items()})

    def gettext(self, language: str, msgid: str, /, **values: object) -> str:
        """The text in this language, or in Dutch where no translation is kept; `%(name)s` takes its value.

        Without values a percent sign is just a percent sign. The answer is Markup only if a value is.
        """
        spoken = self.languages.get(language)
        found = spoken.texts.get(msgid) if spoken else None
        return _fill(found[0] if found else msgid, values)

    def ngettext(self, language: str, one: str, many: str, n: int, /, **values: object) -> str:
        """The singular or plural text for n; `%(n)s` is always known."""
        spoken = self.languages.get(language)
        found = spoken.texts.get((one, many)) if spoken else None
        message = found[spoken.plural(n)] if spoken and found else one if n == 1 else many
        return _fill(message, {"n": n, **values})


def untranslated(folders: Iterable[Path], po_files: Iterable[Path], /) -> list[str]:
    """The Dutch texts in templates and code that no .po file translates, or translates with other `%(names)s`."""
    known = _merge([_read(file) for file in po_files]).texts
    return sorted(
        {_first(key) for folder in folders for key in _texts_in(folder) if not _same_names(key, known.get(key))}
    )


def _read(file: Path) -> Catalog:
    with file.open("rb") as content:
        return read_po(content, locale=file.stem, abort_invalid=True)


def _merge(catalogs: Iterable[Catalog]) -> Language:
    merged = Language({}, c2py("n != 1"))
    for catalog in catalogs:
        merged = Language(merged.texts | dict(_kept(catalog)), c2py(catalog.plural_expr))
    return merged


def _kept(catalog: Catalog) -> Iterator[tuple[Key, tuple[str, ...]]]:
    for message in catalog:
        said = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if message.id and said and all(said) and not message.fuzzy:
            yield _key(message.id), said


def _key(msgid: str | list[str] | tuple[str, ...]) -> Key:
    return msgid if isinstance(msgid, str) else (msgid[0], msgid[1])


def _fill(message: str, values: dict[str, object]) -> str:
    if not values:
        return message
    if any(hasattr(value, "__html__") for value in values.values()):
        return Markup(escape(message)) % values  # noqa: S704 the message is escaped, and so is each value without markup
    return message % values


def _texts_in(folder: Path) -> Iterator[Key]:
    for pattern, method, keywords in (
        ("**.html", "jinja2.ext:babel_extract", _IN_TEMPLATES),
        ("**.py", "python", _IN_CODE),
    ):
        found = extract_from_dir(folder, [(pattern, method)], {pattern: {"silent": "false"}}, keywords)
        yield from (_key(msgid) for _, _, msgid, _, _ in found if msgid)


def _first(key: Key) -> str:
    return key if isinstance(key, str) else key[0]


def _same_names(key: Key, said: tuple[str, ...] | None) -> bool:
    if said is None:
        return False
    return _names("".join(key)) == _names("".join(said))


def _names(message: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", message))
