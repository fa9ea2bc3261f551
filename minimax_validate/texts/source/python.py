"""Python, as its own parser reads it."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator

from minimax_validate.texts.source.syntax import (
    Argument,
    Arrays,
    Attribute,
    Binding,
    Call,
    Either,
    Element,
    Flow,
    Handle,
    Literal_,
    Name,
    NotParsedError,
    Objects,
    OnlyIf,
    Pair,
    Sum,
    Template,
    Through,
    Typed,
    Unknown,
    View,
)
from minimax_validate.texts.spans import BYTE_ORDER_MARK, Span

_SITES = frozenset({"run", "create", "parse", "stream", "post", "request", "put", "Request"})
_SCOPES = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.Lambda,
    ast.ClassDef,
    ast.Module,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)
_TEXT_METHODS = frozenset({"strip", "join", "format", "lower", "upper", "replace", "decode", "isoformat", "hexdigest"})
_EXPECTING = frozenset(
    {
        "assertEqual",
        "assertDictEqual",
        "assert_called_with",
        "assert_called_once_with",
        "assert_any_call",
        "call",
        "send",
    }
)


_MOST_NAMES = 500
"""Places with one name that are looked through; a name that has more is taken for unknown."""


class PythonSyntax:
    """A Python program; see ``Syntax``."""

    growing = frozenset({"append", "extend"})
    reading = frozenset({"copy", "index", "count", "keys", "get_text"})
    pure = frozenset(
        {"len", "print", "dumps", "deepcopy", "str", "repr", "isinstance", "to_js", "run", "create", "post"}
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = _Lines(text)
        self._parents: dict[ast.AST, ast.AST] = {}
        self._names: defaultdict[str, list[ast.AST]] = defaultdict(list)
        self._calls: list[ast.Call] = []
        self._objects: list[ast.AST] = []
        self._fixed: set[str] = set()
        self._index(_parsed(text))

    def _index(self, module: ast.Module) -> None:
        left: list[ast.AST] = [module]
        while left:
            node = left.pop()
            self._note(node)
            for child in ast.iter_child_nodes(node):
                if not isinstance(child, ast.expr_context):
                    self._parents[child] = node
                    left.append(child)
        self._calls.sort(key=lambda call: (call.lineno, call.col_offset))

    def _note(self, node: ast.AST) -> None:
        match node:
            case ast.Name(id=name):
                self._names[name].append(node)
            case ast.arg(arg=name):
                self._names[name].append(node)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                self._fixed.update(names)
            case ast.Call(func=func):
                name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
                if name in _SITES:
                    self._calls.append(node)
                if any(keyword.arg == "model" for keyword in node.keywords):
                    self._objects.append(node)
            case ast.Dict(keys=keys):
                if any(isinstance(key, ast.Constant) and key.value == "model" for key in keys):
                    self._objects.append(node)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                self._names[name].append(node)
            case ast.alias(name=name, asname=asname):
                self._names[asname or name.partition(".")[0]].append(node)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                self._names[name].append(node)
            case ast.MatchMapping(rest=str(name)):
                self._names[name].append(node)

    def calls(self) -> Iterable[Handle]:
        """See ``Syntax``."""
        return self._calls

    def objects(self) -> Iterable[Handle]:
        """See ``Syntax``."""
        return self._objects

    def span(self, handle: Handle) -> Span:
        """See ``Syntax``."""
        return Span(
            self._lines.offset(handle.lineno, handle.col_offset),
            self._lines.offset(handle.end_lineno, handle.end_col_offset),
        )

    def view(self, handle: Handle) -> View:
        """See ``Syntax``."""
        match handle:
            case ast.Constant(value=value):
                return Literal_(value) if value is None or isinstance(value, str | bool | int | float) else Unknown()
            case ast.JoinedStr(values=values):
                return Template(
                    tuple(
                        value.value
                        if isinstance(value, ast.Constant)
                        else value.value
                        if isinstance(value, ast.FormattedValue) and value.format_spec is None and value.conversion < 0
                        else value
                        for value in values
                    )
                )
            case ast.FormattedValue():
                return Typed("string")
            case ast.Name(id=name):
                return Name(name)
            case ast.Attribute(value=value, attr=name):
                return Attribute(value, name)
            case ast.NamedExpr(value=value):
                return Through(value)
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return Arrays(tuple(self._element(element) for element in elements))
            case ast.Dict(keys=keys, values=values):
                return Objects(tuple(map(self._pair, keys, values)))
            case ast.IfExp(body=body, orelse=orelse):
                return Either((body, orelse))
            case ast.BoolOp(op=ast.Or(), values=values):
                return Either(tuple(values))
            case ast.BoolOp(op=ast.And(), values=values):
                return OnlyIf(values[-1])
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return Sum(left, right)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                return Literal_(-value) if not isinstance(value, bool) else Unknown()
            case ast.UnaryOp(op=ast.Not()):
                return Typed("boolean")
            case ast.Compare(ops=[ast.Is() | ast.IsNot() | ast.In() | ast.NotIn()]):
                return Typed("boolean")
            case ast.ListComp():
                return Typed("array")
            case ast.DictComp():
                return Typed("object")
            case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords) if keywords:
                return Objects(tuple(map(self._keyword_pair, keywords)))
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()), attr=attr)) if attr in _TEXT_METHODS:
                return Typed("string")
            case ast.Call(func=func, args=arguments, keywords=keywords):
                return Call(
                    func,
                    (
                        *(
                            Argument(argument.value, None, True)
                            if isinstance(argument, ast.Starred)
                            else Argument(argument)
                            for argument in arguments
                        ),
                        *(
                            Argument(
                                keyword.value,
                                keyword.arg if keyword.arg is not None else "**",
                                keyword.arg is None,
                                self._key_span(keyword),
                                self.span(keyword),
                            )
                            for keyword in keywords
                        ),
                    ),
                )
        return Unknown()

    def _key_span(self, keyword: ast.keyword) -> Span:
        start = self._lines.offset(keyword.lineno, keyword.col_offset)
        return Span(start, start + len(keyword.arg or "**"))

    def _element(self, element: ast.expr) -> Element:
        if isinstance(element, ast.Starred):
            return Element(element.value, self.span(element), True)
        return Element(element, self.span(element))

    def _pair(self, key: ast.expr | None, value: ast.expr) -> Pair:
        if key is None:
            return Pair(None, value, self.span(value), self.span(value), is_spread=True)
        span = Span(self.span(key).start, self.span(value).end)
        if isinstance(key, ast.Constant):
            return Pair(key.value if isinstance(key.value, str) else None, value, self.span(key), span)
        return Pair(key, value, self.span(key), span)

    def _keyword_pair(self, keyword: ast.keyword) -> Pair:
        return Pair(keyword.arg, keyword.value, self._key_span(keyword), self.span(keyword), keyword.arg is None)

    def around(self, handle: Handle) -> Handle | None:
        """See ``Syntax``."""
        return self._parents.get(handle)

    def is_broken(self, handle: Handle) -> bool:  # noqa: ARG002 - the signature is that of all languages
        """See ``Syntax``: Python's parser takes nothing that is broken."""
        return False

    def binding(self, handle: Handle) -> Binding | None:
        """See ``Syntax``."""
        name = handle.id
        if name in self._fixed or len(self._names[name]) > _MOST_NAMES:
            return None
        scope, inner = self._scope(handle), True
        while scope is not None:
            if inner or not isinstance(scope, ast.ClassDef):
                owners = [node for node in self._names[name] if _binds(node) and self._scope(node) is scope]
                if owners:
                    return self._bound(name, scope, owners)
            scope, inner = self._scope(scope), False
        return None

    def _bound(self, name: str, scope: ast.AST, owners: list[ast.AST]) -> Binding | None:
        if len(owners) != 1:
            return None
        owner = owners[0]
        value, is_default = self._value_of(owner)
        if value is None:
            return None
        uses = tuple(
            node
            for node in self._names[name]
            if node is not owner and isinstance(node, ast.Name) and self._sees(node, scope, name)
        )
        return Binding(owner, value, is_default, uses)

    def _sees(self, node: ast.AST, scope: ast.AST, name: str) -> bool:
        around = self._scope(node)
        while around is not None and around is not scope:
            if any(_binds(other) and self._scope(other) is around for other in self._names[name]):
                return False
            around = self._scope(around)
        return around is scope

    def _value_of(self, owner: ast.AST) -> tuple[ast.expr | None, bool]:
        parent = self._parents.get(owner)
        match parent:
            case ast.Assign(targets=[target], value=value) if target is owner:
                return value, False
            case ast.AnnAssign(target=target, value=ast.expr() as value) if target is owner:
                return value, False
            case ast.NamedExpr(value=value):
                return value, False
            case ast.arguments() if isinstance(owner, ast.arg):
                positional = [*parent.posonlyargs, *parent.args]
                if owner in positional:
                    number = positional.index(owner) - len(positional) + len(parent.defaults)
                    return (parent.defaults[number], True) if number >= 0 else (None, False)
                if owner in parent.kwonlyargs:
                    return parent.kw_defaults[parent.kwonlyargs.index(owner)], True
        return None, False

    def _scope(self, node: ast.AST) -> ast.AST | None:
        """The function, class or module that a name belongs to where it stands."""
        child, parent = node, self._parents.get(node)
        if isinstance(node, ast.arg):
            while parent is not None and not isinstance(parent, _SCOPES):
                parent = self._parents.get(parent)
            return parent
        while parent is not None:
            if isinstance(parent, _SCOPES) and not _is_outside(child, parent):
                return parent
            child, parent = parent, self._parents.get(parent)
        return None

    def flow(self, handle: Handle) -> Flow:
        """See ``Syntax``."""
        parent = self._parents.get(handle)
        match parent:
            case ast.Attribute(attr=attr):
                call = self._parents.get(parent)
                if isinstance(call, ast.Call) and call.func is parent:
                    return Flow("method", name=attr)
                return Flow("member", parent) if isinstance(parent.ctx, ast.Load) else Flow("write")
            case ast.Subscript(value=value):
                if value is not handle:
                    return Flow("read")
                return Flow("member", parent) if isinstance(parent.ctx, ast.Load) else Flow("write")
            case ast.Call(func=func):
                return Flow("read") if func is handle else Flow("argument", parent)
            case ast.keyword():
                return Flow("argument", self._parents.get(parent))
            case ast.Starred():
                return Flow("up", parent)
            case ast.Dict() | ast.List() | ast.Tuple() | ast.IfExp() | ast.BoolOp() | ast.BinOp():
                return Flow("up", parent)
            case ast.Assign(targets=[ast.Name() as target], value=value) if value is handle:
                return Flow("alias", target)
            case ast.AnnAssign(target=ast.Name() as target, value=value) if value is handle:
                return Flow("alias", target)
            case (
                ast.Compare()
                | ast.UnaryOp()
                | ast.FormattedValue()
                | ast.Expr()
                | ast.If()
                | ast.While()
                | ast.Assert()
            ):
                return Flow("read")
        return Flow("leak")

    def is_compared(self, handle: Handle) -> bool:
        """See ``Syntax``."""
        node, parent = handle, self._parents.get(handle)
        while isinstance(parent, ast.expr | ast.keyword):
            if isinstance(parent, ast.Compare):
                return True
            if isinstance(parent, ast.Call) and parent is not handle and parent.func is not node:
                func = parent.func
                name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
                if name in _EXPECTING:
                    return True
            node, parent = parent, self._parents.get(parent)
        return isinstance(parent, ast.Assert)

    def comments(self) -> Iterator[Span]:
        """See ``Syntax``."""
        try:
            for token in tokenize.generate_tokens(io.StringIO(self._lines.text).readline):
                if token.type == tokenize.COMMENT:
                    start = self._lines.starts[token.start[0] - 1] + token.start[1]
                    yield Span(start, start + len(token.string))
        except (tokenize.TokenError, IndentationError, SyntaxError):
            return


