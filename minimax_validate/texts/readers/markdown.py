"""Read Markdown: the chat requests in its fences of JSON, of `curl` commands, of HTTP requests and of programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from minimax_validate.rules.document import not_a_request
from minimax_validate.texts.document import Document
from minimax_validate.texts.readers.fences import Fence, fences
from minimax_validate.texts.readers.http import passages_of_http
from minimax_validate.texts.readers.passages import Passage, moved, reader_of, shifted
from minimax_validate.texts.readers.programs import may_ask
from minimax_validate.texts.readers.reader import Reader
from minimax_validate.texts.readers.shell import passages_of_shell
from minimax_validate.texts.spans import JSON_STRING

_STRING = re.compile(JSON_STRING, re.DOTALL)
_LINE = re.compile(r"[^\r\n]+")

_JSON = frozenset({"json", "jsonc", "json5"})
_WITH_COMMENTS = frozenset({"jsonc", "json5"})
_LINES = frozenset({"jsonl", "ndjson"})
_SHELL = frozenset({"bash", "sh", "shell", "zsh", "console", "shell-session", "terminal", "curl", "cmd", "text", "txt"})
_HTTP = frozenset({"http", "rest"})


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


_PASSAGES = reader_of("Markdown", "the Markdown page", passages_of_markdown, recognises=lambda _: False)


def _may_hold_request(document: Document) -> bool:
    """Whether a program asks the model, or may do so: it was not read, or not all of it is known."""
    program = document.program
    return program is not None and bool(program.sites or program.missing or program.unread or program.unknown)


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    for page in _PASSAGES.read(name, stream):
        # A page that is JSON, or cannot be read, has no fences.
        if page.on_a_walk is None or not may_ask(page.source.text):
            yield page
            continue
        from minimax_validate.texts.readers.fence_programs import programs_of_page  # few pages name the model

        programs = list(programs_of_page(page.source))
        is_empty = [fault.diagnostic.code for fault in page.faults] == [not_a_request.RULE.code]
        if not (is_empty and any(map(_may_hold_request, programs))):
            yield page
        yield from programs


READER = Reader("Markdown", recognises=lambda _: False, read=_read)
