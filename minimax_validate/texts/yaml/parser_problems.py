"""What a parser of YAML has against a text, in words that are the same whichever parser it was."""

from __future__ import annotations

from typing import Any

from minimax_validate.texts.spans import Span
from minimax_validate.texts.yaml.problem import YamlProblem

BEYOND_UNICODE = "this escape does not encode a Unicode character"
"""What to say of such an escape; the parser made of Python has no words for it."""

_END_OF_LIST = "expected a dash or the end of this list; check the indentation"
# What both parsers say, in one set of words: how their problems begin, and what to say.
_PROBLEMS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("found a tab character",), "a tab cannot be used for indentation; use spaces"),
    (("found character",), "this character is not accepted here; put the value in quotes"),
    (
        ("mapping values are not allowed",),
        "a colon and a value are not accepted here; put a value that contains ': ' in quotes",
    ),
    (("found unexpected ':'",), "a colon in braces or brackets needs a space after it"),
    (
        ("block sequence entries are not allowed", "sequence entries are not allowed"),
        "the dash of a list is not accepted here",
    ),
    (("mapping keys are not allowed",), "a key is not accepted here"),
    (("could not find expected ':'",), "expected a colon after the key"),
    (("did not find expected ',' or ']'", "expected ',' or ']'"), "expected a comma or ]"),
    (("did not find expected ',' or '}'", "expected ',' or '}'"), "expected a comma or }"),
    (("did not find expected '-' indicator",), _END_OF_LIST),
    (
        ("did not find expected key", "expected <block end>"),
        "expected a key or the end of this mapping; check the indentation",
    ),
    (("did not find expected node content", "expected the node content"), "expected a value"),
    (
        ("did not find expected <document start>", "expected '<document start>'"),
        "expected the end of the document or ---; a document contains only one value",
    ),
    (("found unexpected end of stream",), "the text ends before the closing quote"),
    (("found unexpected document",), "the document ends before the closing quote"),
    (("found unknown escape character",), "unknown escape; in double quotes, escape a backslash as \\\\"),
    (("did not find expected hexdecimal", "expected escape sequence of"), "expected hexadecimal digits in this escape"),
    (("found invalid Unicode character escape",), BEYOND_UNICODE),
    (("found incompatible YAML document",), "this version of YAML is not supported"),
    (("found undefined tag handle",), "this tag is not declared by a %TAG line"),
    (
        ("did not find expected comment or line break", "expected a comment or a line break", "expected chomping or"),
        "expected the end of the line after | or >; only + or - and a digit may follow them",
    ),
    (
        ("found an indentation indicator", "expected indentation indicator"),
        "the indentation after | or > must be a digit from 1 to 9",
    ),
    (("did not find expected alphabetic", "expected alphabetic"), "expected a name of letters and digits"),
    (
        ("could not find expected directive name", "found unknown directive name", "found unexpected non-alpha"),
        "this is not a valid directive",
    ),
    (
        (
            "did not find expected whitespace",
            "did not find expected tag",
            "did not find URI",
            "expected URI",
            "expected ' '",
            "expected '!'",
        ),
        "this is not a valid tag",
    ),
)
_LABELS = {
    "a flow sequence": "the start of the list",
    "a flow mapping": "the start of the mapping",
    "a block collection": "the start of the list",
    "a block mapping": "the start of the mapping",
    "a simple key": "the start of the key",
    "a quoted scalar": "the opening quote",
    "a single-quoted scalar": "the opening quote",
    "a double-quoted scalar": "the opening quote",
}


def problem_of(error: Any, text: str) -> YamlProblem:
    """The problem that an error of PyYAML is about."""
    mark, context_mark = error.problem_mark, error.context_mark
    at = min(mark.index if mark is not None else context_mark.index if context_mark is not None else 0, len(text))
    said = str(error.problem)
    if "escape" in said or "hexdecimal" in said:
        at = max(text.rfind("\\", 0, at + 1), 0)  # one parser is further than the other
    span = Span(at, min(at + 1, len(text)))
    message = next((words for beginnings, words in _PROBLEMS if said.startswith(beginnings)), said)
    context = str(error.context or "").removeprefix("while parsing ").removeprefix("while scanning ")
    if said.startswith("expected <block end>") and context == "a block collection":
        message = _END_OF_LIST
    if at == len(text) and message.startswith("expected"):
        message = message.partition(";")[0] + ", found the end of the text"
    elif text[at : at + 1] == "\t" and said.startswith("found character"):
        message = "a tab cannot be used for indentation; use spaces"
    if context_mark is None or context_mark.index == at or context not in _LABELS:
        return YamlProblem(message, span)
    return YamlProblem(message, span, Span(context_mark.index, context_mark.index + 1), _LABELS[context])
