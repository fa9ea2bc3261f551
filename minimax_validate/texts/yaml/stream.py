"""Text to the events of a parser: PyYAML's, which is libyaml where it is there, and made of Python where it is not.

Both count offsets in code points. Both read YAML 1.1 in some points where 1.2 and JSON differ: characters and escapes
that they refuse, and characters that they take for the end of a line. Each of those has a harmless one of the same
length put in its place, so that all offsets stay right, and the scalars that have one are read again from the text
itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from minimax_validate.texts.spans import BYTE_ORDER_MARK, Span
from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.texts.yaml.scalars import reread
from minimax_validate.texts.yaml.tokens import scalar_token

Event = Any
"""An event of PyYAML. Its types say that marks may be None, which no parser's are."""

# What YAML 1.2 prints, without the line ends of YAML 1.1 and the byte order mark, is left alone.
_STRANGE = re.compile(
    "[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\\\\u[dD][89a-fA-F]"
)
_STOOD_IN = re.compile("[\ue800-\uefff]|\\\\u[eE][89a-fA-F]")
_ASCII_PLAIN = bytes([9, 10, 13, *range(0x20, 0x7F)])
# A tab may stand in lines that are blank, and before what is in brackets or quotes; parsers take it for indentation.
_BLANK_WITH_TABS = re.compile(r"\A[ \r\n]*\t[ \t\r\n]*(?=[\[{\"'])|(?:\A|(?<=[\r\n])) *\t[ \t]*(?=[\r\n]|\Z)")
_TABS_INSIDE = re.compile(r"(?<=\S)[ \t]*\t[ \t]*")
_ANYWHERE = frozenset("\x85\u2028\u2029\\\t")
_STAND_IN = "\xb7"
_HANDLE = re.compile(r"![\w-]*+!", re.ASCII)

_FAST_PARSER_GIVES_UP = "exceeded maximum nesting depth"
_END_OF_LIST = "expected a dash or the end of this list; check the indentation"
_BEYOND_UNICODE = "this escape does not encode a Unicode character"
# What both parsers say, in one set of words: how their problems begin, and what to say.
_PROBLEMS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("found a tab character",), "a tab cannot be used for indentation; use spaces"),
    (("found character",), "this character is not accepted here; put the value in quotes"),
    (
        ("mapping values are not allowed", "found unexpected ':'"),
        "a colon and a value are not accepted here; put a value that contains ': ' in quotes",
    ),
    (
        ("block sequence entries are not allowed", "sequence entries are not allowed"),
        "the dash of a list is not accepted here",
    ),
    (("mapping keys are not allowed",), "a key is not accepted here"),
    (("could not find expected ':'",), "expected a colon after the key"),
    (("did not find expected ',' or ']'", "expected ',' or ']'"), "expected a comma or ]"),
    (("did not find expected ',' or '}'", "expected ',' or '}'"), "expected a comma or }"),
    (("did not find expected '-' indicator",), _END_OF_LIST),
    (
        ("did not find expected key", "expected <block end>"),
        "expected a key or the end of this mapping; check the indentation",
    ),
    (("did not find expected node content", "expected the node content"), "expected a value"),
    (
        ("did not find expected <document start>", "expected '<document start>'"),
        "expected the end of the document or ---; a document contains only one value",
    ),
    (("found unexpected end of stream",), "the text ends before the closing quote"),
    (("found unexpected document",), "the document ends before the closing quote"),
    (("found unknown escape character",), "unknown escape; in double quotes, escape a backslash as \\\\"),
    (("did not find expected hexdecimal", "expected escape sequence of"), "expected hexadecimal digits in this escape"),
    (("found invalid Unicode character escape",), _BEYOND_UNICODE),
    (("found incompatible YAML document",), "this version of YAML is not supported"),
    (("found undefined tag handle",), "this tag is not declared by a %TAG line"),
    (
        ("did not find expected comment or line break", "expected a comment or a line break", "expected chomping or"),
        "expected the end of the line after | or >; only + or - and a digit may follow them",
    ),
    (
        ("found an indentation indicator", "expected indentation indicator"),
        "the indentation after | or > must be a digit from 1 to 9",
    ),
    (("did not find expected alphabetic", "expected alphabetic"), "expected a name of letters and digits"),
    (
        ("could not find expected directive name", "found unknown directive name", "found unexpected non-alpha"),
        "this is not a valid directive",
    ),
    (
        (
            "did not find expected whitespace",
            "did not find expected tag",
            "did not find URI",
            "expected URI",
            "expected ' '",
            "expected '!'",
        ),
        "this is not a valid tag",
    ),
)
_LABELS = {
    "a flow sequence": "the start of the list",
    "a flow mapping": "the start of the mapping",
    "a block collection": "the start of the list",
    "a block mapping": "the start of the mapping",
    "a simple key": "the start of the key",
    "a quoted scalar": "the opening quote",
    "a single-quoted scalar": "the opening quote",
    "a double-quoted scalar": "the opening quote",
}


