"""Takes out of a style sheet what no page can use."""

import re
from collections.abc import Iterator

import tinycss2
from tinycss2.ast import Node

_USE = re.compile(r"var\(\s*(--[\w-]+)")
_DEFINITION = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def keep_rules(css: str, words: set[str], /) -> str:
    """The rules that can match: every class in the selector is one of `words`."""
    return "".join(_kept(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), words))


def keep_tokens(css: str, *, used_in: str) -> str:
    """The custom properties that `used_in` reaches, straight or through another; of two definitions the last counts."""
    defined = _definitions(css)
    wanted, kept = set(_USE.findall(used_in)), set[str]()
    while wanted:
        kept |= wanted
        wanted = {name for token in wanted for name in _USE.findall(defined.get(token, ""))} - kept
    return ";".join(f"{name}:{value}" for name, value in defined.items() if name in kept)


def tokens_after(changed: str, tokens: str, /) -> str:
    """The tokens to say again beside `changed`: a token takes its value where it is said, not where it is used."""
    defined, own = _definitions(tokens), set(_definitions(changed))
    stale, grew = set(own), True
    while grew:
        more = {name for name, value in defined.items() if stale.intersection(_USE.findall(value))}
        grew = not more <= stale
        stale |= more
    return ";".join(f"{name}:{defined[name]}" for name in defined if name in stale - own)


def _kept(nodes: list[Node], words: set[str]) -> Iterator[str]:
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = [part for part in _selectors(node.prelude) if _can_match(part, words)]
            if selectors:
                yield f"{','.join(selectors)}{{{tinycss2.serialize(node.content)}}}"
        elif node.type == "at-rule" and node.content and node.lower_at_keyword in ("media", "supports", "layer"):
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{''.join(_kept(inner, words))}}}"
        elif node.type == "at-rule":
            yield node.serialize()


def _selectors(prelude: list[Node]) -> list[str]:
    """Split at the commas of the list itself; those within brackets are deeper in the tree."""
    parts: list[list[Node]] = [[]]
    for node in prelude:
        if node == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return [tinycss2.serialize(part).strip() for part in parts]


def _can_match(selector: str, words: set[str]) -> bool:
    demanded = re.sub(r":not\([^()]*\)", "", selector)
    return all(name in words for name in re.findall(r"\.([\w-]+)", demanded))


def _definitions(css: str) -> dict[str, str]:
    return {name: value.strip() for name, value in _DEFINITION.findall(_COMMENT.sub("", css))}
