"""What shapes the contract gives to a value, by the way that leads there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from minimax_validate.json_schema.bundle import text as bundled

Schema = dict[str, Any]


@cache
def contract_schema() -> Schema:
    """The vendor's schema."""
    schema: Schema = json.loads(bundled("minimax-m2.7/vendor.json"))
    return schema


def variants(schema: Schema) -> tuple[Schema, ...]:
    """The shapes that a value may have: one, or those of ``anyOf``."""
    return tuple(schema["anyOf"]) if "anyOf" in schema else (schema,)


def of_type(schemas: Iterable[Schema], kind: str) -> tuple[Schema, ...]:
    """The shapes that a value of a type may have."""
    return tuple(schema for schema in schemas if schema.get("type", kind) == kind)


def items_of(schemas: Iterable[Schema]) -> tuple[Schema, ...]:
    """The shapes of an array's items."""
    return tuple(variant for schema in schemas if "items" in schema for variant in variants(schema["items"]))


def property_of(schemas: Iterable[Schema], key: str) -> tuple[Schema, ...]:
    """The shapes of what an object has for a key."""
    return tuple(
        variant
        for schema in schemas
        if key in schema.get("properties", {})
        for variant in variants(schema["properties"][key])
    )
