"""What variables are bound to, by the scopes that they are declared in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minimax_validate.texts.source.syntax import Binding
from minimax_validate.texts.source.typescript.tree import WRAPPERS

if TYPE_CHECKING:
    from tree_sitter import Node

    from minimax_validate.texts.source.typescript.tree import SyntaxTree

_MOST_NAMES = 500
_CLIMB = 400
_FUNCTIONS = frozenset(
    {
        "function_declaration", "function_expression", "arrow_function", "method_definition", "generator_function",
        "generator_function_declaration", "program",
    }
)  # fmt: skip
_BLOCKS = _FUNCTIONS | {"statement_block", "for_statement", "for_in_statement", "switch_body", "catch_clause"}
_PATTERNS = frozenset({"object_pattern", "array_pattern", "rest_pattern", "pair_pattern", "assignment_pattern"})
_PATTERNS |= {"object_assignment_pattern"}
_IDENTIFIERS = frozenset(
    {"identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern", "undefined"}
)


@dataclass(frozen=True, slots=True)
class _Places:
    """The places of one name: the declaration that each means, and the places that mean each, by their first bytes."""

    owners: Mapping[int, Node]
    uses: Mapping[int, list[Node]]


class Scopes:
    """The variables of a program; the places of each name are sorted once."""

    def __init__(self, tree: SyntaxTree) -> None:
        self._tree = tree
        self._named: dict[str, _Places | None] = {}

    def binding(self, node: Node) -> Binding | None:
        """What a variable is bound to where it stands."""
        name = self._tree.text_of(node)
        if name not in self._named:
            self._named[name] = self._places(name)
        places = self._named[name]
        owner = places.owners.get(node.start_byte) if places is not None else None
        if places is None or owner is None:
            return None
        value, is_default = _value_of(owner)
        if value is None:
            return None
        uses = [use for use in places.uses[owner.start_byte] if use != owner]
        if any(is_assigned(use) for use in uses):
            return None
        return Binding((owner.start_byte, owner.end_byte), value, is_default, tuple(uses))

    def _places(self, name: str) -> _Places | None:
        """The places of a variable's name; None where there are too many to look through."""
        pattern = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
        found: list[Node] = []
        for number, match in enumerate(pattern.finditer(self._tree.text)):
            if number > _MOST_NAMES:
                return None
            node = self._tree.at(match.start())
            if node is not None and node.type in _IDENTIFIERS:
                found.append(node)
        declared = [
            (scope.start_byte, scope.end_byte, node) for node in found if (scope := self._declares(node)) is not None
        ]
        owners: dict[int, Node] = {}
        uses: defaultdict[int, list[Node]] = defaultdict(list)
        for node in found:
            owner = _owner(declared, node)
            if owner is not None:
                owners[node.start_byte] = owner
                uses[owner.start_byte].append(node)
        return _Places(owners, uses)

    def _declares(self, node: Node) -> Node | None:
        """The scope that a place of a name declares it in; None where it declares nothing."""
        child, parent = node, node.parent
        for _ in range(_CLIMB):
            if parent is None:
                return None
            if parent.type in _PATTERNS:
                if (
                    parent.type in ("object_assignment_pattern", "assignment_pattern")
                    and parent.child_by_field_name("left") != child
                ):
                    return None
                child, parent = parent, parent.parent
                continue
            break
        if parent is None:
            return None
        match parent.type:
            case "variable_declarator" if parent.child_by_field_name("name") == child:
                holder = parent.parent
                is_var = holder is not None and holder.type == "variable_declaration"
                return self._scope(parent, _FUNCTIONS if is_var else _BLOCKS)
            case "required_parameter" | "optional_parameter" if parent.child_by_field_name("pattern") == child:
                return self._scope(parent, _FUNCTIONS)
            case "arrow_function" if parent.child_by_field_name("parameter") == child:
                return parent
            case "function_declaration" | "class_declaration" | "generator_function_declaration" | "enum_declaration":
                return self._scope(parent, _BLOCKS) if parent.child_by_field_name("name") == child else None
            case "import_specifier" | "import_clause" | "namespace_import":
                return self._tree.root
            case "catch_clause":
                return parent
            case "for_in_statement" if parent.child_by_field_name("left") == child:
                return parent if parent.child_by_field_name("kind") is not None else None
        return None

    def _scope(self, node: Node, kinds: frozenset[str]) -> Node | None:
        parent = node.parent
        for _ in range(_CLIMB):
            if parent is None or parent.type in kinds:
                return parent
            parent = parent.parent
        return self._tree.root


def _owner(declared: list[tuple[int, int, Node]], node: Node) -> Node | None:
    """The declaration that a name means where it stands; None where there is none, or more than one."""
    start, end = node.start_byte, node.end_byte
    around = [(last - first, owner) for first, last, owner in declared if first <= start and end <= last]
    smallest = min((size for size, _ in around), default=0)
    found = [owner for size, owner in around if size == smallest]
    return found[0] if len(found) == 1 else None


def _value_of(owner: Node) -> tuple[Node | None, bool]:
    parent = owner.parent
    if parent is None:
        return None, False
    match parent.type:
        case "variable_declarator":
            return parent.child_by_field_name("value"), False
        case "required_parameter" | "optional_parameter":
            return parent.child_by_field_name("value"), True
        case "object_assignment_pattern":
            return parent.child_by_field_name("right"), True
    return None, False


def is_assigned(node: Node) -> bool:
    """Whether what stands there gets another value there."""
    child, parent = node, node.parent
    while parent is not None and (parent.type in _PATTERNS or parent.type in WRAPPERS):
        child, parent = parent, parent.parent
    if parent is None:
        return False
    match parent.type:
        case "assignment_expression" | "augmented_assignment_expression":
            return parent.child_by_field_name("left") == child
        case "update_expression":
            return True
        case "for_in_statement":
            return parent.child_by_field_name("left") == child
    return False
