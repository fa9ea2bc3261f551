"""From violations of a schema to facts about a request: one a mistake, each at its deepest place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from minimax_validate.json_schema.contract import Contract, ContractViolation
from minimax_validate.values.failure import Failure
from minimax_validate.values.pointer import Pointer

DISCRIMINATOR = "type"
"""The key by whose constant value the contract tells its shapes apart."""

Branch = Sequence[ContractViolation]


def failures(contract: Contract, instance: Any) -> tuple[Failure, ...]:
    """The facts that keep an instance of plain JSON from the contract, without those that follow from another one."""
    violations, schema = contract.violations(instance), contract.schema
    if not violations:
        return ()
    facts = tuple(_facts(violations, instance))
    if len(facts) == 1:
        return (_with_optional(facts[0], schema),)
    # One fact may be told by several violations: an engine reports each missing key with the whole list of required
    # ones.
    told = {(fact.keyword, fact.pointer, fact.expected if fact.keyword == "required" else None): fact for fact in facts}
    wrong_type = {fact.pointer for fact in told.values() if fact.keyword == "type"}
    foreign = {
        fact.pointer[:-1] for fact in told.values() if _names_a_foreign_shape(fact) and fact.pointer not in wrong_type
    }
    return tuple(_with_optional(fact, schema) for fact in told.values() if not _follows(fact, wrong_type, foreign))


def _names_a_foreign_shape(failure: Failure) -> bool:
    return failure.keyword == "const" and failure.pointer[-1:] == (DISCRIMINATOR,)


def _follows(failure: Failure, wrong_type: set[Pointer], foreign: set[Pointer]) -> bool:
    """A value of the wrong type has no other fault, and of an object of a foreign shape only that is worth saying."""
    if failure.keyword != "type" and failure.pointer in wrong_type:
        return True
    if not foreign or (_names_a_foreign_shape(failure) and not _inside(failure.pointer[:-1], foreign)):
        return False
    return _inside((*failure.pointer, None), foreign)


def _inside(pointer: tuple[object, ...], places: set[Pointer]) -> bool:
    return any(pointer[:length] in places for length in range(len(pointer)))


def _with_optional(failure: Failure, schema: dict[str, Any]) -> Failure:
    optional = failure.keyword == "type" and _is_optional(failure.pointer, schema)
    return (
        Failure(failure.keyword, failure.pointer, failure.instance, failure.expected, optional) if optional else failure
    )


def _is_optional(pointer: Pointer, schema: dict[str, Any]) -> bool:
    """Whether the object that holds the value may do without it.

    Inside an ``anyOf`` the contract has no optional keys.
    """
    part: Any = schema
    for step in pointer[:-1]:
        part = part.get("items") if isinstance(step, int) else part.get("properties", {}).get(step)
        if part is None or "anyOf" in part:
            return False
    return bool(pointer) and not isinstance(pointer[-1], int) and pointer[-1] not in part.get("required", ())


def _at(instance: Any, pointer: Pointer) -> Any:
    for step in pointer:
        instance = instance[step]
    return instance


def _facts(violations: Iterable[ContractViolation], instance: Any) -> Iterator[Failure]:
    for violation in violations:
        pointer, schema, keyword = violation.pointer, violation.schema, violation.keyword
        value = _at(instance, pointer)
        if keyword == "anyOf":
            yield from _meant(violation, value, instance)
        elif keyword == "required":
            yield from (Failure(keyword, pointer, value, key) for key in schema["required"] if key not in value)
        elif keyword == "additionalProperties":
            known = tuple(schema["properties"])
            yield from (Failure(keyword, (*pointer, key), value[key], known) for key in value if key not in known)
        else:
            yield Failure(keyword, pointer, value, schema[keyword])


def _meant(violation: ContractViolation, value: Any, instance: Any) -> Iterator[Failure]:
    """The facts of the branch that was meant, or of the discriminator only, or the bare ``anyOf`` if nothing tells."""
    discriminator = (*violation.pointer, DISCRIMINATOR)
    right_type = [branch for branch in violation.branches if not _of(branch, "type", violation.pointer)]
    right_kind = [branch for branch in right_type if not _of(branch, "const", discriminator)]
    if right_type and not right_kind:
        named = value[DISCRIMINATOR]
        constants = tuple(
            error.schema["const"] for branch in right_type for error in _of(branch, "const", discriminator)
        )
        yield (
            Failure("const", discriminator, named, constants)
            if isinstance(named, str)
            else Failure("type", discriminator, named, "string")
        )
        return
    fewest = min(map(len, right_kind), default=0)
    closest = [branch for branch in right_kind if len(branch) == fewest]
    if len(closest) == 1:
        yield from _facts(closest[0], instance)
    else:
        yield Failure("anyOf", violation.pointer, value, tuple(violation.schema["anyOf"]))


def _of(branch: Branch, keyword: str, pointer: Pointer) -> list[ContractViolation]:
    """The violations of one keyword at one place."""
    return [error for error in branch if error.keyword == keyword and error.pointer == pointer]
