"""TypeScript and JavaScript, as tree-sitter reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from minimax_validate.texts.source.offsets import Offsets
from minimax_validate.texts.source.syntax import (
    Argument,
    Arrays,
    Attribute,
    Binding,
    Call,
    Either,
    Element,
    Flow,
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
    Undefined,
    Unknown,
    View,
)
from minimax_validate.texts.spans import Span

if TYPE_CHECKING:
    from tree_sitter import Node, Parser, Tree

_CALLS = re.compile(r"(?<![\w$])(?:run|create|parse|stream)(?![\w$])(?=\s*[(<?!)])")
_POSTS = re.compile(r"(?<![\w$])(?:fetch|post|put|request|Request)(?![\w$])(?=\s*[(<?!)])")
_MODEL = re.compile(r"(?<![\w$.])model(?=[\"']?\s*[,:}])")
_COMMENT = re.compile(r"//|/\*")
_BRACKETS = re.compile(r"[\[\](){}]")
_DEEPEST = 1500
_MOST_NAMES = 500
_CLIMB = 400
_STEPS = 2_000
_MOST_STEPS = 150_000
_CHUNK = 64 * 1024

_WRAPPERS = frozenset({"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression"})
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
_TEXT_METHODS = frozenset(
    {"repeat", "trim", "join", "toString", "toLowerCase", "toUpperCase", "padStart", "padEnd", "toFixed", "toISOString"}
)
_EXPECTING = frozenset(
    {
        "toEqual", "toStrictEqual", "toMatchObject", "toHaveBeenCalledWith", "toHaveBeenLastCalledWith",
        "toHaveBeenNthCalledWith", "toContainEqual", "toBe", "toHaveProperty", "objectContaining", "arrayContaining",
        "deepEqual", "deepStrictEqual", "strictEqual", "equal", "eql", "expect", "calledWith", "send",
    }
)  # fmt: skip
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r": "", "\r\n": ""}
_ESCAPES |= {"\u2028": "", "\u2029": ""}
_NUMBER = re.compile(r"[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]+)?|\.[0-9][0-9_]*(?:[eE][+-]?[0-9_]+)?")
_ESCAPE = re.compile(r"u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})")


class TooDeepError(NotParsedError):
    """A text that is nested deeper than any program."""


@cache
def _parser(dialect: str) -> Parser:
    import tree_sitter
    import tree_sitter_typescript

    make = tree_sitter_typescript.language_typescript if dialect == "ts" else tree_sitter_typescript.language_tsx
    return tree_sitter.Parser(tree_sitter.Language(make()))


def _parsed(data: bytes, dialect: str) -> Tree:
    """The tree of a program; on some broken ones the parser would go on for ever, so its steps are counted.

    Raises:
        NotParsedError: it takes more steps than any program of that length.
    """
    steps, most = 0, min(_STEPS + len(data) // 10, _MOST_STEPS)

    def goes_on_for_ever(_: int, __: bool) -> bool:
        nonlocal steps
        steps += 1
        return steps > most

    parser = _parser(dialect)
    try:
        return parser.parse(lambda byte, _: data[byte : byte + _CHUNK], progress_callback=goes_on_for_ever)
    except ValueError as error:
        parser.reset()
        raise NotParsedError from error


def load(dialect: str) -> None:
    """Make the parser ready.

    Raises:
        ImportError: it is not installed.
    """
    _parser(dialect)


class TypeScriptSyntax:
    """A program of TypeScript or JavaScript; see ``Syntax``. ``dialect`` is ``ts``, else ``tsx``, which knows JSX."""

    growing = frozenset({"push"})
    reading = frozenset({"slice", "concat", "join", "includes", "indexOf", "keys", "toString"})
    pure = frozenset(
        {
            "JSON.stringify", "console.log", "console.error", "console.debug", "console.info", "console.warn", "String",
            "Object.keys", "Array.isArray", "structuredClone", "run", "create", "fetch", "expect",
        }
    )  # fmt: skip

    def __init__(self, text: str, dialect: str) -> None:
        if _is_too_deep(text):
            raise TooDeepError
        self.text = text
        self._offsets = Offsets(text)
        self._tree = _parsed(self._offsets.data, dialect)
        self._named: dict[str, tuple[Node, ...] | None] = {}
        self._owners: dict[str, list[tuple[Node, Node]]] = {}

    def _at(self, character: int) -> Node | None:
        byte = self._offsets.byte(self.text, character)
        return self._tree.root_node.descendant_for_byte_range(byte, byte + 1)

    def _text(self, node: Node) -> str:
        return self._offsets.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def span(self, handle: Any) -> Span:
        """See ``Syntax``."""
        return Span(self._offsets.character(handle.start_byte), self._offsets.character(handle.end_byte))

    def calls(self) -> Iterator[Any]:
        """See ``Syntax``."""
        patterns = (_CALLS, _POSTS) if "ai/run" in self.text or "/ai/v1" in self.text else (_CALLS,)
        for pattern in patterns:
            for match in pattern.finditer(self.text):
                node = self._at(match.start())
                call = self._called(node) if node is not None else None
                if call is not None:
                    yield call

    def _called(self, node: Node) -> Node | None:
        if node.type not in ("identifier", "property_identifier"):
            return None
        for _ in range(5):
            parent = node.parent
            if parent is None:
                return None
            if parent.type in ("call_expression", "new_expression"):
                return (
                    parent
                    if node in (parent.child_by_field_name("function"), parent.child_by_field_name("constructor"))
                    else None
                )
            is_callee = parent.type == "member_expression" and parent.child_by_field_name("property") == node
            if not is_callee and parent.type not in _WRAPPERS and parent.type != "await_expression":
                return None
            node = parent
        return None

    def objects(self) -> Iterator[Any]:
        """See ``Syntax``."""
        for match in _MODEL.finditer(self.text):
            node = self._at(match.start())
            if node is None:
                continue
            if node.type == "string_fragment" and node.parent is not None:
                node = node.parent
            holder = node.parent
            if holder is not None and holder.type == "pair" and holder.child_by_field_name("key") == node:
                holder = holder.parent
            elif node.type != "shorthand_property_identifier":
                continue
            if holder is not None and holder.type == "object":
                yield holder

    def view(self, handle: Any) -> View:
        """See ``Syntax``."""
        kind = handle.type
        match kind:
            case "string":
                return Literal_(self._string(handle))
            case "template_string":
                return self._template(handle)
            case "number":
                return self._number(handle, 1)
            case "true" | "false":
                return Literal_(kind == "true")
            case "null":
                return Literal_(None)
            case "undefined":
                return Undefined()
            case "identifier" | "shorthand_property_identifier" | "this":
                name = self._text(handle)
                return Undefined() if name == "undefined" else Name(name)
            case "member_expression":
                return Attribute(_field(handle, "object"), self._text(_field(handle, "property")))
            case "subscript_expression":
                index = handle.child_by_field_name("index")
                if index is not None and index.type == "string":
                    return Attribute(_field(handle, "object"), self._string(index))
            case "call_expression" | "new_expression":
                return self._call(handle)
            case "object":
                return self._object(handle)
            case "array":
                return self._array(handle)
            case "ternary_expression":
                return Either((_field(handle, "consequence"), _field(handle, "alternative")))
            case "binary_expression":
                return self._binary(handle)
            case "unary_expression":
                return self._unary(handle)
            case "ERROR":
                return Unknown(is_broken=True)
        if kind in _WRAPPERS:
            inner = next((child for child in handle.named_children if child.type != "comment"), None)
            return Through(inner) if inner is not None else Unknown(is_broken=True)
        return Unknown()

    def _string(self, node: Node) -> str:
        parts: list[str] = []
        for child in node.named_children:
            text = self._text(child)
            parts.append(_unescaped(text) if child.type == "escape_sequence" else text)
        return "".join(parts)

    def _template(self, node: Node) -> View:
        parts: list[Any] = []
        for child in node.named_children:
            if child.type == "template_substitution":
                inner = next((part for part in child.named_children if part.type != "comment"), None)
                if inner is None:
                    return Unknown(is_broken=True)
                parts.append(inner)
            else:
                text = self._text(child).replace("\r\n", "\n")
                parts.append(_unescaped(text) if child.type == "escape_sequence" else text)
        if all(isinstance(part, str) for part in parts):
            return Literal_("".join(parts))
        return Template(tuple(parts))

    def _number(self, node: Node, sign: int) -> View:
        text = self._text(node)
        if not _NUMBER.fullmatch(text) or (len(text) > 1 and text[0] == "0" and text[1].isdigit()):
            try:
                return Literal_(sign * int(text.replace("_", ""), 0))
            except ValueError:
                return Typed("number") if not text.endswith("n") else Unknown()
        value = float(text.replace("_", ""))
        if value == float("inf"):
            return Typed("number")
        if value.is_integer() and abs(value) < 2**53:
            return Literal_(sign * int(value))
        return Literal_(sign * value)

    def _call(self, node: Node) -> View:
        callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        arguments = node.child_by_field_name("arguments")
        if callee is None:
            return Unknown(is_broken=True)
        if callee.type == "await_expression" and callee.named_children:
            callee = callee.named_children[0]  # `await f<T>(x)` is read as a call of `await f`
        if callee.type == "member_expression" and callee.child_by_field_name("optional_chain") is None:
            name = self._text(_field(callee, "property"))
            if name in _TEXT_METHODS:
                return Typed("string")
        if arguments is None or arguments.type != "arguments":
            return Call(callee, ())
        return Call(
            callee,
            tuple(
                Argument(child.named_children[0], None, True)
                if child.type == "spread_element" and child.named_children
                else Argument(child)
                for child in arguments.named_children
                if child.type != "comment"
            ),
        )

    def _object(self, node: Node) -> View:
        pairs: list[Pair] = []
        for child in node.named_children:
            span = self.span(child)
            match child.type:
                case "pair":
                    key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                    if key is None or value is None:
                        return Unknown(is_broken=True)
                    pairs.append(Pair(self._key(key), value, self.span(key), span))
                case "shorthand_property_identifier":
                    pairs.append(Pair(self._text(child), child, span, span, is_shorthand=True))
                case "spread_element":
                    pairs.append(Pair(None, child.named_children[0], span, span, is_spread=True))
                case "comment":
                    pass
                case "ERROR":
                    return Unknown(is_broken=True)
                case _:
                    pairs.append(Pair(None, child, span, span))
        return Objects(tuple(pairs))

    def _key(self, key: Node) -> Any:
        match key.type:
            case "string":
                return self._string(key)
            case "computed_property_name":
                return next((child for child in key.named_children if child.type != "comment"), None)
        return self._text(key)

    def _array(self, node: Node) -> View:
        elements: list[Element] = []
        for child in node.named_children:
            if child.type == "ERROR":
                return Unknown(is_broken=True)
            if child.type == "spread_element":
                elements.append(Element(child.named_children[0], self.span(child), True))
            elif child.type != "comment":
                elements.append(Element(child, self.span(child)))
        commas = sum(child.type == "," for child in node.children)
        return Arrays(tuple(elements)) if commas <= len(elements) else Typed("array")  # there are gaps in it

    def _binary(self, node: Node) -> View:
        operator = node.child_by_field_name("operator")
        left, right = _field(node, "left"), _field(node, "right")
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

    def _unary(self, node: Node) -> View:
        operator, argument = node.child_by_field_name("operator"), _field(node, "argument")
        match operator.type if operator is not None else "":
            case "-" if argument.type == "number":
                return self._number(argument, -1)
            case "!":
                return Typed("boolean")
            case "typeof":
                return Typed("string")
            case "void":
                return Undefined()
        return Unknown()

    def around(self, handle: Any) -> Any:
        """See ``Syntax``."""
        parent = handle.parent
        return parent.parent if parent is not None and parent.type == "arguments" else parent

    def is_broken(self, handle: Any) -> bool:
        """See ``Syntax``."""
        return bool(handle.has_error)

    def _occurrences(self, name: str) -> tuple[Node, ...] | None:
        """The places of a variable's name; None where there are too many to look through."""
        if name not in self._named:
            pattern = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
            found: list[Node] = []
            for number, match in enumerate(pattern.finditer(self.text)):
                if number > _MOST_NAMES:
                    self._named[name] = None
                    break
                node = self._at(match.start())
                if node is not None and node.type in _IDENTIFIERS:
                    found.append(node)
            else:
                self._named[name] = tuple(found)
                self._owners[name] = [(node, scope) for node in found if (scope := self._declares(node)) is not None]
        return self._named[name]

    def binding(self, handle: Any) -> Binding | None:
        """See ``Syntax``."""
        name = self._text(handle)
        places = self._occurrences(name)
        if places is None:
            return None
        owner = self._owner(name, handle)
        if owner is None:
            return None
        value, is_default = self._value_of(owner)
        if value is None:
            return None
        uses = [node for node in places if node != owner and self._owner(name, node) == owner]
        if any(self._is_assigned(use) for use in uses):
            return None
        return Binding((owner.start_byte, owner.end_byte), value, is_default, tuple(uses))

    def _owner(self, name: str, node: Node) -> Node | None:
        """The declaration that a name means where it stands; None where there is none, or more than one."""
        declared = self._owners[name]
        if not declared:
            return None
        around: list[tuple[int, Node]] = []
        for owner, scope in declared:
            if scope.start_byte <= node.start_byte and node.end_byte <= scope.end_byte:
                around.append((scope.end_byte - scope.start_byte, owner))
        if not around:
            return None
        smallest = min(size for size, _ in around)
        found = [owner for size, owner in around if size == smallest]
        return found[0] if len(found) == 1 else None

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
                return self._tree.root_node
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
        return self._tree.root_node

    def _value_of(self, owner: Node) -> tuple[Node | None, bool]:
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

    def _is_assigned(self, node: Node) -> bool:
        child, parent = node, node.parent
        while parent is not None and (parent.type in _PATTERNS or parent.type in _WRAPPERS):
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

    def flow(self, handle: Any) -> Flow:
        """See ``Syntax``."""
        parent = handle.parent
        if parent is None:
            return Flow("leak")
        kind = parent.type
        match kind:
            case "member_expression" | "subscript_expression":
                if parent.child_by_field_name("object") != handle:
                    return Flow("read")
                return self._inside(parent)
            case "pair":
                return Flow("up", parent.parent)
            case "object" | "array" | "spread_element":
                return Flow("up", parent)
            case "arguments":
                call = parent.parent
                return Flow("argument", call) if call is not None else Flow("leak")
            case "ternary_expression":
                return Flow("read") if parent.child_by_field_name("condition") == handle else Flow("up", parent)
            case "binary_expression":
                operator = parent.child_by_field_name("operator")
                short = operator is not None and operator.type in ("??", "||", "&&")
                return Flow("up", parent) if short else Flow("read")
            case "variable_declarator":
                name = parent.child_by_field_name("name")
                is_name = name is not None and name.type == "identifier" and name != handle
                return Flow("alias", name) if is_name else Flow("leak")
            case "unary_expression":
                return Flow("read")
            case "expression_statement" | "template_substitution" | "if_statement" | "while_statement":
                return Flow("read")
            case "export_specifier" | "type_query":
                return Flow("read")
        return Flow("up", parent) if kind in _WRAPPERS else Flow("leak")

    def _inside(self, member: Node) -> Flow:
        holder = member.parent
        while holder is not None and holder.type in ("non_null_expression", "parenthesized_expression"):
            member, holder = holder, holder.parent
        if holder is None:
            return Flow("leak")
        if holder.type == "call_expression" and holder.child_by_field_name("function") == member:
            inner = member
            while inner.type in ("non_null_expression", "parenthesized_expression"):
                inner = inner.named_children[0]
            name = inner.child_by_field_name("property")
            return Flow("method", name=self._text(name) if name is not None else "")
        if self._is_assigned(member):
            return Flow("write")
        if holder.type == "unary_expression":
            operator = holder.child_by_field_name("operator")
            return Flow("write") if operator is not None and operator.type == "delete" else Flow("read")
        name = member.child_by_field_name("property")
        if name is not None and self._text(name) == "length":
            return Flow("read")
        return Flow("member", member)

    def is_compared(self, handle: Any) -> bool:
        """See ``Syntax``."""
        node = handle.parent
        for _ in range(12):
            if node is None:
                return False
            if node.type == "call_expression":
                callee = node.child_by_field_name("function")
                name = callee.child_by_field_name("property") if callee is not None else None
                if self._text(name or callee) in _EXPECTING:
                    return True
            elif node.type.endswith(("_statement", "_declaration")):
                return False
            node = node.parent
        return False

    def comments(self) -> Iterator[Span]:
        """See ``Syntax``."""
        end = 0
        for match in _COMMENT.finditer(self.text):
            if match.start() >= end:
                node = self._at(match.start())
                if node is not None and node.type == "comment":
                    span = self.span(node)
                    end = span.end
                    yield span


def _field(node: Node, name: str) -> Node:
    return node.child_by_field_name(name) or node


def _unescaped(text: str) -> str:
    """What an escape with its backslash stands for."""
    inner = text[1:]
    if inner in _ESCAPES:
        return _ESCAPES[inner]
    code = _ESCAPE.fullmatch(inner)
    if code is None:
        return inner
    number = int(code[1] or code[2] or code[3], 16)
    return chr(number) if number <= 0x10FFFF else inner


def _is_too_deep(text: str) -> bool:
    if text.count("[") + text.count("{") + text.count("(") <= _DEEPEST:
        return False
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth = depth + 1 if match[0] in "[({" else max(depth - 1, 0)
        if depth > _DEEPEST:
            return True
    return False
