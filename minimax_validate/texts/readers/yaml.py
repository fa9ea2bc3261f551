"""Read YAML 1.2: the documents of a text, each a document of its own, recordings among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from minimax_validate.request.envelope import requests_in
from minimax_validate.texts.document import ABSENT, Document, Fault, Rewriter, Source
from minimax_validate.texts.ignore_comments import MARK, ignore_comments_in
from minimax_validate.texts.readers.encoding import read_text
from minimax_validate.texts.readers.faults import repeated_fault, syntax_fault, too_deep_fault
from minimax_validate.texts.readers.json_document import begins_as_json, read_json
from minimax_validate.texts.readers.opening import opened
from minimax_validate.texts.readers.reader import Reader
from minimax_validate.texts.readers.template import may_be_template, template, yaml_tag
from minimax_validate.texts.replacement import Replacement, UnwritableError
from minimax_validate.texts.spans import Span
from minimax_validate.texts.yaml.comments import comments
from minimax_validate.texts.yaml.compose import YamlDocument, compose
from minimax_validate.texts.yaml.places import locate_yaml
from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.texts.yaml.scalars import offset_map
from minimax_validate.texts.yaml.sharing import sharing
from minimax_validate.values.diagnostic import Edit

_BLANK = re.compile(r"[ \r\n]*+")


def read_yaml(name: str, text: str) -> Iterator[Document]:
    """Read a text: its documents, and where it is no YAML, after those before that, the finding that says so.

    Documents that say nothing (``---`` twice, or comments alone) are none, unless there is no other. JSON that parsers
    of YAML do not take, such as a key of more than a thousand characters, is read as JSON.
    """
    if _BLANK.fullmatch(text):  # a parser would hold it twice
        yield Document(Source(name, text), None)
        return
    given = False
    before = start = 0  # where the last document began, in code points and in bytes
    try:
        # Of a template no part is told as though it was a document.
        for found in list(compose(text)) if may_be_template(text) else compose(text):
            start += len(text[before : found.start].encode())
            before = found.start
            if found.value is not None:
                given = True
                yield _document(name, found, start)
    except YamlProblem as problem:
        as_json = _as_json(name, text)
        tag = yaml_tag(text, problem.span) if as_json is None else None
        if tag is not None:
            yield template(Source(name, text), tag)
        else:
            yield as_json or Document(Source(name, text), ABSENT, (_fault(problem),))
    else:
        if not given:
            yield Document(Source(name, text), None)


def _as_json(name: str, text: str) -> Document | None:
    if not begins_as_json(text):
        return None
    document = read_json(Source(name, text))
    return None if document.value is ABSENT else document


def _document(name: str, found: YamlDocument, start: int) -> Document:
    document = Document(
        Source(name, found.text, found.first_line, start),
        found.value,
        tuple(map(repeated_fault, found.repeats)),
        locate_yaml,
        requests_in(found.value),
        ignore_comments_in(found.text, (comment.span for comment in comments(found.text, MARK))),
        _REWRITER,
        sharing=sharing,
    )
    return opened(document, _offsets)


def _rewrite(text: str, edits: Iterable[Edit]) -> tuple[Replacement, ...]:
    from minimax_validate.texts.yaml.rewrite import rewrite_yaml  # only who fixes needs it

    return rewrite_yaml(text, edits)


def _reread(source: Source) -> Document:
    documents = list(read_yaml(source.name, source.text))
    if len(documents) != 1:
        raise UnwritableError("what was one document would be several")
    return replace(documents[0], source=source)


_REWRITER = Rewriter(_rewrite, _reread)


def _offsets(text: str, span: Span, value: str) -> Callable[[int], int] | None:
    offset = offset_map(text, span, value)
    # Where a tag made the value, or the scalar cannot be told apart, everything is said to be at its start.
    return offset if offset(len(value)) > span.start else None


def _fault(problem: YamlProblem) -> Fault:
    if problem.too_deep:
        return too_deep_fault(problem.pointer, problem.span)
    return syntax_fault(problem.message, problem.span, problem.related, problem.label)


def _read(name: str, stream: BinaryIO) -> Iterator[Document]:
    text, fault = read_text(stream)
    if fault is None:
        yield from read_yaml(name, text)
    else:
        yield Document(Source(name, text), ABSENT, (fault,))


READER = Reader("YAML", recognises=lambda head: head.lstrip().startswith((b"---", b"messages:")), read=_read)
