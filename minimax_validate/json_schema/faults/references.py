"""References to what is not in the schema."""

from __future__ import annotations

import re

from minimax_validate.json_schema.faults.fault import Guesses, SchemaFault
from minimax_validate.json_schema.faults.keywords import short
from minimax_validate.json_schema.faults.parts import Part, Parts
from minimax_validate.values.pointer import Pointer, to_json_pointer
from minimax_validate.values.suggest import nearest
from minimax_validate.values.wording import quote

_REFERENCES = ("$ref", "$dynamicRef")


def lost_references(
    parts: Parts, guesses: Guesses, told: set[Pointer]
) -> tuple[tuple[SchemaFault, ...], frozenset[Pointer]]:
    """The references that lead nowhere, and the places of schemas that others refer to as a part of themselves."""
    faults: list[SchemaFault] = []
    mixed: set[Pointer] = set()
    for part in parts.found:  # grows, where a reference leads to what is no subschema by its place
        for keyword in _REFERENCES:
            reference = part.schema.get(keyword)
            if not isinstance(reference, str):
                continue
            found = parts.resolve(reference, part)
            if found is None:
                faults.append(SchemaFault((*part.pointer, keyword), *_lost(reference, parts, guesses)))
                continue
            pointer, target = found
            if isinstance(target, dict):
                parts.add(Part(pointer, target, part.home, part.base, None))
                if (
                    part.beside is None
                    or any(part.beside)
                    or "properties" in part.schema
                    or not part.declares_alone(keyword)
                ):
                    mixed.add(pointer)
            elif not isinstance(target, bool) and pointer not in told:
                faults.append(
                    SchemaFault(
                        (*part.pointer, keyword),
                        f"{quote(reference)} resolves to {short(target)}, which is not a schema",
                    )
                )
    return tuple(faults), frozenset(mixed)


_PLAIN = re.compile(r"[\w$.~/-]*", re.ASCII)


def _lost(reference: str, parts: Parts, guesses: Guesses) -> tuple[str, str]:
    """What to say of a reference that does not resolve, and what may have been meant."""
    if reference.partition("#")[0]:
        return f"{quote(reference, 80)} does not resolve", "; it is not in this schema and will not be fetched"
    message = f"{quote(reference)} does not resolve"
    name = reference.rpartition("/")[2]
    if name not in parts.definitions:
        name = guesses(nearest, name, parts.definitions)
    meant = to_json_pointer(parts.definitions[name]) if name in parts.definitions else ""
    is_simple = meant and _PLAIN.fullmatch(meant) and len(parts.resources) == 1
    return message, f"; did you mean {quote('#' + meant, 80)}?" if is_simple else ""
