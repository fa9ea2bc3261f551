"""Say what is certain of a request with holes: the findings that it has whatever the holes are filled with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from minimax_validate.engine.validator import Validator
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.rules.contract import missing_key
from minimax_validate.rules.document import not_a_request
from minimax_validate.source_code.fills import Origin, fill
from minimax_validate.source_code.knowledge import holds, is_whole
from minimax_validate.source_code.made import MISSING
from minimax_validate.source_code.values import (
    Array,
    Hole,
    Known,
    Node,
    Object,
    Rest,
    children,
    members,
)
from minimax_validate.source_code.ways import has_too_many, is_simple, ways_of
from minimax_validate.values.diagnostic import Diagnostic, Edit, Fix, Related
from minimax_validate.values.model import MODEL
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.report import CLEAN

_CONTRACT = "MM1"
"""How the codes of rules begin that look at one value and what the contract says of it."""

_OF_TEMPLATES = frozenset({"MM102", "MM104", "MM112", "MM113", "MM508"})
"""What is said of a text of which a part is known."""

_QUOTED = re.compile(r"`([^`]*)`")
_IN_BRACKETS = re.compile(r" \([^()]*\)$")


class _Key(NamedTuple):
    """A finding as it is known again from way to way.

    ``missing`` is the key that an object lacks, ``times`` how many such findings the place has already.
    """

    code: str
    place: tuple[object, ...]
    is_key: bool
    missing: str = ""
    times: int = 0


def judge(validator: Validator, root: Node) -> tuple[Diagnostic, ...]:
    """The findings that a request has in every way to fill it in which their place is there.

    Their pointers lead through the value with holes: what is written at an index is the item of that number, rests
    counted as one, and of several written branches the second is ``?2``.
    """
    simple, sure_alone = is_simple(root), has_too_many(root)
    ways = ways_of(root)
    if simple and _is_clean(validator, fill(root, ways[0])):
        return ()
    candidates: dict[_Key, Diagnostic] = {}
    ever: set[tuple[object, ...]] = set()
    # What is all known is the same in every way.
    for way in ways[-1:] if is_whole(root) else ways:
        origins: dict[Pointer, Origin] = {}
        payload = fill(root, way, origins=origins)
        if payload is MISSING:
            continue
        present: set[tuple[object, ...]] = set()
        for origin in origins.values():
            present.add(origin.place)
            present.add(("key", *origin.entry_place))
        found: dict[_Key, Diagnostic] = {}
        diagnostics = validator.check(payload).diagnostics
        if not is_whole(root) and any(diagnostic.code == not_a_request.RULE.code for diagnostic in diagnostics):
            continue  # without messages it is not looked into: what is wrong in it is not known this way
        for diagnostic in diagnostics:
            for key, told in _told(diagnostic, origins, root, sure_alone=sure_alone):
                times = 0
                while key._replace(times=times) in found:
                    times += 1
                if not times or key.code != _CONTRACT:
                    found[key._replace(times=times)] = told
        for key in [key for key in candidates if _where(key) in present and key not in found]:
            del candidates[key]
        for key, told in found.items():
            if key in candidates:
                candidates[key] = _agreed(candidates[key], told)
            elif _where(key) not in ever:
                candidates[key] = told
        ever |= present
        if simple and not candidates:
            return ()
    return tuple(_once(candidates))


def _is_clean(validator: Validator, payload: Any) -> bool:
    """Whether nothing is found in a request; beside our model's name, its inputs say all, and are checked faster."""
    if isinstance(payload, dict) and payload.keys() == {"model", "input"} and payload["model"] == MODEL:
        payload = payload["input"]
    report = validator.check(payload)
    return report is CLEAN or not report.diagnostics


def _where(key: _Key) -> tuple[object, ...]:
    return ("key", *key.place) if key.is_key else key.place


def _once(candidates: Mapping[_Key, Diagnostic]) -> Iterable[Diagnostic]:
    """The findings, and of a place that is at fault by differing codes the one that is shown."""
    by_code = {_where(key) for key in candidates if key.code != _CONTRACT}
    for key, diagnostic in candidates.items():
        if key.code != _CONTRACT or _where(key) not in by_code:
            yield diagnostic


