"""The components of Form.io as questions: which kind each becomes, and what of it stays behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from services.forms.openforms.archive import Item, items_of, text_of
from services.forms.openforms.leftovers import Leftovers
from services.forms.openforms.parts import NO_VALUE, TYPES, Variable
from shared.catalogue.definitions import FileType, Kind
from shared.catalogue.questions import ALL_FILES, LARGEST_MB
from shared.events import Words
from shared.rules import FUNCTIONS, MACROS

LAYOUT = frozenset({"fieldset", "columns"})
"""Components that only hold others."""

_KINDS: Mapping[str, Kind] = {
    "textfield": Kind.TEXT,
    "postcode": Kind.TEXT,
    "textarea": Kind.LONG_TEXT,
    "email": Kind.EMAIL,
    "phoneNumber": Kind.PHONE,
    "number": Kind.DECIMAL,
    "currency": Kind.AMOUNT,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "checkbox": Kind.YES_NO,
    "radio": Kind.CHOICE,
    "select": Kind.CHOICE,
    "selectboxes": Kind.CHOICES,
    "iban": Kind.IBAN,
    "bsn": Kind.BSN,
    "licenseplate": Kind.PLATE,
    "addressNL": Kind.ADDRESS,
    "map": Kind.LOCATION,
    "file": Kind.FILE,
    "editgrid": Kind.TABLE,
    "content": Kind.TEXT_BLOCK,
}
KNOWN = frozenset(_KINDS) | LAYOUT
"""The components that are carried over."""

_SCRIPTS = ("customConditional", "customDefaultValue", "calculateValue")
_RESERVED = FUNCTIONS | MACROS | {"today", "true", "false", "null", "in", "has", "as", "if", "else", "for", "var"}
_NO_KIND = Words(nl="Dit soort vraag kennen wij niet.", en="We do not know this kind of question.")
_SCRIPT = Words(nl="JavaScript nemen wij niet over.", en="We do not carry over JavaScript.")
_PLUGIN = Words(nl="Deze plug-in nemen wij niet over.", en="We do not carry over this plug-in.")
_PATTERN = Words(nl="Een patroon nemen wij niet over.", en="We do not carry over a pattern.")
_PREFILL = Words(nl="Kies hier zelf wat vooraf wordt ingevuld.", en="Choose yourself what is filled in beforehand.")
_DEFAULT = Words(nl="Een vast begin-antwoord kennen wij niet.", en="We have no answer to begin with.")
_SEVERAL = Words(nl="Meer antwoorden op één vraag: maak er een tabel van.", en="Several answers: make it a table.")
_SOURCE = Words(nl="De keuzes komen van elders. Vul ze zelf in.", en="The choices come from elsewhere. Fill them in.")
_HEADING = Words(nl="De kop van een groep valt weg.", en="The heading of a group goes.")
_MARKUP = Words(nl="Links en beelden in de tekst vallen weg.", en="Links and pictures in the text go.")


@dataclass(kw_only=True)
class Made:
    """A question made of a component: its text as in form.yaml, what logic calls it, and the conditions found on it.

    `groups` are the components that hold it, outermost first; `hidden` whether it is hidden until logic shows it.
    """

    key: str
    text: dict[str, Any]
    variable: Variable | None
    place: str
    component: Item
    groups: tuple[Item, ...] = ()
    columns: list[Made] = field(default_factory=list)


@dataclass(kw_only=True)
class Maker:
    """Makes questions, with names that occur once in the form."""

    left: Leftovers
    taken: set[str] = field(default_factory=set)
    untranslated: list[str] = field(default_factory=list)

    def make(self, components: tuple[Item, ...], *, at: str, groups: tuple[Item, ...] = ()) -> Iterator[Made]:
        """Make the questions of these components, in order."""
        for component in components:
            kind = text_of(component.get("type"))
            if kind in LAYOUT:
                if kind == "fieldset" and text_of(component.get("label")) and not component.get("hideHeader"):
                    self.left.leave(component["label"], at=at, why=_HEADING)
                yield from self.make(_inner(component), at=at, groups=(*groups, component))
            elif kind in _KINDS:
                yield self._made(component, kind=_KINDS[kind], at=at, groups=groups)
            else:
                name = text_of(component.get("label")) or text_of(component.get("key"))
                self.left.leave(f"{name} ({kind or '?'})", at=at, why=_NO_KIND)

    def name(self, key: str, /) -> str:
        """A name that our expressions can read, and that nothing else has yet."""
        base = re.sub(r"\W+", "_", _snake(key), flags=re.ASCII).strip("_") or "question"
        base = f"q_{base}" if base[0].isdigit() or base in _RESERVED else base
        name, number = base, 2
        while name in self.taken:
            name, number = f"{base}_{number}", number + 1
        self.taken.add(name)
        return name

    def words(self, dutch: str, *, component: Item, member: str) -> dict[str, str]:
        """A text with its English; without one the Dutch stands in for it, and is told."""
        settings = component.get("openForms")
        translations = settings.get("translations") if isinstance(settings, dict) else None
        own = translations.get("en") if isinstance(translations, dict) else None
        english = text_of(own.get(member)) if isinstance(own, dict) else ""
        if not english:
            self.untranslated.append(dutch)
        return {"nl": dutch, "en": english or dutch}

    def _made(self, component: Item, *, kind: Kind, at: str, groups: tuple[Item, ...]) -> Made:
        key = text_of(component.get("key")) or "question"
        label = _plain(component.get("label")) or key
        place = f"{at}, vraag ‘{label}’"
        kind = _exact(component, kind=kind)
        text: dict[str, Any] = {"id": self.name(key), "kind": kind.value}
        if kind is Kind.TEXT_BLOCK:
            written = component.get("html")
            text["text"] = self.words(_plain(written) or label, component=component, member="html")
            if isinstance(written, str) and re.search(r"<(a|img)\b", written):
                self.left.leave(label, at=place, why=_MARKUP)
            return Made(key=key, text=text, variable=None, place=place, component=component, groups=groups)
        text["label"] = self.words(label, component=component, member="label")
        if hint := _plain(component.get("description")) or _plain(component.get("tooltip")):
            text["hint"] = self.words(hint, component=component, member="description")
        values = self._choices(component, text=text, place=place) if kind in (Kind.CHOICE, Kind.CHOICES) else {}
        made = Made(key=key, text=text, variable=None, place=place, component=component, groups=groups)
        if kind is Kind.TABLE:
            self._columns(made)
        _limits(component, kind=kind, text=text)
        self._tell(component, place=place)
        if kind not in NO_VALUE:
            columns = {each.key: each.variable for each in made.columns if each.variable}
            made.variable = Variable(name=text["id"], type=TYPES.get(kind, "text"), values=values, columns=columns)
        return made

    def _columns(self, made: Made) -> None:
        row = text_of(made.component.get("groupLabel")) or "Regel"
        made.text["row"] = self.words(row, component=made.component, member="groupLabel")
        made.columns = list(self.make(items_of(made.component.get("components")), at=made.place))
        made.text["columns"] = [column.text for column in made.columns]

    def _choices(self, component: Item, *, text: dict[str, Any], place: str) -> dict[str, str]:
        settings, data = component.get("openForms"), component.get("data")
        source = settings.get("dataSrc") if isinstance(settings, dict) else None
        listed = items_of(component.get("values") or (data.get("values") if isinstance(data, dict) else None))
        if source not in (None, "", "manual"):
            self.left.leave(source, at=place, why=_SOURCE)
        codes: dict[str, str] = {}
        text["choices"] = []
        for each in listed:
            value, label = text_of(each.get("value")), text_of(each.get("label"))
            if not value or value in codes:
                continue
            codes[value] = _code(value, taken=set(codes.values()))
            words = self.words(label or value, component=each, member="label")
            text["choices"].append({"value": codes[value], "label": words})
        return codes

    def _tell(self, component: Item, *, place: str) -> None:
        """Name what a component asks that stays behind."""
        checks, prefill = component.get("validate"), component.get("prefill")
        checks, prefill = (each if isinstance(each, dict) else {} for each in (checks, prefill))
        scripts = [name for name in _SCRIPTS if text_of(component.get(name))]
        scripts += ["validate.custom"] if text_of(checks.get("custom")) else []
        for name in scripts:
            self.left.leave(name, at=place, why=_SCRIPT)
        plugins = checks.get("plugins")
        for plugin in plugins if isinstance(plugins, list) else ():
            self.left.leave(plugin, at=place, why=_PLUGIN)
        if text_of(checks.get("pattern")):
            self.left.leave(checks["pattern"], at=place, why=_PATTERN)
        if text_of(prefill.get("plugin")):
            self.left.leave(f"{prefill['plugin']}: {text_of(prefill.get('attribute'))}", at=place, why=_PREFILL)
        if component.get("multiple") and component.get("type") not in ("file", "select"):
            self.left.leave("multiple", at=place, why=_SEVERAL)
        if isinstance(component.get("defaultValue"), str | int | float) and component["defaultValue"]:
            self.left.leave(component["defaultValue"], at=place, why=_DEFAULT)


def _inner(component: Item) -> tuple[Item, ...]:
    columns = items_of(component.get("columns"))
    within = [each for column in columns for each in items_of(column.get("components"))]
    return (*items_of(component.get("components")), *within)


def _exact(component: Item, *, kind: Kind) -> Kind:
    """The kind, where a setting of the component decides it."""
    checks = component.get("validate")
    required = isinstance(checks, dict) and checks.get("required") is True
    if kind is Kind.DECIMAL and component.get("decimalLimit") == 0:
        return Kind.INTEGER
    if kind is Kind.YES_NO and required:
        return Kind.DECLARATION  # a checkbox that must be ticked
    if kind is Kind.CHOICE and component.get("multiple") is True:
        return Kind.CHOICES
    return kind


def _limits(component: Item, *, kind: Kind, text: dict[str, Any]) -> None:
    checks = component.get("validate") if isinstance(component.get("validate"), dict) else {}
    bounds = {
        Kind.TEXT: ("minLength", "maxLength"),
        Kind.LONG_TEXT: ("minLength", "maxLength"),
        Kind.INTEGER: ("min", "max"),
        Kind.DECIMAL: ("min", "max"),
        Kind.AMOUNT: ("min", "max"),
        Kind.CHOICES: ("minSelectedCount", "maxSelectedCount"),
        Kind.TABLE: ("minLength", "maxLength"),
    }.get(kind, ())
    for ours, theirs in zip(("minimum", "maximum"), bounds, strict=False):
        bound = _number(checks.get(theirs))  # type: ignore[union-attr]
        if bound is not None and (kind in (Kind.DECIMAL, Kind.INTEGER, Kind.AMOUNT) or bound > 0):
            text[ours] = bound
    if kind is Kind.FILE:
        _file_limits(component, text=text)


def _file_limits(component: Item, *, text: dict[str, Any]) -> None:
    settings = component.get("file")
    media = settings.get("type") if isinstance(settings, dict) else None
    types = [each.value for each in FileType if any(each.value in str(one) for one in media or ())]
    types += ["jpg"] if "jpg" not in types and any("jpeg" in str(one) for one in media or ()) else []
    if types:
        text["types"] = types
    if size := re.match(r"(\d{1,3})\s*MB", text_of(component.get("fileMaxSize"))):
        text["max_mb"] = min(max(int(size[1]), 1), LARGEST_MB)
    if most := _number(component.get("maxNumberOfFiles")):
        text["maximum"] = min(max(int(most), 1), ALL_FILES)


def _number(value: Any) -> int | float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    if isinstance(value, bool) or not abs(number) < 1e9:
        return None
    return int(number) if number == int(number) else number


def _code(value: str, *, taken: set[str]) -> str:
    base = re.sub(r"\W+", "_", _snake(value), flags=re.ASCII).strip("_") or "choice"
    base = f"c_{base}" if base[0].isdigit() else base
    code, number = base, 2
    while code in taken:
        code, number = f"{base}_{number}", number + 1
    return code


def _snake(key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).lower()[:60]


def _plain(written: Any) -> str:
    """A text without markup."""
    return text_of(unescape(re.sub(r"<[^>]*>", " ", written)))[:3000] if isinstance(written, str) else ""
