"""Read a configuration file; everything wrong in it is told at once, each problem with its line."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from minimax_validate.engine.selection import UnknownSelectorError, selected
from minimax_validate.output.formats import FORMATS
from minimax_validate.project.config import (
    MOST_JOBS,
    PROXY,
    SEVERITIES,
    SHARED_FILE,
    TABLE,
    Config,
    ConfigError,
    Problem,
)
from minimax_validate.project.confined import leads_outside
from minimax_validate.project.discover import is_pattern
from minimax_validate.project.ignoring.filter import Ignore
from minimax_validate.rules.catalogue import RULES
from minimax_validate.texts.readers import is_known
from minimax_validate.values.contracts import CONTRACTS
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.limits import NUMBERS
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import describe, listed, quote, words_of_os_error

_Path = tuple[str, ...]
_T = TypeVar("_T")


def read_table(path: Path) -> Config | None:
    """The configuration in one file, None for a shared file that has no table of ours.

    Raises:
        ConfigError: it cannot be used.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(path, [Problem(1, f"cannot be read: {words_of_os_error(error)}")]) from error
    text, table = _parsed(path, data)
    prefix: _Path = ("tool", TABLE) if path.name == SHARED_FILE else ()
    lines = _Lines(text)
    for depth, key in enumerate(prefix, 1):
        if not isinstance(table, dict):
            raise ConfigError(
                path, [Problem(lines.of(prefix[: depth - 1]), f"{'.'.join(prefix[: depth - 1])} is not a table")]
            )
        if key not in table:
            misspelled = next((other for other in table if _is_spelled_like(key, other)), None)
            if misspelled is None:
                return None
            line = lines.of((*prefix[: depth - 1], misspelled))
            raise ConfigError(path, [Problem(line, f"the table is called [tool.{TABLE}], not [tool.{misspelled}]")])
        table = table[key]
    reader = _Reader(path, prefix, lines)
    config = reader.read(table)
    if reader.problems:
        raise ConfigError(path, reader.problems)
    return config


def _is_spelled_like(key: str, other: str) -> bool:
    return key == TABLE and other.casefold().replace("_", "-") == TABLE


_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def _parsed(path: Path, data: bytes) -> tuple[str, Any]:
    try:
        text = data.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        problem = Problem(data.count(b"\n", 0, error.start) + 1, "is not UTF-8 text")
    except RecursionError:
        problem = Problem(1, "is nested too deep")
    except ValueError as error:
        message = str(error)
        place = _POSITION.search(message)
        line = int(place[1]) if place and place[1] else data.count(b"\n") + 1
        problem = Problem(line, f"is not TOML: {_POSITION.sub('', message)}")
    raise ConfigError(path, [problem])


