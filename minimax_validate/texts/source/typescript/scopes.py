"""What variables are bound to, by the scopes that they are declared in."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from minimax_validate.texts.source.syntax import Binding
from minimax_validate.texts.source.typescript.tree import WRAPPERS, around, holder_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from minimax_validate.texts.source.typescript.tree import SyntaxTree

_MOST_NAMES = 500
_CLIMB = 400
_WORD = re.compile(r"[\w$]+")
_FUNCTIONS = frozenset(
    {
        "function_declaration", "function_expression", "arrow_function", "method_definition", "generator_function",
        "generator_function_declaration", "program",
    }
)  # fmt: skip
_BLOCKS = _FUNCTIONS | {"statement_block", "for_statement", "for_in_statement", "switch_body", "catch_clause"}
_CLASSES = frozenset({"class_declaration", "abstract_class_declaration"})
_DECLARATIONS = _CLASSES | {"function_declaration", "generator_function_declaration", "enum_declaration"}
_WITH_DEFAULTS = frozenset({"object_assignment_pattern", "assignment_pattern"})
_PATTERNS = _WITH_DEFAULTS | {"object_pattern", "array_pattern", "rest_pattern", "pair_pattern"}
_IDENTIFIERS = frozenset(
    {"identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern", "undefined"}
)


@dataclass(frozen=True, slots=True)
class _Places:
    """The places of one name: the declaration that each means, and the places that mean each, by their first bytes."""

    owners: Mapping[int, Node]
    uses: Mapping[int, list[Node]]


class Scopes:
    """The variables of a program; the words of its text, and the places of each name, are sorted once."""

    def __init__(self, tree: SyntaxTree) -> None:
        self._tree = tree
        self._words: Mapping[str, array[int]] | None = None
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
        if self._words is None:
            self._words = words_of(self._tree.text)
        found: list[Node] = []
        for start in self._words.get(name, ()):
            node = self._tree.at(start)
            if _is_variable(node):
                found.append(node)
                if len(found) > _MOST_NAMES:
                    return None
        declared: defaultdict[tuple[int, int], list[Node]] = defaultdict(list)
        for node in found:
            scope = self._declares(node)
            if scope is not None:
                declared[scope.start_byte, scope.end_byte].append(node)
        owners: dict[int, Node] = {}
        uses: defaultdict[int, list[Node]] = defaultdict(list)
        for node, owner in owned(found, declared):
            owners[node.start_byte] = owner
            uses[owner.start_byte].append(node)
        return _Places(owners, uses)

    def _declares(self, node: Node) -> Node | None:
        """The scope that a place of a name declares it in; None where it declares nothing."""
        inside = [node, *takewhile(lambda outer: outer.type in _PATTERNS, around(node, _CLIMB))]
        if any(map(_is_default, inside, inside[1:])):
            return None
        child, parent = inside[-1], holder_of(inside[-1])
        match parent.type:
            case "variable_declarator" if parent.child_by_field_name("name") == child:
                is_var = holder_of(parent).type == "variable_declaration"
                return self._scope(parent, _FUNCTIONS if is_var else _BLOCKS)
            case "required_parameter" | "optional_parameter" if parent.child_by_field_name("pattern") == child:
                return self._scope(parent, _FUNCTIONS)
            case "arrow_function" if parent.child_by_field_name("parameter") == child:
                return parent
            case kind if kind in _DECLARATIONS:
                return self._scope(parent, _BLOCKS) if parent.child_by_field_name("name") == child else None
            case "import_specifier" | "import_clause" | "namespace_import":
                return self._tree.root
            case "catch_clause":
                return parent
            case "for_in_statement" if parent.child_by_field_name("left") == child:
                return parent if parent.child_by_field_name("kind") is not None else None
        return None

    def _scope(self, node: Node, kinds: frozenset[str]) -> Node:
        return next((outer for outer in around(node, _CLIMB) if outer.type in kinds), self._tree.root)


def _is_variable(node: Node) -> bool:
    """Whether a word is the name of a variable; the grammar takes the name of a class for a type."""
    return node.type in _IDENTIFIERS or (node.type == "type_identifier" and holder_of(node).type in _CLASSES)


def _is_default(child: Node, pattern: Node) -> bool:
    """Whether a part of a pattern is what another part is, where it is given nothing."""
    return pattern.type in _WITH_DEFAULTS and pattern.child_by_field_name("left") != child


def words_of(text: str) -> Mapping[str, array[int]]:
    """Where each word of a text begins."""
    words: defaultdict[str, array[int]] = defaultdict(lambda: array("L"))
    for match in _WORD.finditer(text):
        words[match[0]].append(match.start())
    return words


def owned(places: Iterable[Node], declared: Mapping[tuple[int, int], Sequence[Node]]) -> Iterator[tuple[Node, Node]]:
    """The places of a name, in their order in the text, with the declaration that each means.

    ``declared`` has the declarations by the first and last bytes of their scopes, which are inside of one another or
    apart. A place that no scope holds, or whose smallest scope has several declarations, is left out.
    """
    scopes = sorted(declared, key=lambda scope: (-scope[0], scope[1]))
    around: list[tuple[int, int]] = []
    for place in places:
        while scopes and scopes[-1][0] <= place.start_byte:
            around.append(scopes.pop())
        while around and around[-1][1] <= place.start_byte:
            around.pop()
        if around and len(owners := declared[around[-1]]) == 1:
            yield place, owners[0]


def _value_of(owner: Node) -> tuple[Node | None, bool]:
    parent = holder_of(owner)
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
    child, parent = node, holder_of(node)
    while parent.type in _PATTERNS or parent.type in WRAPPERS:
        child, parent = parent, holder_of(parent)
    match parent.type:
        case "assignment_expression" | "augmented_assignment_expression":
            return parent.child_by_field_name("left") == child
        case "update_expression":
            return True
        case "for_in_statement":
            return parent.child_by_field_name("left") == child
    return False
