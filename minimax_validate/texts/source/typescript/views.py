"""What expressions are, one level at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from minimax_validate.texts.source.syntax import (
    Argument,
    Arrays,
    Attribute,
    Call,
    Either,
    Element,
    Literal_,
    Name,
    Objects,
    OnlyIf,
    Pair,
    Sum,
    Through,
    Typed,
    Undefined,
    Unknown,
    View,
)
from minimax_validate.texts.source.typescript.literals import number, string, template
from minimax_validate.texts.source.typescript.tree import WRAPPERS, expression_in, field

if TYPE_CHECKING:
    from tree_sitter import Node

    from minimax_validate.texts.source.typescript.tree import SyntaxTree

_TEXT_METHODS = frozenset(
    {"repeat", "trim", "join", "toString", "toLowerCase", "toUpperCase", "padStart", "padEnd", "toFixed", "toISOString"}
)


def view(tree: SyntaxTree, node: Node) -> View:
    """What an expression is."""
    kind = node.type
    match kind:
        case "string":
            return Literal_(string(tree, node))
        case "template_string":
            return template(tree, node)
        case "number":
            return number(tree, node)
        case "true" | "false":
            return Literal_(kind == "true")
        case "null":
            return Literal_(None)
        case "undefined":
            return Undefined()
        case "identifier" | "shorthand_property_identifier" | "this":
            name = tree.text_of(node)
            return Undefined() if name == "undefined" else Name(name)
        case "member_expression":
            return Attribute(field(node, "object"), tree.text_of(field(node, "property")))
        case "subscript_expression":
            index = node.child_by_field_name("index")
            if index is not None and index.type == "string":
                return Attribute(field(node, "object"), string(tree, index))
        case "call_expression" | "new_expression":
            return _call(tree, node)
        case "object":
            return _object(tree, node)
        case "array":
            return _array(tree, node)
        case "ternary_expression":
            return Either((field(node, "consequence"), field(node, "alternative")))
        case "binary_expression":
            return _binary(node)
        case "unary_expression":
            return _unary(tree, node)
        case "ERROR":
            return Unknown(is_broken=True)
    if kind in WRAPPERS:
        return Through(expression_in(node))
    return Unknown()


def _call(tree: SyntaxTree, node: Node) -> View:
    callee = field(node, "function" if node.type == "call_expression" else "constructor")
    arguments = node.child_by_field_name("arguments")
    if callee.type == "await_expression" and callee.named_children:
        callee = callee.named_children[0]  # `await f<T>(x)` is read as a call of `await f`
    if callee.type == "member_expression" and callee.child_by_field_name("optional_chain") is None:
        name = tree.text_of(field(callee, "property"))
        if name in _TEXT_METHODS:
            return Typed("string")
    if arguments is None or arguments.type != "arguments":
        return Call(callee, ())
    return Call(
        callee,
        tuple(
            Argument(expression_in(child), None, True) if child.type == "spread_element" else Argument(child)
            for child in arguments.named_children
            if child.type != "comment"
        ),
    )


def _object(tree: SyntaxTree, node: Node) -> View:
    pairs: list[Pair] = []
    for child in node.named_children:
        span = tree.span(child)
        match child.type:
            case "pair":
                key = field(child, "key")
                pairs.append(Pair(_key(tree, key), field(child, "value"), tree.span(key), span))
            case "shorthand_property_identifier":
                pairs.append(Pair(tree.text_of(child), child, span, span, is_shorthand=True))
            case "spread_element":
                pairs.append(Pair(None, expression_in(child), span, span, is_spread=True))
            case "comment":
                pass
            case "ERROR":
                return Unknown(is_broken=True)
            case _:
                pairs.append(Pair(None, child, span, span))
    return Objects(tuple(pairs))


def _key(tree: SyntaxTree, key: Node) -> Any:
    match key.type:
        case "string":
            return string(tree, key)
        case "computed_property_name":
            return expression_in(key)
    return tree.text_of(key)


def _array(tree: SyntaxTree, node: Node) -> View:
    elements: list[Element] = []
    for child in node.named_children:
        if child.type == "ERROR":
            return Unknown(is_broken=True)
        if child.type == "spread_element":
            elements.append(Element(expression_in(child), tree.span(child), True))
        elif child.type != "comment":
            elements.append(Element(child, tree.span(child)))
    commas = sum(child.type == "," for child in node.children)
    return Arrays(tuple(elements)) if commas <= len(elements) else Typed("array")  # there are gaps in it


def _binary(node: Node) -> View:
    operator = node.child_by_field_name("operator")
    left, right = field(node, "left"), field(node, "right")
    match operator.type if operator is not None else "":
        case "??" | "||":
            return Either((left, right))
        case "&&":
            return OnlyIf(right)
        case "+":
            return Sum(left, right)
        case "-" | "*" | "/" | "%" | "**":
            return Typed("number")
        case "===" | "!==" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "in" | "instanceof":
            return Typed("boolean")
    return Unknown()


def _unary(tree: SyntaxTree, node: Node) -> View:
    operator, argument = node.child_by_field_name("operator"), field(node, "argument")
    match operator.type if operator is not None else "":
        case "-" if argument.type == "number":
            return number(tree, argument, -1)
        case "!":
            return Typed("boolean")
        case "typeof":
            return Typed("string")
        case "void":
            return Undefined()
    return Unknown()