def _told(
    diagnostic: Diagnostic, origins: Mapping[Pointer, Origin], root: Node, *, sure_alone: bool
) -> Iterable[tuple[_Key, Diagnostic]]:
    """A finding of a filled request as one of the value with holes; nothing where it may not be true of that."""
    origin = origins.get(diagnostic.pointer)
    if origin is None:
        return
    code, is_key = diagnostic.code, diagnostic.focus == "key"
    place, pointer, certain = (
        (origin.entry_place, origin.entry_pointer, origin.entry_certain)
        if is_key
        else (origin.place, origin.pointer, origin.certain)
    )
    of_contract = code.startswith(_CONTRACT)
    if not (certain or (of_contract and not sure_alone)) or not (is_key or _may_be_said(code, origin.node)):
        return
    if not holds(BY_CODE[code].leans_on, root, place):
        return
    related: list[Related] = []
    for other in diagnostic.related:
        known = origins.get(other.pointer)
        if known is not None and (not known.certain or isinstance(known.node, Hole)):
            return
        elif known is not None:
            related.append(Related(known.pointer, other.message))
    fix = diagnostic.fix and certain and _fix(diagnostic.fix, origins)
    message = diagnostic.message
    if isinstance(origin.node, Hole) and origin.node.type != "string":
        message = _IN_BRACKETS.sub("", message) + (f" (`{origin.node.text}`)" if origin.node.text else "")
    told = replace(diagnostic, message=message, pointer=pointer, related=tuple(related), fix=fix or None)
    lacks = _QUOTED.search(diagnostic.message) if code == missing_key.RULE.code else None
    yield _Key(code, place, is_key, lacks[1] if lacks else ""), told
    if of_contract and not isinstance(origin.node, Hole):
        yield _Key(_CONTRACT, place, is_key), told


def _may_be_said(code: str, node: Node) -> bool:
    if not isinstance(node, Hole):
        return True
    if node.type == "any":
        return False
    return code == "MM102" or (node.says and code in _OF_TEMPLATES)


def _agreed(before: Diagnostic, now: Diagnostic) -> Diagnostic:
    """The finding of a later way, with what it has in common with that of the ways before."""
    related = tuple(other for other in now.related if other in before.related)
    return replace(now, related=related, fix=now.fix if now.fix == before.fix else None)


def _fix(fix: Fix, origins: Mapping[Pointer, Origin]) -> Fix | None:
    """A fix of what is written, with its pointers into the value with holes; None where it touches anything else."""
    edits: list[Edit] = []
    for edit in fix.edits:
        pointer = _touched(edit, origins)
        if pointer is None:
            return None
        edits.append(Edit(edit.operation, pointer, edit.value))
    return Fix(fix.message, tuple(edits), fix.safe)


def _touched(edit: Edit, origins: Mapping[Pointer, Origin]) -> Pointer | None:
    around, origin = origins.get(edit.pointer[:-1]), origins.get(edit.pointer)
    if around is None or not around.certain:
        return None
    if edit.operation == "insert":
        return (*around.pointer, edit.pointer[-1]) if isinstance(around.node, Array) and _is_sure(around.node) else None
    if origin is None:
        is_new = edit.operation == "set" and isinstance(around.node, Object) and _is_sure(around.node)
        return (*around.pointer, edit.pointer[-1]) if is_new else None
    if not origin.certain or not isinstance(origin.node, Known | Array | Object):
        return None
    if edit.operation != "rename" and not _is_written(origin.node):
        return None
    return origin.pointer


def _is_sure(node: Array | Object) -> bool:
    """Whether nothing is between the members of a container that may be there or not."""
    return not any(isinstance(member, Rest) or member.optional for member in members(node))


def _is_written(node: Node) -> bool:
    """Whether all of a value is written: what would be overwritten or deleted is no expression."""
    if isinstance(node, Array | Object):
        return _is_sure(node) and all(map(_is_written, children(node)))
    return isinstance(node, Known)
