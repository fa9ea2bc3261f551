"""Where the comments of a program are."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator

from minimax_validate.texts.source.python.tree import PythonTree
from minimax_validate.texts.spans import Span


def comments(tree: PythonTree) -> Iterator[Span]:
    """Where the comments are; those before an error alone, where the text has one."""
    # A blank stands for the carriage return of a line end, and must not stand behind a backslash.
    text = tree.lines.text.replace(" \n", "\n")
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                start = tree.lines.starts[token.start[0] - 1] + token.start[1]
                yield Span(start, start + len(token.string))
    except (tokenize.TokenError, IndentationError, SyntaxError):  # pragma: no cover - before Python 3.12 alone
        return