class _Reader:
    """Reads the table of one file key by key, and collects what is wrong."""

    def __init__(self, path: Path, prefix: _Path, lines: _Lines) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._prefix = prefix
        self._lines = lines

    def read(self, table: object) -> Config:
        """The configuration that a table gives; not to be used if there are problems."""
        readers: dict[str, tuple[str, Callable[[str, Any], Any]]] = {
            "select": ("select", self._selectors),
            "extend-select": ("extend_select", self._selectors),
            "ignore": ("ignore", self._selectors),
            "severity": ("severities", self._severities),
            "exclude": ("exclude", self._patterns),
            "include": ("include", self._included),
            "assume-model": ("assume_model", self._patterns),
            "fail-on": ("fail_on", self._severity),
            "fail-on-no-requests": ("fail_on_no_requests", self._switch),
            "max-warnings": ("max_warnings", self._most),
            "jobs": ("jobs", self._jobs),
            "output-format": ("output_format", self._format),
            "redact": ("redact", self._switch),
            "baseline": ("baseline", self._baseline),
            "tokenizer": ("tokenizer", self._tokenizer),
            "contract": ("contract", self._contract),
            **{name.replace("_", "-"): (name, self._limit) for name in NUMBERS},
            "per-file-ignores": ("", self._ignores),
            "ignore-at": ("", self._ignores),
        }
        values: dict[str, Any] = {}
        ignores: list[Ignore] = []
        for key, value in self._table("", table):
            if key == "tool" and not self._prefix:
                self._problem((key,), "", f"keys of {self._path.name} stand at its top, without [tool.{TABLE}]")
            elif key not in readers:
                self._problem((key,), "", f"there is no key {quote(key)}{did_you_mean(key, readers)}")
            else:
                name, read = readers[key]
                if name:
                    values[name] = read(key, value)
                else:
                    ignores += read(key, value)
        limits = {name: values.pop(name) for name in NUMBERS if name in values}
        return Config(path=self._path, ignores=tuple(ignores), limits=MappingProxyType(limits), **values)

    def _problem(self, path: _Path, word: str, message: str) -> None:
        self.problems.append(Problem(self._lines.of((*self._prefix, *path), word), message))

    def _table(self, key: str, value: object) -> Iterable[tuple[str, Any]]:
        if isinstance(value, dict):
            return value.items()
        self._problem((key,) if key else (), "", f"{key or '.'.join(self._prefix)} is a table, not {describe(value)}")
        return ()

    def _list(self, path: _Path, value: object, what: str) -> Iterable[str]:
        if not isinstance(value, list):
            self._problem(path, "", f"{_spelled(path)} is a list of {what}, not {describe(value)}")
            return
        for item in value:
            if isinstance(item, str):
                yield item
            else:
                self._problem(path, "", f"{_spelled(path)} is a list of {what}, and {describe(item)} is none")

    def _text(self, key: str, value: object) -> str:
        if isinstance(value, str) and value:
            return value
        self._problem((key,), "", f"{key} is a text, not {describe(value)}")
        return ""

    def _codes(self, path: _Path, selector: str) -> frozenset[str]:
        try:
            return frozenset(rule.code for rule in selected(selector, RULES))
        except UnknownSelectorError as error:
            self._problem(path, selector, f"{_spelled(path[:1])}: {error}")
            return frozenset()

    def _selectors(self, key: str, value: object) -> tuple[str, ...]:
        return tuple(selector for selector in self._list((key,), value, "rules") if self._codes((key,), selector))

    def _severities(self, key: str, value: object) -> Mapping[str, Severity]:
        severities = {}
        for selector, label in self._table(key, value):
            self._codes((key, selector), selector)
            severities[selector] = self._one_of(SEVERITIES, (key, selector), label) or Severity.ERROR
        return MappingProxyType(severities)

    def _one_of(self, known: Mapping[str, _T], path: _Path, value: object) -> _T | None:
        if isinstance(value, str) and value in known:
            return known[value]
        self._problem(
            path, "", f"{_spelled(path)} is {listed(known)}, not {describe(value)}{did_you_mean(value, known)}"
        )
        return None

    def _severity(self, key: str, value: object) -> Severity | None:
        return self._one_of(SEVERITIES, (key,), value)

    def _format(self, key: str, value: object) -> str | None:
        return self._one_of({name: name for name in FORMATS}, (key,), value)

    def _contract(self, key: str, value: object) -> str | None:
        return self._one_of({name: name for name in CONTRACTS}, (key,), value)

    def _baseline(self, key: str, value: object) -> Path:
        return self._inside(key, self._text(key, value))

    def _tokenizer(self, key: str, value: object) -> str:
        name = self._text(key, value)
        return name if name == PROXY else str(self._inside(key, name))

    def _inside(self, key: str, name: str) -> Path:
        """The path that a name means, which has to stay in the repository of the file, or in its folder."""
        path = self._path.parent / name
        if "\0" in name:
            self._problem((key,), "", f"{key}: {quote(name)} is not the name of a file")
        elif name and leads_outside(path, self._path.parent):
            self._problem(
                (key,),
                "",
                f"{key}: {quote(name, 200)} leads out of the folder of the project; --{key} on the command line may "
                "name any file",
            )
        return path

    def _most(self, key: str, value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self._problem((key,), "", f"{key} is a whole number, 0 or more, not {describe(value)}")
        return 0

    def _jobs(self, key: str, value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_JOBS:
            return value
        self._problem((key,), "", f"{key} is a whole number from 1 to {MOST_JOBS}, not {describe(value)}")
        return 1

    def _switch(self, key: str, value: object) -> bool | None:
        if isinstance(value, bool):
            return value
        self._problem((key,), "", f"{key} is true or false, not {describe(value)}")
        return None

    def _limit(self, key: str, value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self._problem((key,), "", f"{key} is a positive whole number, not {describe(value)}")
        return 1

    def _patterns(self, key: str, value: object) -> tuple[str, ...]:
        patterns = tuple(self._list((key,), value, "patterns"))
        for pattern in patterns:
            if not is_pattern(pattern):
                self._problem((key,), pattern, f"{key}: {quote(pattern)} is no pattern as in .gitignore")
        return patterns

    def _included(self, key: str, value: object) -> tuple[str, ...]:
        from minimax_validate.project.forms import NO_READER, has_no_reader  # few include anything

        patterns = self._patterns(key, value)
        for pattern in patterns:
            if has_no_reader(pattern):
                self._problem((key,), pattern, f"{key}: {quote(pattern)} {NO_READER}")
        return patterns

    def _ignores(self, key: str, value: object) -> Iterable[Ignore]:
        found = []
        for place, selectors in self._table(key, value):
            if key == "per-file-ignores" and (place.startswith("!") or not is_pattern(place)):
                self._problem((key, place), "", f"{key}: {quote(place)} is no pattern that files match")
            if key == "ignore-at" and (not place or place.startswith("#/")):
                self._problem((key, place), "", f"{key}: {quote(place)} names no file")
            elif key == "ignore-at" and (pointer := _without_slash(place)) is not None:
                self._problem((key, place), "", f"{key}: a pointer begins with a slash: {quote(pointer, 200)}")
            for selector in self._list((key, place), selectors, "rules"):
                codes = self._codes((key, place), selector)
                line = self._lines.of((*self._prefix, key, place), selector)
                found.append(Ignore(place, key == "per-file-ignores", selector, codes, line))
        return found


def _without_slash(place: str) -> str | None:
    """How a place is meant whose pointer has no slash, where the name of the file leaves no doubt; else None."""
    file, mark, pointer = place.partition("#")
    if not mark or not pointer or pointer.startswith("/") or not is_known(file) or is_known(place):
        return None
    return f"{file}#/{pointer}"


def _spelled(path: _Path) -> str:
    head, *rest = path
    return head + "".join(f"[{quote(step)}]" for step in rest)


_KEY = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = re.compile(rf"[ \t]*\[\[?[ \t]*({_DOTTED})[ \t]*\]")
_ASSIGNMENT = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")


class _Lines:
    """Where the keys of a TOML text stand, as far as a look at the beginnings of its lines can tell."""

    def __init__(self, text: str) -> None:
        self._text = text.split("\n")
        self._known: dict[_Path, int] = {}
        table: _Path = ()
        for number, line in enumerate(self._text, 1):
            if header := _HEADER.match(line):
                table = _steps(header[1])
                self._known.setdefault(table, number)
            elif assignment := _ASSIGNMENT.match(line):
                self._known.setdefault(table + _steps(assignment[1]), number)

    def of(self, path: _Path, word: str = "") -> int:
        """The line of a key, or of a word in its value.

        Where the key is not known, of the nearest one around it that is.
        """
        around = path
        while around not in self._known:
            if not around:
                return next((number for known, number in self._known.items() if known[: len(path)] == path), 1)
            around = around[:-1]
        first = self._known[around]
        last = min((number for number in self._known.values() if number > first), default=len(self._text) + 1)
        for sought in (word, *reversed(path[len(around) :])):
            if sought:
                bounded = re.compile(rf"(?<![\w-]){re.escape(sought)}(?![\w-])")
                for number in range(first, last):
                    if bounded.search(self._text[number - 1]):
                        return number
        return first


def _steps(dotted: str) -> _Path:
    return tuple(_unquoted(key) for key in re.findall(_KEY, dotted))


def _unquoted(key: str) -> str:
    if key[0] == '"':
        try:
            return str(json.loads(key))
        except ValueError:
            return key[1:-1]
    return key.strip("'")
