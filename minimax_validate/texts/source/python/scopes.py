"""What variables are bound to, by the scopes that they are assigned in."""

from __future__ import annotations

import ast

from minimax_validate.texts.source.python.tree import PythonTree
from minimax_validate.texts.source.syntax import Binding, Handle

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
_MOST_NAMES = 500
"""Places with one name that are looked through; a name that has more is taken for unknown."""


def binding(tree: PythonTree, handle: Handle) -> Binding | None:
    """What a variable is bound to where it stands."""
    name = handle.id
    if name in tree.fixed or len(tree.names[name]) > _MOST_NAMES:
        return None
    scope, inner = _scope(tree, handle), True
    while scope is not None:
        if inner or not isinstance(scope, ast.ClassDef):
            owners = [node for node in tree.names[name] if _binds(node) and _scope(tree, node) is scope]
            if owners:
                return _bound(tree, name, scope, owners)
        scope, inner = _scope(tree, scope), False
    return None


def _bound(tree: PythonTree, name: str, scope: ast.AST, owners: list[ast.AST]) -> Binding | None:
    if len(owners) != 1:
        return None
    owner = owners[0]
    value, is_default = _value_of(tree, owner)
    if value is None:
        return None
    uses = tuple(
        node
        for node in tree.names[name]
        if node is not owner and isinstance(node, ast.Name) and _sees(tree, node, scope, name)
    )
    return Binding(owner, value, is_default, uses)


def _sees(tree: PythonTree, node: ast.AST, scope: ast.AST, name: str) -> bool:
    around = _scope(tree, node)
    while around is not None and around is not scope:
        if any(_binds(other) and _scope(tree, other) is around for other in tree.names[name]):
            return False
        around = _scope(tree, around)
    return around is scope


def _value_of(tree: PythonTree, owner: ast.AST) -> tuple[ast.expr | None, bool]:
    parent = tree.parents.get(owner)
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


def _scope(tree: PythonTree, node: ast.AST) -> ast.AST | None:
    """The function, class or module that a name belongs to where it stands."""
    child, parent = node, tree.parents.get(node)
    if isinstance(node, ast.arg):
        while parent is not None and not isinstance(parent, _SCOPES):
            parent = tree.parents.get(parent)
        return parent
    while parent is not None:
        if isinstance(parent, _SCOPES) and not _is_outside(child, parent):
            return parent
        child, parent = parent, tree.parents.get(parent)
    return None


def _binds(node: ast.AST) -> bool:
    return not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load)


def _is_outside(child: ast.AST, scope: ast.AST) -> bool:
    """Whether a part of a function belongs to what is around it: its defaults, decorators and types."""
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
        return child not in scope.body
    if isinstance(scope, ast.Lambda):
        return child is not scope.body
    return isinstance(scope, ast.ClassDef) and child not in scope.body
