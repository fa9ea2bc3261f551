"""What expressions are, one level at a time."""

from __future__ import annotations

import ast

from minimax_validate.texts.source.python.tree import PythonTree
from minimax_validate.texts.source.syntax import (
    Argument,
    Arrays,
    Attribute,
    Call,
    Either,
    Element,
    Handle,
    Literal_,
    Name,
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
from minimax_validate.texts.spans import Span

_TEXT_METHODS = frozenset({"strip", "join", "format", "lower", "upper", "replace", "decode", "isoformat", "hexdigest"})


def view(tree: PythonTree, node: Handle) -> View:
    """What an expression is."""
    match node:
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
            return Arrays(tuple(_element(tree, element) for element in elements))
        case ast.Dict(keys=keys, values=values):
            return Objects(tuple(_pair(tree, key, value) for key, value in zip(keys, values, strict=True)))
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
        case ast.Call(keywords=keywords) if is_dict(node):
            return Objects(tuple(_keyword_pair(tree, keyword) for keyword in keywords))
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
                            tree.key_span(keyword),
                            tree.span(keyword),
                        )
                        for keyword in keywords
                    ),
                ),
            )
    return Unknown()


def is_dict(node: ast.AST | None) -> bool:
    """Whether a dict is written as a call with keywords."""
    match node:
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=[_, *_]):
            return True
    return False


def _element(tree: PythonTree, element: ast.expr) -> Element:
    if isinstance(element, ast.Starred):
        return Element(element.value, tree.span(element), True)
    return Element(element, tree.span(element))


def _pair(tree: PythonTree, key: ast.expr | None, value: ast.expr) -> Pair:
    if key is None:
        return Pair(None, value, tree.span(value), tree.span(value), is_spread=True)
    span = Span(tree.span(key).start, tree.span(value).end)
    if isinstance(key, ast.Constant):
        return Pair(key.value if isinstance(key.value, str) else None, value, tree.span(key), span)
    return Pair(key, value, tree.span(key), span)


def _keyword_pair(tree: PythonTree, keyword: ast.keyword) -> Pair:
    return Pair(keyword.arg, keyword.value, tree.key_span(keyword), tree.span(keyword), keyword.arg is None)
