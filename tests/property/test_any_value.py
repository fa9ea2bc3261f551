"""``check`` takes any Python value: it never raises, what it finds can be printed, and the value stays as it was."""

from __future__ import annotations

import array
import collections
import copy
import dataclasses
import datetime
import decimal
import enum
import fractions
import pathlib
import re
import sys
import types
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate import InvalidRequestError, Report, Validator
from minimax_validate.json_schema.contract.reference import ReferenceContract
from minimax_validate.strategies import requests

Json = dict[str, Any]
Steps = tuple[str | int, ...]


@cache
def validators() -> tuple[Validator, ...]:
    """A validator on each engine."""
    with mock.patch("minimax_validate.engine.validator.contract", ReferenceContract):
        reference = Validator()
    return Validator(), reference


def checked(payload: object) -> Report:
    """What the rules say of a payload, on either engine; all of it can be printed."""
    reports = [validator.check(payload) for validator in validators()]
    for report in reports:
        for text in (
            repr(report),
            str(InvalidRequestError(report)),
            *(finding.message for finding in report.diagnostics),
        ):
            text.encode()
        assert all(type(step) in (str, int) for finding in report.diagnostics for step in finding.pointer)
    return reports[0]


def found(payload: object) -> list[tuple[str, Steps]]:
    """The codes and pointers of what the rules say of a payload."""
    return [(finding.code, finding.pointer) for finding in checked(payload).diagnostics]


# --- values of every kind, and where they may stand
# -----------------------------------------------------------------------------------


class Hostile:
    """A value that answers to nothing."""

    def _refuse(self, *_: object, **__: object) -> Any:
        raise RuntimeError("hands off")

    __eq__ = __lt__ = __bool__ = __len__ = __iter__ = __getitem__ = __contains__ = _refuse
    __repr__ = __str__ = __format__ = __index__ = __int__ = __float__ = __call__ = __getattr__ = _refuse

    def __hash__(self) -> int:
        return 1


class HostileClass:
    """A value that does not even say what it is."""

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        raise RuntimeError("hands off")


class Unhashable:
    """A value without a hash."""

    __hash__ = None  # type: ignore[assignment]


class Text(str):
    """A text whose methods cannot be trusted."""

    __slots__ = ()

    def encode(self, *_: object, **__: object) -> bytes:
        """Refuse."""
        raise RuntimeError("hands off")

    def __eq__(self, _: object) -> bool:
        raise RuntimeError("hands off")

    def __str__(self) -> str:
        raise RuntimeError("hands off")

    def __len__(self) -> int:
        raise RuntimeError("hands off")

    __hash__ = str.__hash__


class Number(int):
    """An integer whose methods cannot be trusted."""

    def _refuse(self, *_: object) -> Any:
        raise RuntimeError("hands off")

    __lt__ = __gt__ = __eq__ = __index__ = __int__ = __float__ = __abs__ = __repr__ = _refuse
    __hash__ = int.__hash__


class Fraction(float):
    """A float whose methods cannot be trusted."""

    def _refuse(self, *_: object) -> Any:
        raise RuntimeError("hands off")

    __lt__ = __gt__ = __eq__ = __int__ = __float__ = __repr__ = _refuse
    __hash__ = float.__hash__


class Members(dict[Any, Any]):
    """A dict whose methods cannot be trusted."""

    def _refuse(self, *_: object) -> Any:
        raise RuntimeError("hands off")

    items = keys = values = get = __iter__ = __len__ = __getitem__ = __contains__ = __eq__ = __repr__ = _refuse


class Items(list[Any]):
    """A list without end."""

    def __iter__(self) -> Iterator[Any]:
        while True:
            yield self

    def __len__(self) -> int:
        return sys.maxsize


class Pair(tuple[Any, ...]):
    """A tuple that says it is longer than it is."""

    __slots__ = ()

    def __len__(self) -> int:
        return 5


class Impostor:
    """An object that says it is a dict, as proxies and test doubles do."""

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return dict


class Colour(enum.Enum):
    """Members of all sorts."""

    RED = "red"
    ROLE = "user"
    ONE = 1
    BOTH = ("a", "b")
    TABLE = {"a": 1}  # noqa: RUF012  # an Enum has no annotated members
    NOTHING = None
    ODD = b"odd"


