"""What becomes of values where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minimax_validate.texts.source.syntax import Flow
from minimax_validate.texts.source.typescript.scopes import is_assigned
from minimax_validate.texts.source.typescript.tree import WRAPPERS, around, field, holder_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from minimax_validate.texts.source.typescript.tree import SyntaxTree

_EXPECTING = frozenset(
    {
        "toEqual", "toStrictEqual", "toMatchObject", "toHaveBeenCalledWith", "toHaveBeenLastCalledWith",
        "toHaveBeenNthCalledWith", "toContainEqual", "toBe", "toHaveProperty", "objectContaining", "arrayContaining",
        "deepEqual", "deepStrictEqual", "strictEqual", "equal", "eql", "expect", "calledWith", "send",
    }
)  # fmt: skip
_TESTS = frozenset({"it", "test", "describe", "suite", "specify", "bench"})
"""Functions of test runners that are given a test."""
_FARTHEST = 200


def flow(tree: SyntaxTree, node: Node) -> Flow:
    """What becomes of a value where it stands."""
    parent = holder_of(node)
    kind = parent.type
    match kind:
        case "member_expression" | "subscript_expression":
            if parent.child_by_field_name("object") != node:
                return Flow("read")
            return _inside(tree, parent)
        case "pair":
            return Flow("up", parent.parent)
        case "spread_element":
            return Flow("spread", parent)
        case "object" | "array":
            return Flow("up", parent)
        case "arguments":
            return Flow("argument", parent.parent)
        case "ternary_expression":
            return Flow("read") if parent.child_by_field_name("condition") == node else Flow("up", parent)
        case "binary_expression":
            operator = parent.child_by_field_name("operator")
            short = operator is not None and operator.type in ("??", "||", "&&")
            return Flow("up", parent) if short else Flow("read")
        case "variable_declarator":
            name = parent.child_by_field_name("name")
            is_name = name is not None and name.type == "identifier" and name != node
            return Flow("alias", name) if is_name else Flow("leak")
        case "unary_expression":
            return Flow("read")
        case "expression_statement" | "template_substitution" | "if_statement" | "while_statement":
            return Flow("read")
        case "export_specifier" | "type_query":
            return Flow("read")
    return Flow("up", parent) if kind in WRAPPERS else Flow("leak")


def _inside(tree: SyntaxTree, member: Node) -> Flow:
    inner, holder = member, holder_of(member)
    while holder.type in ("non_null_expression", "parenthesized_expression"):
        member, holder = holder, holder_of(holder)
    if holder.type == "call_expression" and holder.child_by_field_name("function") == member:
        name = inner.child_by_field_name("property")
        return Flow("method", name=tree.text_of(name) if name is not None else "")
    if is_assigned(member):
        return Flow("write")
    if holder.type == "unary_expression":
        operator = holder.child_by_field_name("operator")
        return Flow("write") if operator is not None and operator.type == "delete" else Flow("read")
    name = member.child_by_field_name("property")
    if name is not None and tree.text_of(name) == "length":
        return Flow("read")
    return Flow("member", member)


def is_in_test(tree: SyntaxTree, node: Node) -> bool:
    """Whether a value is written in a function that a call of ``it``, ``test`` and the like is given."""
    is_in_function = False
    for outer in around(node, _FARTHEST):
        if outer.type in ("arrow_function", "function_expression"):
            is_in_function = True
        elif outer.type == "call_expression" and is_in_function and tree.text_of(_first_name(outer)) in _TESTS:
            return True
    return False


def _first_name(call: Node) -> Node:
    """The name that a call begins with, as ``it`` in ``it.each(cases)(name, run)``."""
    node = call
    while (inner := node.child_by_field_name("function") or node.child_by_field_name("object")) is not None:
        node = inner
    return node


def is_compared(tree: SyntaxTree, node: Node) -> bool:
    """Whether a value is what something else is expected to be equal to."""
    for outer in around(node, 12):
        if outer.type == "call_expression":
            callee = field(outer, "function")
            if tree.text_of(callee.child_by_field_name("property") or callee) in _EXPECTING:
                return True
        elif outer.type.endswith(("_statement", "_declaration")):
            return False
    return False