def events(text: str) -> Iterator[Event]:
    """The events of all documents in a text, as they are parsed; values are those of YAML 1.2.

    Raises:
        YamlProblem: when the parser comes to what is no YAML.
    """
    given = 0
    try:
        for event in _events(text, _parser):
            yield event
            given += 1
    except _TooDeepError:
        # It reads ahead, and gives up before it has given what came before the depth that it refuses.
        yield from islice(_events(text, _pure_parser), given, None)


class _TooDeepError(Exception):
    """The fast parser has a limit of its own, deeper than any that is asked for here."""


def _events(text: str, parser_of: Callable[[str], Any]) -> Iterator[Event]:
    import yaml

    strange = _strange(text)
    given = _harmless(text, strange) if strange else text
    parser = parser_of(given)
    try:
        if strange:
            yield from _restored(parser, text, strange)
        else:
            yield from iter(parser.get_event, None)
    except yaml.MarkedYAMLError as error:
        if error.problem == _FAST_PARSER_GIVES_UP:
            raise _TooDeepError from None
        raise _problem(error, text) from None
    except YamlProblem:
        raise
    except (ValueError, OverflowError):  # the parser made of Python leaves it to chr to refuse this
        at = text.rfind("\\", 0, parser.index)
        raise YamlProblem(_BEYOND_UNICODE, Span(at, at + 1)) from None
    finally:
        parser.dispose()


def has_fast_parser() -> bool:
    """Whether libyaml is there."""
    import yaml

    return yaml.__with_libyaml__


def _parser(text: str) -> Any:
    if has_fast_parser():
        from yaml import CSafeLoader

        return CSafeLoader(text)
    return _pure_parser(text)


def _pure_parser(text: str) -> Any:
    from yaml import SafeLoader
    from yaml.scanner import ScannerError

    class Parser(SafeLoader):
        """The parser made of Python, which takes and refuses what libyaml does.

        That is tabs between tokens, plain question marks, where a tag ends, and directives that nobody knows.
        """

        def scan_to_next_token(self) -> None:
            super().scan_to_next_token()
            while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
                self.forward()
                super().scan_to_next_token()

        def scan_plain(self) -> Any:
            if not self.flow_level or "?" not in text:
                return super().scan_plain()
            vars(self)["peek"] = self._peek_past_questions
            try:
                return super().scan_plain()
            finally:
                del vars(self)["peek"]

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
            return _STAND_IN if seen in ",[]" else seen

        def _peek_past_questions(self, index: int = 0) -> str:
            seen: str = super().peek(index)
            return _STAND_IN if seen == "?" else seen

    return Parser(text)


def _strange(text: str) -> Sequence[int]:
    """Where the text has what parsers must not see, in order."""
    if (
        text.isascii()
        and "\\ud" not in text
        and "\\uD" not in text
        and "\t" not in text
        and not text.encode().translate(None, _ASCII_PLAIN)
    ):
        return ()
    strange = [found.start() for found in _STRANGE.finditer(text)]
    if "\t" in text:
        if not has_fast_parser():  # the other one knows no tabs between words
            tabs = _TABS_INSIDE.finditer(text)
            strange += (at for tab in tabs for at in range(*tab.span()) if text[at] == "\t")
        blanks = _BLANK_WITH_TABS.finditer(text)
        strange += (at for blank in blanks for at in range(*blank.span()) if text[at] == "\t")
    return sorted(set(strange))