class Role(enum.StrEnum):
    """Members that are texts."""

    USER = "user"
    TOOL = "tool"


class Level(enum.IntEnum):
    """Members that are numbers."""

    LOW = 1


class Point(NamedTuple):
    """A tuple with names."""

    x: object
    y: object


@dataclasses.dataclass
class Record:
    """An object with fields."""

    role: str = "user"
    content: str = "Hello"


def cycle() -> list[Any]:
    """A list that holds itself."""
    items: list[Any] = []
    items.append({"again": items})
    return items


def nested(levels: int, key: str | None = None) -> Any:
    """A value of many levels."""
    value: Any = []
    for _ in range(levels):
        value = [value] if key is None else {key: value}
    return value


def constant(value: object) -> Callable[[], Any]:
    """A function that gives a value."""
    return lambda: value


PLAIN: dict[str, Callable[[], Any]] = {
    "null": lambda: None,
    "true": lambda: True,
    "zero": lambda: 0,
    "minus zero": lambda: -0.0,
    "small": lambda: 5e-324,
    "64 bits": lambda: 2**64,
    "1000 bits": lambda: -(2**1000),
    "the largest double": lambda: int(sys.float_info.max),
    "empty text": lambda: "",
    "text of controls": lambda: "\x00\x1b[31m\r\n\u2028\x7f::error::",
    "long text": lambda: "x" * 100_000,
    "empty array": list,
    "empty object": dict,
    "empty key": lambda: {"": {"": [[], {}]}},
    "a message": lambda: {"role": "user", "content": "Hello"},
}

WEIRD: dict[str, Callable[[], Any]] = {
    "nan": lambda: float("nan"),
    "infinity": lambda: float("-inf"),
    "beyond a double": lambda: 10**400,
    "beyond str()": lambda: 10**5000,
    "surrogate": lambda: "a\ud800b",
    "surrogate pair": lambda: "\ud83d\ude00",
    "bytes": lambda: b"Hello",
    "bytearray": lambda: bytearray(b"Hello"),
    "memoryview": lambda: memoryview(b"Hello"),
    "set": lambda: {1, "a"},
    "frozenset": lambda: frozenset("ab"),
    "complex": lambda: 1j,
    "decimal": lambda: decimal.Decimal("1.5"),
    "fraction": lambda: fractions.Fraction(1, 3),
    "date": lambda: datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    "uuid": lambda: uuid.UUID(int=1),
    "path": lambda: pathlib.PurePath("a"),
    "pattern": lambda: re.compile("a"),
    "range": lambda: range(3),
    "generator": lambda: (item for item in "ab"),
    "lambda": lambda: len,
    "type": lambda: dict,
    "module": lambda: sys,
    "ellipsis": lambda: ...,
    "exception": lambda: ValueError("a"),
    "array": lambda: array.array("i", [1]),
    "deque": lambda: collections.deque("ab"),
    "proxy": lambda: types.MappingProxyType({"role": "user"}),
    "user dict": lambda: collections.UserDict({"role": "user"}),
    "ordered": lambda: collections.OrderedDict(role="user", content="Hello"),
    "default dict": lambda: collections.defaultdict(list, role="user"),
    "counter": lambda: collections.Counter("ab"),
    "tuple": lambda: ("a", 1),
    "named tuple": lambda: Point("a", {}),
    "dataclass": Record,
    "a dataclass's class": lambda: Record,
    **{f"enum {member.name}": constant(member) for member in Colour},
    "str enum": lambda: Role.USER,
    "str enum of a tool": lambda: Role.TOOL,
    "int enum": lambda: Level.LOW,
    "flag": lambda: re.RegexFlag.A,
    "mock": mock.Mock,
    "magic mock": mock.MagicMock,
    "mock of a dict": lambda: mock.MagicMock(spec=dict),
    "mock of a list": lambda: mock.MagicMock(spec=list),
    "mock of a str": lambda: mock.MagicMock(spec=str),
    "impostor": Impostor,
    "hostile": Hostile,
    "hostile class": HostileClass,
    "unhashable": Unhashable,
    "text": lambda: Text("user"),
    "text with surrogate": lambda: Text("\ud800"),
    "number": lambda: Number(1),
    "huge number": lambda: Number(10**400),
    "float": lambda: Fraction(0.5),
    "members": lambda: Members(role="user", content="Hello"),
    "items": lambda: Items([{"role": "user", "content": "Hello"}]),
    "pair": lambda: Pair(({"role": "user", "content": "Hello"},)),
    "cycle": cycle,
    "deep": lambda: nested(300),
    "deep objects": lambda: nested(300, "a"),
    "odd keys": lambda: {
        1: 1,
        None: 2,
        ("a", 1): 3,
        b"a": 4,
        1.5: 5,
        float("nan"): 6,
        "\ud800": 7,
        Colour.RED: 8,
        Role.USER: 9,
        Level.LOW: 10,
    },
}

