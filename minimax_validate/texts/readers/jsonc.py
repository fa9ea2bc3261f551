"""Read JSON with comments: what JSON does not have is blanked out, so that every character keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import BinaryIO

from minimax_validate.texts.document import ABSENT, Document, Rewriter, Source
from minimax_validate.texts.ignore_comments import ignore_comments_in
from minimax_validate.texts.json.places import locate_json
from minimax_validate.texts.readers.encoding import read_text
from minimax_validate.texts.readers.faults import syntax_fault
from minimax_validate.texts.readers.json_document import read_json
from minimax_validate.texts.readers.reader import Reader
from minimax_validate.texts.replacement import Replacement
from minimax_validate.texts.spans import Span, Wanted
from minimax_validate.values.diagnostic import Edit

_STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?'
_COMMENT = re.compile(rf"{_STRING}|(//[^\r\n]*+|/\*.*?\*/)|(/\*)", re.DOTALL)
# A comma with nothing before it is no last one.
_LAST_COMMA = re.compile(rf"{_STRING}|[\[{{,][ \t\r\n]*+,|(,)(?=[ \t\r\n]*+[\]}}])", re.DOTALL)
_INK = re.compile(r"[^\r\n]")


def read_jsonc(source: Source) -> Document:
    """Read one text of JSON that may have comments (``//`` and ``/* */``) and a comma behind the last member."""
    text = source.text
    comments = [match for match in _COMMENT.finditer(text) if match.lastindex]
    unclosed = next((match.span() for match in comments if match[2]), None)
    if unclosed is not None:
        return Document(
            source,
            ABSENT,
            (syntax_fault("expected the end of the comment, */; this comment is not closed", Span(*unclosed)),),
        )
    document = read_json(Source(source.name, plain_json(text), source.first_line))
    found = ignore_comments_in(text, (Span(*match.span()) for match in comments))
    return replace(
        document, source=source, locate=_locate, ignore_comments=found, rewriter=document.rewriter and _REWRITER
    )


def plain_json(text: str) -> str:
    """The text with blanks in the place of comments and of commas behind which nothing follows."""
    return _LAST_COMMA.sub(lambda match: " " if match[1] else match[0], without_comments(text))


def without_comments(text: str) -> str:
    """The text with blanks in the place of comments alone."""
    return _COMMENT.sub(lambda match: _INK.sub(" ", match[0]) if match[1] else match[0], text) if "/" in text else text


def _locate(text: str, places: Iterable[Wanted]) -> Mapping[Wanted, Span]:
    return locate_json(plain_json(text), places)


def _rewrite(text: str, edits: Iterable[Edit]) -> tuple[Replacement, ...]:
    from minimax_validate.texts.json.rewrite import rewrite_json  # only who fixes needs it

    return rewrite_json(text, edits, *_without_extras(text))


# What each of many findings would change in one text is asked one after the other.
@lru_cache(1)
def _without_extras(text: str) -> tuple[str, str]:
    return without_comments(text), plain_json(text)


_REWRITER = Rewriter(_rewrite, read_jsonc)


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    text, fault = read_text(stream)
    source = Source(name, text)
    yield read_jsonc(source) if fault is None else Document(source, ABSENT, (fault,))


READER = Reader("JSON with comments", recognises=lambda _: False, read=_read)
