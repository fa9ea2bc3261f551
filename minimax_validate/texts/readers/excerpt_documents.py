"""Make a document of a program that is a part of another text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from minimax_validate.texts.document import Document, Rewriter, Source
from minimax_validate.texts.ignore_comments import IgnoreComment
from minimax_validate.texts.readers.excerpts import Excerpt, InExcerpt
from minimax_validate.texts.readers.program_documents import Amend, Parse, program_document
from minimax_validate.texts.replacement import Replacement, UnwritableError, in_order
from minimax_validate.texts.spans import Span
from minimax_validate.values.diagnostic import Edit

Reread = Callable[[Source], Document | None]
"""Reads the text around an excerpt again, and gives the document of that excerpt."""


def excerpt_document(
    source: Source, excerpt: Excerpt, parse: Parse, reread: Reread, *, is_python: bool, amend: Amend | None = None
) -> Document | None:
    """The document of an excerpt of a text, its places and changes those of the text; None where it has no site."""
    inside = program_document(Source(source.name, excerpt.text), parse, is_python=is_python, amend=amend)
    if inside is None:
        return None
    rewriter = inside.rewriter

    def rewrite(text: str, edits: Iterable[Edit]) -> tuple[Replacement, ...]:
        if text != source.text or rewriter is None:
            later = read(replace(source, text=text)).rewriter
            return later.rewrite(text, edits) if later else ()
        return in_order(map(excerpt.replacement, rewriter.rewrite(excerpt.text, edits)))

    def read(new: Source) -> Document:
        again = reread(new)
        if again is None:
            raise UnwritableError("what was a request would be none")
        return again

    return replace(
        inside,
        source=source,
        locate=InExcerpt(inside.locate, excerpt),
        ignore_comments=tuple(_moved(comment, excerpt) for comment in inside.ignore_comments),
        rewriter=Rewriter(rewrite, read) if rewriter is not None else None,
    )


def _moved(comment: IgnoreComment, excerpt: Excerpt) -> IgnoreComment:
    start, end = comment.span
    line = excerpt.text.rfind("\n", 0, start) + 1, excerpt.text.find("\n", end)
    row = Span(line[0], line[1] if line[1] >= 0 else len(excerpt.text))
    return replace(comment, span=excerpt.span(comment.span), row=excerpt.span(row))