CALL = {"id": "call_1", "type": "function", "function": {"name": "get_weather", "arguments": '{"city": "Oslo"}'}}
FUNCTION = {
    "name": "get_weather",
    "description": "Tells the weather.",
    "parameters": {
        "type": "object",
        "properties": {"city": {"type": "string", "enum": ["Oslo"]}},
        "required": ["city"],
    },
}
RICH: Json = {
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "What is the weather in Oslo?"}], "name": "Ada"},
        {"role": "assistant", "content": "", "tool_calls": [CALL], "reasoning_content": "Let me see."},
        {"role": "tool", "tool_call_id": "call_1", "content": "5 °C"},
    ],
    "model": "minimax/m2.7",
    "temperature": 0.5,
    "max_tokens": 2048,
    "stream": True,
    "stream_options": {"include_usage": True},
    "tools": [{"type": "function", "function": FUNCTION}],
    "tool_choice": "auto",
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "place", "schema": {"type": "object", "properties": {"city": {"type": "string"}}}},
    },
}


def places(value: Any, at: Steps = (), *, most: int = 100) -> Iterator[Steps]:
    """The steps to every value inside a value, itself first; ``most`` steps at the most."""
    yield at
    if len(at) == most:
        return
    items: Iterator[tuple[str | int, Any]] = iter(())
    if type(value) is dict:
        items = iter(value.items())
    elif type(value) is list:
        items = enumerate(value)
    for step, item in items:
        yield from places(item, (*at, step), most=most)


def replaced(value: Any, at: Steps, new: object) -> Any:
    """A copy of a value with another value at one place inside it."""
    if not at:
        return new
    copied = value.copy()
    copied[at[0]] = replaced(value[at[0]], at[1:], new)
    return copied


def at(value: Any, steps: Steps) -> Any:
    """What is at a place."""
    for step in steps:
        value = value[step]
    return value


PLACES = tuple(places(RICH))


@pytest.mark.parametrize("name", [*PLAIN, *WEIRD])
def test_any_value_anywhere_is_taken(name: str) -> None:
    """A value of any kind, in place of any part of a request, raises nothing."""
    make = (PLAIN | WEIRD)[name]
    for place in PLACES:
        checked(replaced(RICH, place, make()))
    checked({"model": "minimax/m2.7", "input": make()})
    checked({"custom_id": make(), "body": make()})
    checked({"messages": [make(), make()]})


def _is_hashable(value: object) -> bool:
    try:
        hash(value)
    except Exception:
        return False
    return True


@pytest.mark.parametrize("name", [name for name, make in (PLAIN | WEIRD).items() if _is_hashable(make())])
def test_any_key_anywhere_is_taken(name: str) -> None:
    """A key of any kind, in any object of a request, raises nothing."""
    key = (PLAIN | WEIRD)[name]()
    for place in PLACES:
        holder = at(RICH, place)
        if isinstance(holder, dict):
            checked(replaced(RICH, place, {key: "a", **holder}))


# What encoders know how to write, and what they write.
WRITTEN: dict[str, Any] = {
    "ordered": {"role": "user", "content": "Hello"},
    "default dict": {"role": "user"},
    "counter": {"a": 1, "b": 1},
    "tuple": ["a", 1],
    "items": [{"role": "user", "content": "Hello"}],
    "named tuple": ["a", {}],
    "str enum": "user",
    "str enum of a tool": "tool",
    "int enum": 1,
    "flag": 256,
    "text": "user",
    "number": 1,
    "float": 0.5,
    "members": {"role": "user", "content": "Hello"},
    "pair": [{"role": "user", "content": "Hello"}],
    **{f"enum {member.name}": member.value for member in Colour if member is not Colour.ODD},
}


