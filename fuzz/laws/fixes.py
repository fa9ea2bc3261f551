"""The law of fixes: none of them makes an error. What counts as made is decided here, for one fix and for several.

After fixes that were made together, each error is one of these:

* *Kept*: the rule said it before, of the same place as the edits moved it, or of an equal value under the same key.
  That a message says nothing is one fact, whether its content is missing, null or blank: three rules tell it. So is
  that a system message is not the only one at the start, which two rules tell.
* *Written*: it points into what a fix wrote. That is a failure, but for errors of what the request said before: a
  rule's own, which no contract has, and those of the contract if the fix is a conversion. A conversion may also leave
  what rules say of what it made up, such as an id, but nothing that is no JSON or no request.
* *Uncovered*: it points elsewhere. An error of the contract is one only if the contract had the same against the same
  place before, told or not. An error of another rule is in the message, the tool or the parameter that was at fault or
  that a fix changed; one of pairing may be anywhere in a history in which a fix changed a message.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fuzz.harness import expect
from fuzz.laws.values import Json, errors_of, spelled
from minimax_validate import Diagnostic, Report
from minimax_validate.engine.offers import CONVERSIONS
from minimax_validate.json_schema.contract import ContractViolation, contract
from minimax_validate.request.envelope import open_envelope
from minimax_validate.values.diagnostic import Edit
from minimax_validate.values.edits import distinct
from minimax_validate.values.pointer import Pointer

_OF_DOCUMENT = "MM0"
_OF_CONTRACT = (_OF_DOCUMENT, "MM1")
_PAIRING = "MM2"
_WORDS = frozenset(
    {"", "assistant", "function", "image_url", "json_schema", "object", "response", "system", "text", "tool", "user"}
)
"""What conversions write around what they take over: the names of kinds, and blanks for what was not there."""
_SAYS_NOTHING = frozenset({"MM110", "MM111", "MM502"})
_OF_SYSTEM_MESSAGES = frozenset({"MM503", "MM504"})


def makes_no_error(before: Json, told: Report, chosen: Sequence[Diagnostic], after: Json, told_after: Report) -> None:
    """Hold fixes that were made together to the law."""
    edits = tuple(edit for fix in distinct(each.fix for each in chosen if each.fix) for edit in fix.edits)
    written = tuple(_written(edits))
    by = ", ".join(sorted({each.code for each in chosen}))
    for found in _new(before, errors_of(told.diagnostics), edits, after, errors_of(told_after.diagnostics)):
        if any(found.pointer[: len(place)] == place for place in written):
            converts = not CONVERSIONS.isdisjoint(each.code for each in chosen)
            value = _at(after, found.pointer)
            if found.code.startswith(_OF_DOCUMENT):
                is_allowed = False
            elif found.code.startswith(_OF_CONTRACT):
                is_allowed = converts and _was_said(value, before, but=_WORDS)
            else:
                is_allowed = converts or _was_said(value, before)
            expect(is_allowed, f"a fix of {by} writes nothing that is an error, here {found.code}")
        elif found.code.startswith(_OF_CONTRACT):
            expect(_was_held_against(found, before, edits, after), f"a fix of {by} makes no error, here {found.code}")
        else:
            touched = {each.pointer[:2] for each in chosen} | {edit.pointer[:2] for edit in edits}
            is_near = found.pointer[:2] in touched | {place[:2] for place in written}
            is_pair = found.code.startswith(_PAIRING) and any("messages" in pointer for pointer in touched)
            bare = found.code.startswith(_PAIRING) and isinstance(before, list)
            expect(is_near or is_pair or bare, f"a fix of {by} makes no error elsewhere, here {found.code}")


def moved(pointer: Pointer, edits: Iterable[Edit]) -> Pointer | None:
    """Where the value at a pointer stands after edits; None if they took it away or put another in its place."""
    place: list[str | int] = []
    edits = tuple(edits)
    for depth, step in enumerate(pointer):
        here, new = pointer[: depth + 1], step
        for edit in edits:
            if edit.pointer == here and edit.operation in ("set", "remove"):
                return None
            if edit.pointer == here and edit.operation == "rename":
                new = str(edit.value)
        place.append(new + _shift(here, edits) if isinstance(new, int) else new)
    return tuple(place)


def _shift(pointer: Pointer, edits: Iterable[Edit]) -> int:
    """How many places further down an item of an array stands after edits."""
    at, index = pointer[:-1], pointer[-1]
    shift = 0
    for edit in edits:
        if isinstance(index, int) and edit.pointer and edit.pointer[:-1] == at:
            step = int(edit.pointer[-1])
            shift += (edit.operation == "insert" and step <= index) - (edit.operation == "remove" and step < index)
    return shift


def _written(edits: Sequence[Edit]) -> Iterator[Pointer]:
    """The places that edits write, as they are afterwards."""
    for edit in edits:
        if edit.operation == "remove":
            continue
        if not edit.pointer:
            yield ()
            continue
        outer = [each for each in edits if each.pointer != edit.pointer[: len(each.pointer)]]
        holder = moved(edit.pointer[:-1], outer)
        holder = edit.pointer[:-1] if holder is None else holder
        step: Any = edit.value if edit.operation == "rename" else edit.pointer[-1]
        if isinstance(step, int):
            inserted = [each for each in edits if each.operation == "insert" and each.pointer == edit.pointer]
            others = [each for each in edits if each.pointer != edit.pointer]
            step += _shift(edit.pointer, others)
            if edit.operation == "insert":
                yield from ((*holder, step + number) for number in range(len(inserted)))
                continue
            step += len(inserted)
        yield (*holder, step)


def _new(
    before: Json, told: Sequence[Diagnostic], edits: Sequence[Edit], after: Json, told_after: Sequence[Diagnostic]
) -> Iterator[Diagnostic]:
    """The errors that were not there before."""
    places: set[tuple[str, Pointer]] = set()
    for code, pointer in map(_fact, told):
        place = moved(pointer, edits)
        places.add((code, pointer if place is None else place))
    values = Counter(_of_value(each, before) for each in told)
    for each in told_after:
        value = _of_value(each, after)
        if values[value] > 0:
            values[value] -= 1
        elif _fact(each) not in places:
            yield each


def _fact(found: Diagnostic) -> tuple[str, Pointer]:
    """What an error says, and of what place."""
    if found.code in _SAYS_NOTHING:
        is_content = found.pointer[-1:] == ("content",)
        return "says nothing", found.pointer[:-1] if is_content else found.pointer
    if found.code in _OF_SYSTEM_MESSAGES:
        return "system message", found.pointer[:2]
    return found.code, found.pointer


def _of_value(found: Diagnostic, payload: Json) -> tuple[str, str, str]:
    """What an error is about, wherever it stands: under what key, or in what array, and what value."""
    key = next((step for step in reversed(found.pointer) if isinstance(step, str)), "")
    return found.code, key, spelled(_at(payload, found.pointer))


def _at(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        value = value[step]
    return value


def _was_said(value: Json, before: Json, but: frozenset[str] = frozenset()) -> bool:
    """Whether all that a value says, ``but`` some words, stood in the request before, be it in a text of JSON."""
    said = set(_leaves(before))
    return all(
        leaf in said or (isinstance(leaf, str) and (leaf in but or _holds(said, leaf))) for leaf in _leaves(value)
    )


def _holds(said: set[Any], leaf: str) -> bool:
    inner = json.dumps(leaf, ensure_ascii=False)[1:-1]
    return bool(leaf) and any(isinstance(text, str) and (leaf in text or inner in text) for text in said)


def _leaves(value: Json) -> Iterator[Any]:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        else:
            yield value


def _was_held_against(found: Diagnostic, before: Json, edits: Sequence[Edit], after: Json) -> bool:
    """Whether the contract had before what it has now against the place of an error, told or not."""
    now = {place for place in _refused(after) if _are_near(place[1], found.pointer)}
    moved_before = {(keyword, moved(pointer, edits), key) for keyword, pointer, key in _refused(before)}
    return bool(now) and now <= moved_before


def _are_near(place: Pointer, pointer: Pointer) -> bool:
    """Whether a violation is told at a pointer: there, or at the object that holds it."""
    return place in (pointer, pointer[:-1])


def _refused(payload: Json) -> Iterator[tuple[str, Pointer, str]]:
    """Everything that the contract has against a payload, in all branches, with the key that is missing."""
    envelope = open_envelope(payload)
    if envelope.inputs is not None:
        for keyword, pointer, key in _flat(contract().violations(envelope.inputs), envelope.inputs):
            yield keyword, envelope.pointer + pointer[envelope.made_up :], key


def _flat(violations: Iterable[ContractViolation], instance: Json) -> Iterator[tuple[str, Pointer, str]]:
    for each in violations:
        if each.keyword == "required":
            holder = _at(instance, each.pointer)
            yield from (("required", each.pointer, key) for key in each.schema["required"] if key not in holder)
        elif each.keyword == "additionalProperties":
            holder = _at(instance, each.pointer)
            yield from (
                ("additionalProperties", each.pointer, key) for key in holder if key not in each.schema["properties"]
            )
        else:
            yield each.keyword, each.pointer, ""
        for branch in each.branches:
            yield from _flat(branch, instance)
