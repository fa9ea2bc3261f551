"""Read a configuration file; all problems in it are reported at once, each with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from minimax_validate.engine.selection import UnknownSelectorError, selected
from minimax_validate.output.formats import FORMATS
from minimax_validate.project.config import (
    EXTEND,
    MOST_JOBS,
    PROXY,
    SEVERITIES,
    SHARED_FILE,
    TABLE,
    Config,
    ConfigError,
    Origin,
    Problem,
)
from minimax_validate.project.config_lines import KeyPath, Lines
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

_T = TypeVar("_T")

MOST_PROBLEMS = 100
"""So many problems of one file are reported: nobody reads more, and each takes a look at the text."""
MOST_STEPS = 100
"""The parser of Python remembers all beginnings of a dotted key: one of 30,000 steps would take 5 GB."""


def read_table(path: Path) -> Config | None:
    """The configuration in one file, None for a shared file that has no table of ours.

    The file that it extends is named, and not read.

    Raises:
        ConfigError: it cannot be used.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(path, [Problem(1, f"cannot be read: {words_of_os_error(error)}")]) from error
    lines, table = _parsed(path, data)
    prefix: KeyPath = ("tool", TABLE) if path.name == SHARED_FILE else ()
    for depth, key in enumerate(prefix, 1):
        if not isinstance(table, dict):
            raise ConfigError(
                path, [Problem(lines.of(prefix[: depth - 1]), f"{'.'.join(prefix[: depth - 1])} must be a table")]
            )
        if key not in table:
            misspelled = next((other for other in table if _is_spelled_like(key, other)), None)
            if misspelled is None:
                return None
            line = lines.of((*prefix[: depth - 1], misspelled))
            raise ConfigError(path, [Problem(line, f"unknown table [tool.{misspelled}]; did you mean [tool.{TABLE}]?")])
        table = table[key]
    reader = _Reader(path, prefix, lines)
    try:
        config = reader.read(table)
    except _EnoughError:
        more = Problem(reader.problems[-1].line, "there are more problems, which are not shown")
        raise ConfigError(path, [*reader.problems, more]) from None
    if reader.problems:
        raise ConfigError(path, reader.problems)
    return config


def _is_spelled_like(key: str, other: str) -> bool:
    return key == TABLE and other.casefold().replace("_", "-") == TABLE


_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def _parsed(path: Path, data: bytes) -> tuple[Lines, Any]:
    try:
        text = data.decode("utf-8-sig")
        lines = Lines(text)
        too_deep = lines.of_deeper(MOST_STEPS)
        if too_deep is None:
            return lines, tomllib.loads(text)
        problem = Problem(too_deep, "nested too deeply")
    except UnicodeDecodeError as error:
        problem = Problem(data.count(b"\n", 0, error.start) + 1, "not UTF-8 text")
    except RecursionError:
        problem = Problem(1, "nested too deeply")
    except ValueError as error:
        message = str(error)
        place = _POSITION.search(message)
        line = int(place[1]) if place and place[1] else data.count(b"\n") + 1
        problem = Problem(line, f"invalid TOML: {_POSITION.sub('', message)}")
    raise ConfigError(path, [problem])


class _EnoughError(Exception):
    """There are as many problems as are reported."""