@pytest.mark.parametrize("name", WEIRD)
def test_weird_value_is_found(name: str) -> None:
    """What JSON cannot hold is an error, at its place or within; what encoders know how to write is none."""
    report = checked({"messages": [{"role": "user", "content": "Hello", "extra": WEIRD[name]()}]})
    assert report.ok == (name in WRITTEN)
    assert {finding.code for finding in report.diagnostics} <= {"MM005", "MM006"}
    assert all(finding.pointer[:3] == ("messages", 0, "extra") for finding in report.diagnostics)


@pytest.mark.parametrize("name", WRITTEN)
def test_weird_value_counts_as_what_is_written(name: str) -> None:
    """A value that encoders know how to write is judged as what they write, wherever it stands."""
    for place in PLACES:
        assert found(replaced(RICH, place, WEIRD[name]())) == found(replaced(RICH, place, WRITTEN[name]))


# --- structures that are weird as a whole
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [None, "messages"])
def test_endless_nesting_is_taken(key: str | None) -> None:
    """A value of 100,000 levels gives a finding, at any place of a request."""
    endless = nested(100_000, key)
    for place in PLACES:
        assert not checked(replaced(RICH, place, endless)).ok


def test_cycles_are_taken() -> None:
    """Whatever part of a request is put in place of whatever part of itself, the check comes to an end."""
    for place in PLACES[1:]:
        for length in range(len(place)):
            payload = copy.deepcopy(RICH)
            at(payload, place[:-1])[place[-1]] = at(payload, place[:length])
            codes = {finding.code: finding.pointer for finding in checked(payload).diagnostics}
            assert "MM005" in codes


def test_shared_parts_are_no_cycle() -> None:
    """A part that stands at two places is looked at twice."""
    message: Json = {"role": "user", "content": "Hello", "extra": (1, [2])}
    assert checked({"messages": [message, message]}).diagnostics == ()


def test_wide_value_is_taken() -> None:
    """Many faults in one array are as many findings."""
    assert len(checked({"messages": [float("nan")] * 2_000}).diagnostics) == 2_000


# --- and everything at once
# -----------------------------------------------------------------------------------------------------------

# What Hypothesis can show in a failure, and what a look before and after survives.
SPEAKING = [
    name
    for name in (*PLAIN, *WEIRD)
    if not re.search("hostile|impostor|mock|text|number|float|members|items|cycle", name)
]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.binary(max_size=3)
    | st.sampled_from(SPEAKING).map(lambda name: (PLAIN | WEIRD)[name]())
)
KEYS = (
    st.text(st.characters(), max_size=3)
    | st.sampled_from(sorted({str(step) for place in PLACES for step in place}))
    | st.none()
    | st.integers()
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=2).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=4)
        | st.fixed_dictionaries({"messages": inner})
        | st.fixed_dictionaries(
            {"role": inner, "content": inner}, optional={"tool_calls": inner, "tool_call_id": inner}
        )
    ),
    max_leaves=10,
)


@given(VALUES)
def test_nested_values_are_taken(payload: object) -> None:
    """Containers of values of all kinds raise nothing, and are what they were before."""
    before = fingerprint(payload)
    checked(payload)
    assert fingerprint(payload) == before


@given(st.data())
def test_spoiled_requests_are_taken(data: st.DataObject) -> None:
    """Requests with several values replaced raise nothing, and are what they were before."""
    payload: Any = data.draw(requests())
    for _ in range(data.draw(st.integers(1, 3))):
        payload = replaced(payload, data.draw(st.sampled_from(list(places(payload, most=10)))), data.draw(VALUES))
    before = fingerprint(payload)
    checked(payload)
    assert fingerprint(payload) == before


def fingerprint(value: object) -> str:
    """A text that changes with the value."""
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return repr(value)
    finally:
        sys.set_int_max_str_digits(limit)