def _parsed(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text.removeprefix(BYTE_ORDER_MARK))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotParsedError from error


def _binds(node: ast.AST) -> bool:
    return not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load)


def _is_outside(child: ast.AST, scope: ast.AST) -> bool:
    """Whether a part of a function belongs to what is around it: its defaults, decorators and types."""
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
        return child not in scope.body
    if isinstance(scope, ast.Lambda):
        return child is not scope.body
    return isinstance(scope, ast.ClassDef) and child not in scope.body


class _Lines:
    """From the lines and bytes of Python's parser to code points."""

    def __init__(self, text: str) -> None:
        self._mark = 1 if text.startswith(BYTE_ORDER_MARK) else 0
        # The parser counts a line for each of these alone; a form feed or others that Unicode knows are none.
        self.text = text[self._mark :].replace("\r\n", " \n").replace("\r", "\n")
        self.starts = [self._mark]
        at = self.text.find("\n")
        while at >= 0:
            self.starts.append(self._mark + at + 1)
            at = self.text.find("\n", at + 1)
        self._is_ascii = text.isascii()
        self._encoded: dict[int, bytes] = {}

    def offset(self, line: int, column: int) -> int:
        """The offset of a column in bytes."""
        start = self.starts[line - 1]
        if self._is_ascii:
            return start + column
        encoded = self._encoded.get(line)
        if encoded is None:
            end = self.starts[line] if line < len(self.starts) else self._mark + len(self.text)
            encoded = self._encoded[line] = self.text[start - self._mark : end - self._mark].encode("utf-8", "replace")
        return start + len(encoded[:column].decode("utf-8", "replace"))