class _Reader:
    """Reads the table of one file key by key, and collects what is wrong."""

    def __init__(self, path: Path, prefix: KeyPath, lines: Lines) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._prefix = prefix
        self._lines = lines

    def read(self, table: object) -> Config:
        """The configuration that a table gives; not to be used if there are problems."""
        readers: dict[str, tuple[str, Callable[[str, Any], Any]]] = {
            EXTEND: ("extends", self._extended),
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
        origins: dict[str, tuple[Origin, ...]] = {}
        for key, value in self._table("", table):
            if key == "tool" and not self._prefix:
                self._problem((key,), "", f"keys must be at the top level of {self._path.name}, not in [tool.{TABLE}]")
            elif key not in readers:
                self._problem((key,), "", f"unknown key {quote(key)}{did_you_mean(key, readers)}")
            else:
                name, read = readers[key]
                origins[key] = (Origin(self._path, self._lines.of((*self._prefix, key))),)
                if name:
                    values[name] = read(key, value)
                else:
                    ignores += read(key, value)
        limits = {name: values.pop(name) for name in NUMBERS if name in values}
        return Config(
            path=self._path,
            ignores=tuple(ignores),
            limits=MappingProxyType(limits),
            origins=MappingProxyType(origins),
            **values,
        )

    def _problem(self, path: KeyPath, word: str, message: str) -> None:
        if len(self.problems) == MOST_PROBLEMS:
            raise _EnoughError
        self.problems.append(Problem(self._lines.of((*self._prefix, *path), word), message))

    def _table(self, key: str, value: object) -> Iterable[tuple[str, Any]]:
        if isinstance(value, dict):
            return value.items()
        self._problem(
            (key,) if key else (), "", f"{key or '.'.join(self._prefix)} must be a table, not {describe(value)}"
        )
        return ()

    def _list(self, path: KeyPath, value: object, what: str) -> Iterable[str]:
        if not isinstance(value, list):
            self._problem(path, "", f"{_spelled(path)} must be a list of {what}, not {describe(value)}")
            return
        for item in value:
            if isinstance(item, str):
                yield item
            else:
                self._problem(path, "", f"{_spelled(path)} must be a list of {what}; it contains {describe(item)}")

    def _text(self, key: str, value: object) -> str:
        if isinstance(value, str) and value:
            return value
        self._problem((key,), "", f"{key} must be a string, not {describe(value)}")
        return ""

    def _codes(self, path: KeyPath, selector: str) -> frozenset[str]:
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

    def _one_of(self, known: Mapping[str, _T], path: KeyPath, value: object) -> _T | None:
        if isinstance(value, str) and value in known:
            return known[value]
        self._problem(
            path, "", f"{_spelled(path)} must be {listed(known)}, not {describe(value)}{did_you_mean(value, known)}"
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

    def _extended(self, key: str, value: object) -> Path:
        name = self._text(key, value)
        path = self._path.parent / name
        if "\0" in name:
            self._problem((key,), "", f"{key}: {quote(name)} is not the name of a file")
        elif name and leads_outside(path, self._path.parent):
            self._problem((key,), "", f"{key}: {quote(name, 200)} is outside the repository; name a file inside it")
        # Errors quote keys of the file, and a stranger's configuration may name any file: links are followed.
        elif name and path.resolve().suffix != ".toml":
            self._problem((key,), "", f"{key}: {quote(name, 200)} is not a .toml file")
        return path

    def _inside(self, key: str, name: str) -> Path:
        """The path that a name means, which has to stay in the repository of the file, or in its folder."""
        path = self._path.parent / name
        if "\0" in name:
            self._problem((key,), "", f"{key}: {quote(name)} is not a valid file name")
        elif name and leads_outside(path, self._path.parent):
            self._problem(
                (key,),
                "",
                f"{key}: {quote(name, 200)} is outside the project; use --{key} on the command line for such a file",
            )
        return path

    def _most(self, key: str, value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self._problem((key,), "", f"{key} must be a whole number, 0 or more, not {describe(value)}")
        return 0

    def _jobs(self, key: str, value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_JOBS:
            return value
        self._problem((key,), "", f"{key} is a whole number from 1 to {MOST_JOBS}, not {describe(value)}")
        return 1

    def _switch(self, key: str, value: object) -> bool | None:
        if isinstance(value, bool):
            return value
        self._problem((key,), "", f"{key} must be true or false, not {describe(value)}")
        return None

    def _limit(self, key: str, value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self._problem((key,), "", f"{key} must be a positive whole number, not {describe(value)}")
        return 1

    def _patterns(self, key: str, value: object) -> tuple[str, ...]:
        patterns = tuple(self._list((key,), value, "patterns"))
        for pattern in patterns:
            if not is_pattern(pattern):
                self._problem((key,), pattern, f"{key}: {quote(pattern)} is not a valid .gitignore pattern")
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
                self._problem((key, place), "", f"{key}: {quote(place)} is not a pattern that files can match")
            if key == "ignore-at" and (not place or place.startswith("#/")):
                self._problem((key, place), "", f"{key}: {quote(place)} does not name a file")
            elif key == "ignore-at" and (pointer := _without_slash(place)) is not None:
                self._problem(
                    (key, place), "", f"{key}: a JSON Pointer must begin with a slash; write {quote(pointer, 200)}"
                )
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


def _spelled(path: KeyPath) -> str:
    head, *rest = path
    return head + "".join(f"[{quote(step)}]" for step in rest)
