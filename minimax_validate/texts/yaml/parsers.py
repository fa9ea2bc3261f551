"""The parsers of PyYAML: libyaml where it is there, and one made of Python that takes and refuses the same."""

from __future__ import annotations

import re
from typing import Any

Event = Any
"""An event of PyYAML. Its types say that marks may be None, which no parser's are."""

STAND_IN = "\xb7"
"""A character that is harmless wherever it stands."""

_TIGHT_COLON = re.compile(r":[,?\[\]{}]")
_HANDLE = re.compile(r"![\w-]*+!", re.ASCII)


def has_fast_parser() -> bool:
    """Whether libyaml is there."""
    import yaml

    return yaml.__with_libyaml__


def fastest_parser(text: str) -> Any:
    """The faster one that is there, with a text to parse."""
    if has_fast_parser():
        from yaml import CSafeLoader

        return CSafeLoader(text)
    return pure_parser(text)


def pure_parser(text: str) -> Any:
    """The one made of Python."""
    from yaml import SafeLoader
    from yaml.error import Mark
    from yaml.scanner import ScannerError

    class Parser(SafeLoader):
        """The parser made of Python, which takes and refuses what libyaml does.

        That is tabs between tokens, plain question marks, colons before brackets, where a tag ends, and directives that
        nobody knows.
        """

        def scan_to_next_token(self) -> None:
            super().scan_to_next_token()
            while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
                self.forward()
                super().scan_to_next_token()

        def scan_plain(self) -> Any:
            if not self.flow_level:
                return super().scan_plain()
            start = self.get_mark()
            if "?" in text:
                vars(self)["peek"] = self._peek_past_questions
            try:
                token = super().scan_plain()
            finally:
                vars(self).pop("peek", None)
            colon = _TIGHT_COLON.search(text, start.index, self.index + 2)
            if colon:
                # Of this mark, only the offset is used.
                mark = Mark(start.name, colon.start(), start.line, start.column, None, 0)
                raise ScannerError("while scanning a plain scalar", start, "found unexpected ':'", mark)
            return token

        def scan_directive_name(self, start_mark: Any) -> Any:
            name = super().scan_directive_name(start_mark)  # type: ignore[no-untyped-call]
            if name not in ("YAML", "TAG"):
                problem = "found unknown directive name"
                raise ScannerError("while scanning a directive", start_mark, problem, self.get_mark())
            return name

        def scan_tag(self) -> Any:
            if self.peek(1) == "<":
                return super().scan_tag()
            self._has_handle = _HANDLE.match(self.buffer, self.pointer) is not None
            vars(self)["peek"] = self._peek_at_tag
            try:
                return super().scan_tag()
            finally:
                del vars(self)["peek"]

        def _peek_at_tag(self, index: int = 0) -> str:
            """The next character, as it is for a tag: a comma in brackets ends it, and brackets are no part of it."""
            seen: str = super().peek(index)
            if seen == "," and self.flow_level:
                return " "
            if seen == "!" and not self._has_handle:
                return "_"  # a part of the tag, and the end of no handle
            return STAND_IN if seen in ",[]" else seen

        def _peek_past_questions(self, index: int = 0) -> str:
            seen: str = super().peek(index)
            return STAND_IN if seen == "?" else seen

    return Parser(text)
