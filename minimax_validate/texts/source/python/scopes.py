"""What variables are bound to, by the scopes that they are assigned in."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Places:
    """The places of one name: those that bind it, and those that have it, by the scope that they mean."""

    scopes: Mapping[ast.AST, ast.AST]
    owners: Mapping[ast.AST, list[ast.AST]]
    uses: Mapping[ast.AST, list[ast.AST]]


class Scopes:
    """The variables of a program; the places of each name are sorted once."""

    def __init__(self, tree: PythonTree) -> None:
        self._tree = tree
        self._named: dict[str, _Places] = {}

    def binding(self, handle: Handle) -> Binding | None:
        """What a variable is bound to where it stands."""
        name = handle.id
        if name in self._tree.fixed or len(self._tree.names[name]) > _MOST_NAMES:
            return None
        places = self._named.get(name)
        if places is None:
            places = self._named[name] = self._sorted(self._tree.names[name])
        scope = places.scopes.get(handle)
        owners = places.owners[scope] if scope is not None else []
        if scope is None or len(owners) != 1:
            return None
        owner = owners[0]
        value, is_default = _value_of(self._tree, owner)
        if value is None:
            return None
        uses = (node for node in places.uses[scope] if node is not owner and isinstance(node, ast.Name))
        return Binding(owner, value, is_default, tuple(uses))

    def _sorted(self, nodes: list[ast.AST]) -> _Places:
        owners: defaultdict[ast.AST, list[ast.AST]] = defaultdict(list)
        around = {node: _scope(self._tree, node) for node in nodes}
        for node, scope in around.items():
            if scope is not None and _binds(node):
                owners[scope].append(node)
        scopes: dict[ast.AST, ast.AST] = {}
        uses: defaultdict[ast.AST, list[ast.AST]] = defaultdict(list)
        for node, inner in around.items():
            scope = inner
            # What a class binds is not seen in the functions that it has.
            while scope is not None and (
                scope not in owners or (scope is not inner and isinstance(scope, ast.ClassDef))
            ):
                scope = _scope(self._tree, scope)
            if scope is not None:
                scopes[node] = scope
                uses[scope].append(node)
        return _Places(scopes, owners, uses)


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
