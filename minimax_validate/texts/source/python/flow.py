"""What becomes of values where they stand."""

from __future__ import annotations

import ast
from typing import TypeGuard

from minimax_validate.texts.source.python.tree import PythonTree
from minimax_validate.texts.source.python.views import is_dict
from minimax_validate.texts.source.syntax import Flow, Handle

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


def flow(tree: PythonTree, handle: Handle) -> Flow:
    """What becomes of a value where it stands."""
    parent = tree.parents.get(handle)
    match parent:
        case ast.Attribute(attr=attr):
            call = tree.parents.get(parent)
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
            call = tree.parents.get(parent)
            return Flow("up" if is_dict(call) else "argument", call)
        case ast.Starred():
            return Flow("spread", parent)
        case ast.Dict(keys=keys, values=values) if any(
            key is None and value is handle for key, value in zip(keys, values, strict=True)
        ):
            return Flow("spread", parent)
        case ast.Dict() | ast.List() | ast.Tuple() | ast.IfExp() | ast.BoolOp() | ast.BinOp():
            return Flow("up", parent)
        case ast.Assign(targets=[ast.Name() as target], value=value) if value is handle:
            return Flow("alias", target)
        case ast.AnnAssign(target=ast.Name() as target, value=value) if value is handle:
            return Flow("alias", target)
        case ast.Compare() | ast.UnaryOp() | ast.FormattedValue() | ast.Expr() | ast.If() | ast.While() | ast.Assert():
            return Flow("read")
    return Flow("leak")


def is_in_test(tree: PythonTree, handle: Handle) -> bool:
    """Whether a value is written in a function whose name begins with ``test``."""
    around = tree.parents.get(handle)
    while around is not None:
        if isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef) and around.name.startswith("test"):
            return True
        around = tree.parents.get(around)
    return False


def is_compared(tree: PythonTree, handle: Handle) -> bool:
    """Whether a value is what something else is expected to be equal to."""
    if _is_expecting(handle):  # its keywords are
        return True
    node, parent = handle, tree.parents.get(handle)
    while isinstance(parent, ast.expr | ast.keyword):
        if isinstance(parent, ast.Compare) or (_is_expecting(parent) and parent.func is not node):
            return True
        node, parent = parent, tree.parents.get(parent)
    return isinstance(parent, ast.Assert)


def _is_expecting(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether a call is given what is expected."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in _EXPECTING
    return False
