"""The tree of a program, indexed in one walk, and where its nodes are in the text."""

from __future__ import annotations

import ast
import warnings
from collections import defaultdict

from minimax_validate.texts.source.python.lines import Lines
from minimax_validate.texts.source.syntax import NotParsedError
from minimax_validate.texts.spans import BYTE_ORDER_MARK, Span

_SITES = frozenset({"run", "create", "parse", "stream", "post", "request", "put", "Request"})
"""Methods and functions whose calls may be sites."""

Located = ast.expr | ast.keyword | ast.arg


class PythonTree:
    """A program as Python's parser reads it.

    ``parents`` leads from each node to the one around it, and ``names`` from each name to the places that have it;
    ``calls`` may be sites, ``objects`` have a key or a keyword ``model``, and names in ``fixed`` are ``global`` or
    ``nonlocal`` somewhere.

    Raises:
        NotParsedError: it is no program of this Python.
    """

    def __init__(self, text: str) -> None:
        self.lines = Lines(text)
        self.parents: dict[ast.AST, ast.AST] = {}
        self.names: defaultdict[str, list[ast.AST]] = defaultdict(list)
        self.calls: list[ast.Call] = []
        self.objects: list[ast.AST] = []
        self.fixed: set[str] = set()
        self._index(_parsed(text))

    def span(self, node: Located) -> Span:
        """Where a node stands in the text."""
        return Span(
            self.lines.offset(node.lineno, node.col_offset),
            self.lines.offset(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset),
        )

    def key_span(self, keyword: ast.keyword) -> Span:
        """Where the name of a keyword stands, or the stars before what is spread in."""
        start = self.lines.offset(keyword.lineno, keyword.col_offset)
        return Span(start, start + len(keyword.arg or "**"))

    def _index(self, module: ast.Module) -> None:
        left: list[ast.AST] = [module]
        while left:
            node = left.pop()
            self._note(node)
            for child in ast.iter_child_nodes(node):
                if not isinstance(child, ast.expr_context):
                    self.parents[child] = node
                    left.append(child)
        self.calls.sort(key=lambda call: (call.lineno, call.col_offset))

    def _note(self, node: ast.AST) -> None:
        match node:
            case ast.Name(id=name):
                self.names[name].append(node)
            case ast.arg(arg=name):
                self.names[name].append(node)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                self.fixed.update(names)
            case ast.Call(func=func):
                name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
                if name in _SITES:
                    self.calls.append(node)
                if any(keyword.arg == "model" for keyword in node.keywords):
                    self.objects.append(node)
            case ast.Dict(keys=keys):
                if any(isinstance(key, ast.Constant) and key.value == "model" for key in keys):
                    self.objects.append(node)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                self.names[name].append(node)
            case ast.alias(name=name, asname=asname):
                self.names[asname or name.partition(".")[0]].append(node)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                self.names[name].append(node)
            case ast.MatchMapping(rest=str(name)):
                self.names[name].append(node)


def _parsed(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text.removeprefix(BYTE_ORDER_MARK))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotParsedError from error