def _harmless(text: str, strange: Sequence[int]) -> str:
    parts: list[str] = []
    done = 0
    for at in strange:
        parts.append(text[done:at])
        if text[at] == "\\":
            parts.append("\\ue" if text[at + 2] == "d" else "\\uE")
        elif text[at] == "\t":
            parts.append(" ")
        elif at == 0 and text[at] == BYTE_ORDER_MARK:
            parts.append("\n")  # the columns of the first line are counted from after the mark
        else:
            parts.append(_STAND_IN)
        done = at + len(parts[-1])
    parts.append(text[done:])
    return "".join(parts)


def _restored(parser: Any, text: str, strange: Sequence[int]) -> Iterator[Event]:
    """The events of a parser, with the values of scalars that it was shown something else of."""
    next_one = 1 if text.startswith(BYTE_ORDER_MARK) else 0
    from yaml import MarkedYAMLError

    while True:
        try:
            event = parser.get_event()
        except MarkedYAMLError as error:
            quote_mark = error.context_mark if "quoted" in str(error.context) else error.problem_mark
            _refuse(text, strange[next_one : bisect_left(strange, quote_mark.index if quote_mark else 0)])
            raise
        if event is None:
            return
        start, end = event.start_mark.index, event.end_mark.index
        inside = bisect_left(strange, start, next_one)
        _refuse(text, strange[next_one:inside])
        next_one = bisect_left(strange, end, inside)
        found = strange[inside:next_one]
        value = getattr(event, "value", None)
        if not found:
            pass
        elif value is None:
            _refuse(text, found)
        else:
            token = scalar_token(text, event)
            _refuse(text, [at for at in found if at < token.start or event.style not in ("'", '"')])
            own = _with_halves(text, value, found) or reread(text, token, value)
            if own is None:  # pragma: no cover - what a parser takes for a scalar is read as one
                raise YamlProblem("this scalar cannot be read", token)
            event.value = own
        yield event


def _with_halves(text: str, value: str, strange: Sequence[int]) -> str | None:
    """A value with the halves of characters that the parser was shown others for.

    None where it was shown more, or they cannot be told. Each escape that was changed left one character or one text in
    the value. If there are no more of them, none is there by itself.
    """
    if any(text[at] != "\\" for at in strange):
        return None
    halves, count = _STOOD_IN.subn(_half, value)
    return (
        halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        if count == len(strange)
        else None
    )


def _half(stood_in: re.Match[str]) -> str:
    found = stood_in[0]
    if found[0] == "\\":
        return found.replace("e", "d", 1) if found[2] == "e" else found.replace("E", "D", 1)
    return chr(ord(found) - 0x1000)


def _refuse(text: str, offsets: Sequence[int]) -> None:
    """Outside of quotes, only what YAML 1.1 took for the end of a line, what looks like an escape, and a tab may stand.

    Raises:
        YamlProblem: a character that YAML has in quotes alone, or nowhere.
    """
    for at in offsets:
        if text[at] == BYTE_ORDER_MARK:
            raise YamlProblem(
                "a byte order mark is accepted only at the start of a file; were files joined?", Span(at, at + 1)
            )
        if text[at] not in _ANYWHERE:
            raise YamlProblem(
                f"the control character U+{ord(text[at]):04X} is accepted only in quotes", Span(at, at + 1)
            )


def _problem(error: Any, text: str) -> YamlProblem:
    mark, context_mark = error.problem_mark, error.context_mark
    at = min(mark.index if mark is not None else context_mark.index if context_mark is not None else 0, len(text))
    said = str(error.problem)
    if "escape" in said or "hexdecimal" in said:
        at = max(text.rfind("\\", 0, at + 1), 0)  # one parser is further than the other
    span = Span(at, min(at + 1, len(text)))
    message = next((words for beginnings, words in _PROBLEMS if said.startswith(beginnings)), said)
    context = str(error.context or "").removeprefix("while parsing ").removeprefix("while scanning ")
    if said.startswith("expected <block end>") and context == "a block collection":
        message = _END_OF_LIST
    if at == len(text) and message.startswith("expected"):
        message = message.partition(";")[0] + ", found the end of the text"
    elif text[at : at + 1] == "\t" and said.startswith("found character"):
        message = "a tab cannot be used for indentation; use spaces"
    if context_mark is None or context_mark.index == at or context not in _LABELS:
        return YamlProblem(message, span)
    return YamlProblem(message, span, Span(context_mark.index, context_mark.index + 1), _LABELS[context])
