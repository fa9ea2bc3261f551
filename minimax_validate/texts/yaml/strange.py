"""What parsers must not see of a text: they are shown something harmless of the same length in its place.

They read YAML 1.1 in some points where 1.2 and JSON differ: characters and escapes that they refuse, and characters
that they take for the end of a line. All offsets stay right, and the scalars that have one of those are read again from
the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from minimax_validate.texts.spans import BYTE_ORDER_MARK, Span
from minimax_validate.texts.yaml import parsers
from minimax_validate.texts.yaml.parsers import STAND_IN, Event
from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.texts.yaml.scalars import reread
from minimax_validate.texts.yaml.tokens import scalar_token

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


def strange_in(text: str) -> Sequence[int]:
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
        if not parsers.has_fast_parser():  # the other one knows no tabs between words
            tabs = _TABS_INSIDE.finditer(text)
            strange += (at for tab in tabs for at in range(*tab.span()) if text[at] == "\t")
        blanks = _BLANK_WITH_TABS.finditer(text)
        strange += (at for blank in blanks for at in range(*blank.span()) if text[at] == "\t")
    return sorted(set(strange))


def harmless(text: str, strange: Sequence[int]) -> str:
    """The text as parsers are shown it; ``strange`` are the offsets of what they must not see."""
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
            parts.append(STAND_IN)
        done = at + len(parts[-1])
    parts.append(text[done:])
    return "".join(parts)


def restored(parser: Any, text: str, strange: Sequence[int]) -> Iterator[Event]:
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
