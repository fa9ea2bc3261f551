"""Read the programs in fences of Markdown: each of them is a document by itself, with its place in the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from minimax_validate.texts.document import Document, Source
from minimax_validate.texts.readers.elisions import elided
from minimax_validate.texts.readers.excerpt_documents import excerpt_document
from minimax_validate.texts.readers.fences import fences, without_quotes
from minimax_validate.texts.readers.program_documents import Parse, missing_document
from minimax_validate.texts.readers.programs import may_ask
from minimax_validate.texts.readers.python import parse_python
from minimax_validate.texts.readers.typescript import NEEDS, parse_of
from minimax_validate.texts.replacement import Replacement
from minimax_validate.texts.spans import Span

_LINE_ENDS = re.compile(r"\r\n?|\n")
_DIALECTS = {
    **dict.fromkeys(("ts", "typescript", "mts", "cts"), "ts"),
    **dict.fromkeys(("tsx", "js", "javascript", "jsx", "mjs", "cjs"), "tsx"),
}
_PYTHON = frozenset({"python", "py", "python3"})


@dataclass(frozen=True, slots=True)
class Dedented:
    """A program in a fence without the indentation and the marks of block quotes that all its lines begin with.

    ``starts`` are the offsets of its lines, ``shifts`` how many characters of the fence are left out up to each.
    """

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]
    prefix: str

    def span(self, span: Span) -> Span:
        """See ``Excerpt``."""
        start = self._at(span.start)
        return Span(start, self._at(span.end - 1) + 1 if span.end > span.start else start)

    def replacement(self, replacement: Replacement) -> Replacement:
        """See ``Excerpt``."""
        (start, end), text = replacement
        # What begins at the start of a line stands behind the prefix of the line.
        return Replacement(Span(self._at(start), self._at(end)), text.replace("\n", f"\n{self.prefix}"))

    def _at(self, index: int) -> int:
        return index + self.shifts[bisect_right(self.starts, index) - 1]


def dedented(text: str, *, is_quoted: bool) -> Dedented:
    """The program that stands in a fence."""
    plain = without_quotes(text) if is_quoted else text
    lines = plain.split("\n")
    blanks = [line[: len(line) - len(line.lstrip(" \t"))] for line in lines if line.strip()]
    common = min(blanks, default="")
    if not all(indent.startswith(common) for indent in blanks):  # tabs and blanks
        common = ""
    parts: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    prefix = ""
    at = done = 0
    for line in lines:
        out = len(common) if line.startswith(common) else len(line) - len(line.lstrip(" \t"))
        if not prefix and line.strip():
            prefix = text[at : at + out]
        parts.append(line[out:])
        starts.append(done)
        shifts.append(at + out - done)
        at += len(line) + 1
        done += len(line) - out + 1
    return Dedented("\n".join(parts), tuple(starts), tuple(shifts), prefix)


def programs_of_page(page: Source) -> Iterator[Document]:
    """The documents of the fences of a page that are programs and name the model.

    Where the parser of one is missing, there is one document for all that says so.
    """
    line, start, at = page.first_line, page.start, 0
    is_missing = False
    for fence in fences(page.text):
        dialect = _DIALECTS.get(fence.language)
        if (dialect is None and fence.language not in _PYTHON) or not may_ask(fence.text):
            continue
        before = page.text[at : fence.start]
        line += len(_LINE_ENDS.findall(before))
        start += len(before.encode())
        at = fence.start
        source = Source(page.name, page.text[at : at + len(fence.text)], line, start)
        try:
            parse = parse_of(dialect) if dialect is not None else parse_python
        except ImportError:
            if not is_missing:
                is_missing = True
                yield missing_document(source, NEEDS)
            continue
        document = _document(source, parse, is_python=dialect is None, is_quoted=fence.is_quoted)
        if document is not None:
            yield document


def _document(source: Source, parse: Parse, *, is_python: bool, is_quoted: bool) -> Document | None:
    def reread(new: Source) -> Document | None:
        return _document(new, parse, is_python=is_python, is_quoted=is_quoted)

    excerpt = dedented(source.text, is_quoted=is_quoted)
    return excerpt_document(source, excerpt, parse, reread, is_python=is_python, amend=elided)
