"""What a rule says, taken apart: the one source of every way to write it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from minimax_validate.rules.catalogue import UNREAD
from minimax_validate.rules.rule import Invalid, Rule, Valid
from minimax_validate.texts.ignore_comments import MARK
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.plain import to_plain
from minimax_validate.values.pointer import Pointer, to_json_pointer

_LONGEST = 1500
"""Characters of an example worth showing: one that shows a limit may be far longer."""

_WIDTH = 110
"""Columns of a line of an example."""

_DEEPEST = 20
"""Steps of a pointer worth showing, for the same reason."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An example.

    Why it is one, its text and whether that is ``json`` or ``python``, where it is reported, and what fixes leave.
    """

    why: str
    text: str
    language: str
    at: tuple[Pointer, ...] = ()
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A way to enable or ignore a rule: where, and what to paste there, in a ``language``."""

    where: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a rule says, in the order in which people need it; ``paragraphs`` are the prose below its first line."""

    rule: Rule
    paragraphs: tuple[str, ...]
    reported: tuple[Sample, ...]
    accepted: tuple[Sample, ...]
    ways: tuple[Way, ...]
    """How to enable the rule if it is off, else how to ignore it; none if it should never be ignored."""

    @property
    def is_fixable(self) -> bool:
        """Whether some of its findings have a fix."""
        return any(sample.fixed is not None for sample in self.reported)

    @property
    def is_off(self) -> bool:
        """Whether it stays silent until it is selected."""
        return _is_off(self.rule)

    @property
    def heading_of_ways(self) -> str:
        """The heading above the ways."""
        return "How to enable it" if self.is_off else "How to ignore it"


def _is_off(rule: Rule) -> bool:
    return rule.severity is Severity.INFO


def page(rule: Rule) -> Page:
    """The page of a rule."""
    _, _, rest = rule.explanation.partition("\n")
    return Page(
        rule,
        tuple(filter(None, (paragraph.strip() for paragraph in rest.split("\n\n")))),
        tuple(map(_reported, rule.invalid)),
        tuple(_sample(example) for example in rule.valid),
        _ways(rule),
    )


def _ways(rule: Rule) -> tuple[Way, ...]:
    if rule.never_ignore is not None:
        return ()
    return tuple(_ways_to_enable(rule.code) if _is_off(rule) else _ways_to_ignore(rule))


def _ways_to_enable(code: str) -> Iterator[Way]:
    yield Way("In `pyproject.toml`", "toml", f'[tool.minimax-validate]\nextend-select = ["{code}"]')
    yield Way("On the command line", "sh", f"minimax-validate check --extend-select {code}")
    yield Way("In a program", "python", _program(f'extend_select=("{code}",)'))


def _ways_to_ignore(rule: Rule) -> Iterator[Way]:
    code = rule.code
    pointer = next(
        (to_json_pointer(place) for example in rule.invalid for place in example.at[:1] if 0 < len(place) < _DEEPEST),
        "",
    )
    table = "tool.minimax-validate"
    yield Way("Everywhere, in `pyproject.toml`", "toml", f'[{table}]\nignore = ["{code}"]')
    yield Way("In some files, in `pyproject.toml`", "toml", f'[{table}.per-file-ignores]\n"recorded/**" = ["{code}"]')
    yield Way(
        "At one place, in `pyproject.toml`",
        "toml",
        f'[{table}.ignore-at]\n"prompts/old.json#{pointer}" = ["{code}"]',
    )
    if code not in UNREAD:
        yield Way("In a comment above the request, in YAML", "yaml", f"# {MARK} ignore[{code}]")
    yield Way("On the command line", "sh", f"minimax-validate check --ignore {code}")
    yield Way("In a program", "python", _program(f'ignore=("{code}",)'))
    if code not in UNREAD:
        yield Way("Existing findings only, in a baseline", "sh", "minimax-validate check --write-baseline")


def _program(settings: str) -> str:
    return f"from minimax_validate import Settings, Validator\n\nvalidator = Validator(Settings({settings}))"


def _reported(example: Invalid) -> Sample:
    sample = _sample(example, opened=example.fixed is not None)
    at = tuple(pointer for pointer in example.at if len(pointer) < _DEEPEST)
    fixed = None if example.fixed is None else _laid_out(example.fixed, opened=True)
    return Sample(sample.why, sample.text, sample.language, at, fixed)


def _sample(example: Valid | Invalid, *, opened: bool = False) -> Sample:
    if example.text is not None:
        return Sample(example.why, _short(str(example.text)), "json" if isinstance(example.text, str) else "python")
    instance, failures = to_plain(example.payload)
    if failures:
        return Sample(example.why, _short(repr(example.payload)), "python")
    return Sample(example.why, _laid_out(instance, opened=opened), "json")


def _laid_out(value: Any, *, opened: bool) -> str:
    # Before and after a fix are compared line by line, so neither is folded into one.
    text = spelled(value, opened=opened)
    # What is too long to be read is not laid out either: hundreds of lines with a bracket each show nothing.
    return text if len(text) <= _LONGEST else _short(json.dumps(value, ensure_ascii=False))


def spelled(value: Any, indent: str = "", width: int = _WIDTH, *, opened: bool = False, before: int = 0) -> str:
    """A value as JSON that opens containers only if they do not fit on a line; the outermost always if ``opened``.

    ``before`` are the columns that a key and a comma take on the line of the value.
    """
    line = json.dumps(value, ensure_ascii=False)
    if (not opened and len(indent) + before + len(line) <= width) or not isinstance(value, dict | list):
        return line
    deeper = indent + "  "
    if isinstance(value, dict):
        keys = {key: json.dumps(key, ensure_ascii=False) + ": " for key in value}
        members = (
            f"{deeper}{shown}{spelled(value[key], deeper, width, before=len(shown) + 1)}" for key, shown in keys.items()
        )
        return "{\n" + ",\n".join(members) + f"\n{indent}}}"
    items = (deeper + spelled(item, deeper, width, before=1) for item in value)
    return "[\n" + ",\n".join(items) + f"\n{indent}]"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:400]} …"
