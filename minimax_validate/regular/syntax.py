"""Read a pattern as ECMA-262 and the compiled engine both read it: where they differ, or it is rare, the pattern is not read."""

from __future__ import annotations

from dataclasses import dataclass

Ranges = tuple[tuple[int, int], ...]


class UnreadError(ValueError):
    """A pattern, or a part of it, that is not read here."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character in, or (``negated``) not in, some ranges of code points, both ends of each included."""

    ranges: Ranges
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """The start of the text, or its end."""

    at_start: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after another."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part ``low`` times at least, and ``high`` times at most, or (None) any number of times."""

    part: Node
    low: int
    high: int | None


Node = Chars | Edge | Sequence | Choice | Repeat

MOST_REPEATS = 1_000
_DEEPEST = 50
_LAST = 0x10FFFF
_DIGITS: Ranges = ((0x30, 0x39),)
_WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
# White space and line ends of ECMA-262.
_SPACE: Ranges = (
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)
_LINE_ENDS: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
_CLASSES = {"d": _DIGITS, "w": _WORD, "s": _SPACE}
_CONTROLS = {"n": 0x0A, "r": 0x0D, "t": 0x09, "f": 0x0C, "v": 0x0B}
_SYNTAX = frozenset("^$\\.*+?()[]{}|/-")


def read(pattern: str) -> Node:
    """The parts of a pattern.

    Raises:
        UnreadError: it is none, or has what is not read here.
    """
    reader = _Reader(pattern)
    node = reader.choice(0)
    if reader.at < len(pattern):
        raise UnreadError("a bracket is closed that was not opened")
    return node


def complement(ranges: Ranges) -> Ranges:
    """All other code points."""
    found: list[tuple[int, int]] = []
    following = 0
    for low, high in sorted(ranges):
        if low > following:
            found.append((following, low - 1))
        following = max(following, high + 1)
    return (*found, (following, _LAST)) if following <= _LAST else tuple(found)


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self.at = 0

    def choice(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise UnreadError("nested too deep")
        branches = [self._sequence(depth)]
        while self._take("|"):
            branches.append(self._sequence(depth))
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated(self._atom(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, part: Node) -> Node:
        bounds = self._bounds()
        if bounds is None:
            return part
        if isinstance(part, Edge):
            raise UnreadError("an edge is repeated")
        self._take("?")  # how much is taken first makes no difference to whether anything is found
        if self._peek() in ("*", "+", "?", "{"):
            raise UnreadError("a repetition is repeated")
        return Repeat(part, *bounds)

    def _bounds(self) -> tuple[int, int | None] | None:
        if self._take("*"):
            return 0, None
        if self._take("+"):
            return 1, None
        if self._take("?"):
            return 0, 1
        if not self._take("{"):
            return None
        low = self._number()
        high: int | None = low
        if self._take(","):
            high = None if self._peek() == "}" else self._number()
        if not self._take("}") or (high is not None and high < low):
            raise UnreadError("no bounds of a repetition")
        return low, high

    def _number(self) -> int:
        start = self.at
        while self._peek() in tuple("0123456789"):
            self.at += 1
        digits = self._pattern[start : self.at]
        if not digits or len(digits) > 4 or int(digits) > MOST_REPEATS:
            raise UnreadError("no number of repetitions, or one that is too large")
        return int(digits)

    def _atom(self, depth: int) -> Node:
        char = self._next()
        match char:
            case "^":
                return Edge(at_start=True)
            case "$":
                return Edge(at_start=False)
            case ".":
                return Chars(_LINE_ENDS, negated=True)
            case "(":
                return self._group(depth)
            case "[":
                return self._set()
            case "\\":
                return Chars(self._escape())
            case "*" | "+" | "?" | "{" | "}" | "]" | ")":
                raise UnreadError("a character of the syntax stands for itself, which engines do not agree on")
        return Chars(((ord(char), ord(char)),))

    def _group(self, depth: int) -> Node:
        if self._take("?") and not self._take(":"):
            raise UnreadError("a group of another kind")
        node = self.choice(depth + 1)
        if not self._take(")"):
            raise UnreadError("a group is not closed")
        return node

    def _set(self) -> Node:
        negated = self._take("^")
        ranges: list[tuple[int, int]] = []
        if self._peek() == "]":
            raise UnreadError("an empty set, or a bracket in one")
        while not self._take("]"):
            low = self._member()
            if self._peek() == "-" and self._pattern[self.at + 1 : self.at + 2] not in ("", "]"):
                self.at += 1
                high = self._member()
                if len(low) != 1 or len(high) != 1 or low[0][0] != low[0][1] or high[0][0] != high[0][1] or high[0][0] < low[0][0]:
                    raise UnreadError("no range")
                ranges.append((low[0][0], high[0][0]))
            else:
                ranges += low
        return Chars(tuple(ranges), negated)

    def _member(self) -> Ranges:
        char = self._next()
        if char == "\\":
            return self._escape()
        # Some engines know nested sets, and sets that are put together of others.
        if char == "[" or (char in "&-~" and self._peek() == char):
            raise UnreadError("a bracket, or a sign twice, in a set")
        return ((ord(char), ord(char)),)

    def _escape(self) -> Ranges:
        char = self._next()
        if char.lower() in _CLASSES:
            ranges = _CLASSES[char.lower()]
            return ranges if char.islower() else complement(ranges)
        if char in _CONTROLS:
            code = _CONTROLS[char]
        elif char == "x":
            code = self._code(2)
        elif char == "u":
            code = self._code(4)
        elif char in _SYNTAX:
            code = ord(char)
        else:
            raise UnreadError("an escape of another kind")
        return ((code, code),)

    def _code(self, length: int) -> int:
        digits = self._pattern[self.at : self.at + length]
        if len(digits) < length or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
            raise UnreadError("no code of a character")
        self.at += length
        code = int(digits, 16)
        if 0xD800 <= code <= 0xDFFF:
            raise UnreadError("half of a character")
        return code

    def _peek(self) -> str:
        return self._pattern[self.at : self.at + 1]

    def _next(self) -> str:
        char = self._peek()
        if not char:
            raise UnreadError("the pattern is cut short")
        self.at += 1
        return char

    def _take(self, char: str) -> bool:
        if self._peek() != char:
            return False
        self.at += 1
        return True
