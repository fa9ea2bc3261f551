"""Read Markdown: the chat requests in its fences of JSON, of `curl` commands and of HTTP requests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minimax_validate.texts.readers.http import passages_of_http
from minimax_validate.texts.readers.passages import Passage, moved, reader_of, shifted
from minimax_validate.texts.readers.shell import passages_of_shell
from minimax_validate.texts.spans import JSON_STRING

_OPENS = re.compile(
    r"^((?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?:(`{3,})([^`\r\n]*)|(~{3,})([^\r\n]*))\r?$", re.MULTILINE
)
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_LANGUAGE = re.compile(r"[ \t]*\{?[ \t]*\.?([\w+-]*)")
_STRING = re.compile(JSON_STRING, re.DOTALL)
_LINE = re.compile(r"[^\r\n]+")

_JSON = frozenset({"json", "jsonc", "json5"})
_WITH_COMMENTS = frozenset({"jsonc", "json5"})
_LINES = frozenset({"jsonl", "ndjson"})
_SHELL = frozenset({"bash", "sh", "shell", "zsh", "console", "shell-session", "terminal", "curl", "cmd", "text", "txt"})
_HTTP = frozenset({"http", "rest"})


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence of Markdown: its language in lower case, and where what is in it begins.

    Marks of block quotes are blanks in the text, so that every character keeps its place.
    """

    language: str
    start: int
    text: str


def fences(text: str) -> Iterator[Fence]:
    """The fences of a text; one that is never closed goes on to its end."""
    at = 0
    while (opening := _OPENS.search(text, at)) is not None:
        mark = opening[2] or opening[4]
        language = _LANGUAGE.match(opening[3] or opening[5] or "")
        start = min(opening.end() + 1, len(text))
        closes = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*\r?$", re.MULTILINE)
        closing = closes.search(text, start)
        end = closing.start() if closing is not None else len(text)
        inside = text[start:end]
        if ">" in opening[1]:
            inside = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), inside)
        yield Fence(language[1].lower() if language is not None else "", start, inside)
        at = closing.end() if closing is not None else len(text)


def passages_of_markdown(text: str) -> Iterator[Passage]:
    """The parts of fences that may be requests."""
    for fence in fences(text):
        if "messages" in fence.text or "curl" in fence.text:
            yield from (moved(passage, fence.start) for passage in _of_fence(fence))


def _of_fence(fence: Fence) -> Iterator[Passage]:
    text, language = fence.text, fence.language
    is_object = text.lstrip()[:1] in ("{", "[")
    if language in _LINES:
        yield from (Passage(line[0], shifted(line.start())) for line in _LINE.finditer(text))
    elif language in _JSON or (is_object and (not language or language in _SHELL)):
        yield from _of_json(text, may_have_comments=language in _WITH_COMMENTS)
    elif language in _HTTP:
        yield from passages_of_http(text)
    elif not language or language in _SHELL:
        yield from passages_of_shell(text)


def _of_json(text: str, *, may_have_comments: bool) -> Iterator[Passage]:
    if may_have_comments:
        from minimax_validate.texts.readers.jsonc import plain_json  # few are of these languages

        # What a comment leaves out is no whole request.
        if not re.search(r"\.\.\.|…", _STRING.sub("", text)):
            yield Passage(plain_json(text), shifted(0))
    else:
        yield Passage(text, shifted(0))


READER = reader_of("Markdown", "a page of Markdown", passages_of_markdown, recognises=lambda _: False)
