"""The two engines of JSON Schema, made to speak alike: jsonschema-rs, and jsonschema where that has no wheels.

Nothing that a schema refers to is fetched. Patterns run on the first engine only, which takes linear time for them: on
the other one they are not run at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from minimax_validate.values.pointer import Pointer, value_at

if TYPE_CHECKING:
    import jsonschema_rs
    from jsonschema.exceptions import ValidationError

_DIGITS = re.compile(r"\+?[0-9]+")
"""Keys of which jsonschema-rs makes numbers."""


class Violation(NamedTuple):
    """What an engine says of one keyword that does not hold, in the words that both engines have in common.

    ``instance`` is the value at ``pointer``, ``expected`` what the keyword demands; ``branches`` are the errors of each
    branch of an ``anyOf`` or ``oneOf``.
    """

    keyword: str
    expected: Any
    pointer: Pointer
    instance: Any
    branches: tuple[tuple[Violation, ...], ...]


class Engine(NamedTuple):
    """A schema made ready: whether a value is valid, and every error of one that is not."""

    is_valid: Callable[[Any], bool]
    violations: Callable[[Any], Iterable[Violation]]


def engine_of(schema: Any) -> Engine | None:
    """An engine for a schema that a request brings along; None for what is no object, or cannot be told in linear time.

    Raises:
        Exception: of an engine's own, where it does not take the schema.
    """
    if not isinstance(schema, dict):
        return None
    # Whatever draft it names: the contract's is the one that counts, and a name of none must not lead anywhere.
    schema = {key: part for key, part in schema.items() if key != "$schema"}
    try:
        return _compiled_engine(schema)
    except ImportError:
        return _reference_engine(schema)


def _compiled_engine(schema: dict[str, Any]) -> Engine:
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator(schema, pattern_options=jsonschema_rs.RegexOptions(), offline=True)
    return Engine(
        validator.is_valid, lambda value: (from_compiled(error, value) for error in validator.iter_errors(value))
    )


def _reference_engine(schema: dict[str, Any]) -> Engine | None:
    from jsonschema import Draft202012Validator, validators
    from referencing import Registry

    from minimax_validate.json_schema.linear_keywords import KEYWORDS, are_linear

    if not are_linear(schema):
        return None
    Draft202012Validator.check_schema(schema)
    extend: Any = validators.extend
    # A registry without resources retrieves nothing.
    validator = extend(Draft202012Validator, KEYWORDS)(schema, registry=Registry())
    return Engine(validator.is_valid, lambda value: from_reference(validator.iter_errors(value)))


def from_compiled(error: jsonschema_rs.ValidationError, root: Any) -> Violation:
    """An error of jsonschema-rs about a value in ``root``."""
    branches = tuple(
        tuple(from_compiled(inner, root) for inner in branch) for branch in getattr(error.kind, "context", ())
    )
    place = compiled_place(error.instance_path, root)
    if error.kind.name == "falseSchema" and error.schema_path[-1:] == ["additionalProperties"]:
        # Of an object that declares no keys, the engine names the value of the first key, and none of the keys.
        around = value_at(root, place)
        is_member = error.schema_path[-2:-1] == ["properties"] and place[-1:] == ("additionalProperties",)
        if isinstance(around, dict) and not is_member:
            return Violation("additionalProperties", list(around), place, around, ())
    return Violation(error.kind.name, error.kind.value, place, error.instance, branches)


def _number(digits: str) -> str:
    return digits.lstrip("+0") or "0"


def compiled_place(path: Iterable[str | int], root: Any) -> Pointer:
    """The pointer that a path of jsonschema-rs means: it makes a number of each key that is written in digits."""
    place: list[str | int] = []
    for step in path:
        if isinstance(root, dict):
            key = str(step)
            if key not in root:
                key = next((each for each in root if _DIGITS.fullmatch(each) and _number(each) == key), key)
            place.append(key)
            root = root.get(key)
        else:
            place.append(step)
            root = root[step] if isinstance(root, list) and isinstance(step, int) and step < len(root) else None
    return tuple(place)


def from_reference(errors: Iterable[ValidationError]) -> Iterator[Violation]:
    """Errors of jsonschema: each once, though two references may lead to it, and one for each missing key."""
    seen: set[tuple[object, ...]] = set()
    for error in errors:
        place = (*error.absolute_path, None, *error.absolute_schema_path)
        if place not in seen:
            seen.add(place)
            yield from _facts(error)


def _facts(error: Any) -> Iterator[Violation]:
    keyword, expected, value = str(error.validator), error.validator_value, error.instance
    branches = tuple(tuple(from_reference(branch)) for branch in by_branch(error))
    found = Violation(keyword, expected, tuple(error.absolute_path), value, branches)
    if keyword == "required":
        yield from (found._replace(expected=key) for key in expected if key not in value)
    elif keyword == "additionalProperties":
        yield found._replace(expected=[key for key in value if key not in error.schema.get("properties", {})])
    else:
        yield found


def by_branch(error: Any) -> Iterable[list[Any]]:
    """What an error of jsonschema says of each branch, in their order."""
    branches: dict[object, list[Any]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    return branches.values()


def meant_branch(error: Violation, rules_out: Callable[[Violation], bool]) -> tuple[Violation, ...]:
    """The errors of the one branch that was meant: no error of it at this very place rules it out.

    Empty if no branch is the one.
    """
    left = [
        branch
        for branch in error.branches
        if not any(inner.pointer == error.pointer and rules_out(inner) for inner in branch)
    ]
    return left[0] if len(left) == 1 else ()
