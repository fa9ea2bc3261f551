"""Read files of requests for the HTTP clients of editors (`.http`, `.rest`): the JSON bodies that are chat requests.

A body begins after the first blank line below the request line; `###` stands between requests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from minimax_validate.texts.readers.passages import Passage, moved, reader_of, shifted

_BLOCK = re.compile(r"(?:^|(?<=\n))###[^\n]*(?:\n|\Z)")
_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_ASIDE = re.compile(r"\s*(?:#|//|@|<|\Z)")
_VARIABLE = re.compile(r"^[ \t]*@([\w.-]+)[ \t]*=[ \t]*([^\r\n]*)", re.MULTILINE)
_USE = re.compile(r"\{\{[ \t]*\$?([\w.-]+)[ \t]*\}\}")
_SCRIPT = re.compile(r"\s*<[ \t]*\{%")
_REQUEST_LINE = re.compile(r"\s*(?:[A-Z]+[ \t]+)?((?:\{\{[^{}\r\n]*\}\}|\S)+)")
_CURL = re.compile(r"[ \t]*curl[ \t]")
# What follows a body: a script for the answer, a file to keep it in, one that it was kept in, an assertion.
_BEHIND = re.compile(r"(?:^|(?<=\n))[ \t]*(?:>{1,2}!?[ \t]|>[ \t]*\{%|<>|\?\?|\{\{\s*$)", re.MULTILINE)


def passages_of_http(text: str) -> Iterator[Passage]:
    """The bodies of the requests of a text that may be JSON."""
    variables = {name: value.rstrip() for name, value in _VARIABLE.findall(text)}
    start = 0
    for separator in _BLOCK.finditer(text):
        yield from _of_block(text[start : separator.start()], start, variables)
        start = separator.end()
    yield from _of_block(text[start:], start, variables)


def _of_block(block: str, start: int, variables: Mapping[str, str]) -> Iterator[Passage]:
    """The body of one request, or those of a command that stands in the place of one."""
    at = _request_line(block)
    if at is None:
        return
    if _CURL.match(block, at):
        from minimax_validate.texts.readers.shell import passages_of_shell  # few have any

        yield from (moved(passage, start + at) for passage in passages_of_shell(block[at:]))
        return
    url = ""
    for line in _LINE.finditer(block, at):  # pragma: no branch - the last one is blank
        if not line[0].strip():
            at = line.end()
            break
        if line.start() == at:
            found = _REQUEST_LINE.match(line[0])
            url = found[1] if found is not None else ""
        elif line[0][0] in " \t":  # a long address goes on
            url += line[0].strip()
    end = _BEHIND.search(block, at)
    body = block[at : end.start() if end is not None else len(block)]
    at += len(body) - len(body.lstrip())
    body = body.strip()
    if body[:1] in ("{", "["):
        yield Passage(
            body, shifted(start + at), _filled(url, variables), " ".join(_used(body, variables)), is_sent=True
        )


def _request_line(block: str) -> int | None:
    """Where the request line is, behind comments, variables and scripts."""
    in_script = False
    for line in _LINE.finditer(block):
        if in_script or _SCRIPT.match(line[0]):
            in_script = "%}" not in line[0]
        elif not _ASIDE.match(line[0]):
            return line.start()
    return None


def _filled(url: str, variables: Mapping[str, str]) -> str:
    return _USE.sub(lambda use: variables.get(use[1], use[0]), url)


def _used(body: str, variables: Mapping[str, str]) -> Iterator[str]:
    """What the variables in a body hold."""
    return (variables[use] for use in _USE.findall(body) if use in variables)


READER = reader_of("HTTP", "the file of HTTP requests", passages_of_http, recognises=lambda _: False)
