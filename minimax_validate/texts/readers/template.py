"""Know a template by its tags: a text that is to be rendered before it is JSON or YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minimax_validate.rules.document import syntax_error
from minimax_validate.texts.document import ABSENT, Document, Fault, Source, Walk
from minimax_validate.texts.spans import Span

MESSAGE = "a template is not a request until it is rendered; check the rendered text"

# Jinja, Handlebars, Go and Helm; ERB and EJS; envsubst. A tag is no longer than a line.
_TAG = re.compile(r"\{\{[^\r\n]{0,1000}?\}\}|\{[%#][^\r\n]{0,1000}?[%#]\}|<%[^\r\n]{0,1000}?%>|\$\{[^{}\s]{1,100}\}")
_MARK = re.compile(r"\{[{%#]|<%|\$\{")
_LONGEST = 1010
_LINE = re.compile(r"[^\r\n]+")
_STRING = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'""")
_AT_START = re.compile(r"[ \t]*(?:- +)*(?:[\w.\"'-]+:[ \t]+)?(?:\{\{|\{[%#]|<%)")
_BLOCK_SCALAR = re.compile(r"[ \t]*(?:- +)*(?:[^#\s][^#]*:[ \t]+)?[|>][-+1-9]{0,2}[ \t]*(?:#.*)?")


def may_be_template(text: str) -> bool:
    """Whether a text has the marks of tags; a quick look, which many texts pass that are no templates."""
    return "{{" in text or "{%" in text or "<%" in text


def json_tag(text: str, problem: Span) -> Span | None:
    """The first tag that keeps a text from being JSON, which goes wrong at ``problem``; None if it is no template.

    Tags inside of strings are text like any other: prompts are full of them.
    """
    around = _tag_at(text, problem)
    if around is not None:
        return around
    # Most texts that are no JSON have no mark of a tag in any line.
    for line in _LINE.finditer(text) if may_be_template(text) else ():
        if _MARK.search(line[0]):
            bare = _STRING.sub(lambda string: " " * len(string[0]), line[0])
            found = _TAG.search(bare)
            # With a quote that is left over, nobody knows what is text on this line.
            if found is not None and '"' not in _TAG.sub("", bare):
                return Span(line.start() + found.start(), line.start() + found.end())
    return None


def yaml_tag(text: str, problem: Span) -> Span | None:
    """The same for YAML, where a tag may begin a line or a value."""
    around = _tag_at(text, problem)
    if around is not None:
        return around
    for line in _outside_block_scalars(text):
        if _AT_START.match(line[0]):
            found = _TAG.search(line[0])
            if found is not None:
                return Span(line.start() + found.start(), line.start() + found.end())
    return None


def template(source: Source, tag: Span) -> Document:
    """The document of a template, which a walk passes over."""
    return Document(source, ABSENT, (Fault(syntax_error.RULE.diagnose((), MESSAGE), tag),), walk=Walk.PASSES_OVER)


def _tag_at(text: str, problem: Span) -> Span | None:
    """The tag that a place of the text is in."""
    for found in _TAG.finditer(text, max(0, problem.start - _LONGEST)):
        if found.start() > problem.start:
            return None
        if problem.start < found.end():
            return Span(*found.span())
    return None


def _outside_block_scalars(text: str) -> Iterator[re.Match[str]]:
    """The lines of a text of YAML that are no text of a block scalar."""
    inside: int | None = None
    for line in _LINE.finditer(text):
        indent = len(line[0]) - len(line[0].lstrip(" "))
        if inside is not None and (indent > inside or not line[0].strip()):
            continue
        inside = indent if _BLOCK_SCALAR.fullmatch(line[0]) else None
        yield line
