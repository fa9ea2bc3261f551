"""Markdown as plain text for terminals: paragraphs, lists, headings, code and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import wrap

from minimax_validate.output.color import Paint
from minimax_validate.output.escape import visible
from minimax_validate.output.table import aligned

INDENT = "  "

_FENCE = re.compile(r"^(`{3,}).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"#{1,6} +(.+?)(?: +#+)?")
_ITEM = re.compile(r"([-*+]|\d+[.)]) +")
_RULER = re.compile(r"\|?[\s:|-]+\|?")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_CELL_END = re.compile(r"(?<!\\)\|")


def prose(markdown: str, width: int, paint: Paint) -> Iterator[str]:
    """The lines of a text, with an empty line between its blocks; code is not wrapped."""
    for number, block in enumerate(_blocks(markdown)):
        if number:
            yield ""
        yield from _block(block, width, paint)


def wrapped(text: str, width: int, first: str = INDENT, rest: str = INDENT) -> Iterator[str]:
    """A text in lines; a long word may be a path or an id to be copied, and is not cut."""
    yield from wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _blocks(markdown: str) -> Iterator[str]:
    at = 0
    for fence in _FENCE.finditer(markdown):
        yield from _paragraphs(markdown[at : fence.start()])
        yield fence[0]
        at = fence.end()
    yield from _paragraphs(markdown[at:])


def _paragraphs(text: str) -> Iterator[str]:
    yield from filter(None, (part.strip("\n") for part in re.split(r"\n[ \t]*\n", text)))


def _block(block: str, width: int, paint: Paint) -> Iterator[str]:
    lines = block.split("\n")
    if _FENCE.fullmatch(block):
        yield from (f"{2 * INDENT}{visible(line)}".rstrip() for line in lines[1:-1])
    elif heading := _HEADING.fullmatch(block):
        yield paint.bold(_plain(heading[1]))
    elif len(lines) > 1 and "|" in lines[0] and "-" in lines[1] and _RULER.fullmatch(lines[1].strip()):
        yield from _table(lines, width, paint)
    elif _ITEM.match(lines[0].lstrip()):
        yield from _list(lines, width)
    else:
        yield from wrapped(_plain(" ".join(lines)), width)


def _list(lines: list[str], width: int) -> Iterator[str]:
    """Items, each with its lines joined; those of inner lists keep their indent."""
    items: list[tuple[str, str]] = []
    for line in lines:
        text = line.lstrip()
        if mark := _ITEM.match(text):
            items.append((" " * (len(line) - len(text)) + mark[1] + " ", text[mark.end() :]))
        else:
            front, before = items[-1]
            items[-1] = front, f"{before} {text}"
    for front, text in items:
        yield from wrapped(_plain(text), width, INDENT + front, INDENT + " " * len(front))


def _table(lines: list[str], width: int, paint: Paint) -> Iterator[str]:
    rows = [[_plain(cell.strip()) for cell in _cells(line)] for line in (lines[0], *lines[2:])]
    for number, row in enumerate(aligned(rows, width - len(INDENT))):
        yield from (INDENT + (line if number else paint.bold(line)) for line in row)


def _cells(line: str) -> list[str]:
    return [cell.replace("\\|", "|") for cell in _CELL_END.split(re.sub(r"^\||(?<!\\)\|$", "", line.strip()))]


def _plain(text: str) -> str:
    """A text without marks of links and of bold type; code stays in backticks."""
    parts = re.split(r"(`[^`]+`)", text)
    parts[::2] = [_STRONG.sub(r"\1", _LINK.sub(r"\1 (\2)", part)) for part in parts[::2]]
    return "".join(parts)
