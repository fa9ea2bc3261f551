"""Find keys that a mapping gives more than once; slow beside composing, so it runs only on texts that have some."""

from __future__ import annotations

from typing import Any

from minimax_validate.texts.repeats import RepeatedKeys
from minimax_validate.texts.spans import Repeat
from minimax_validate.texts.yaml.walk import Kind, first_document


def step_of(key: Any) -> str | int:
    """A key as a pointer has it: itself where it is a string or an integer, else as Python spells it."""
    return key if isinstance(key, str) or type(key) is int else str(key)


def repeated_keys(text: str) -> tuple[Repeat, ...]:
    """The keys that mappings of the first document give more than once, in the order of their last places.

    The text must be YAML. What ``<<`` brings in beside a key is no repetition, and a key that is an alias is the value
    that it stands for. A number and a boolean that Python takes for equal are two keys.
    """
    keys = RepeatedKeys()
    mappings: list[bool] = []
    anchors: dict[str, Any] = {}
    for token in first_document(text):
        if token.kind is Kind.CLOSE:
            mappings.pop()
            keys.closes()
        value = token.value
        if token.kind is Kind.SCALAR and token.anchor is not None:
            anchors[token.anchor] = value
        elif token.kind is Kind.ALIAS and token.anchor is not None:
            value = anchors.get(token.anchor)
        if token.is_key:
            keys.key(step_of(value), token.span, (type(value), value), counts=not token.is_merge)
        elif token.kind is not Kind.OPEN and mappings and not mappings[-1]:
            keys.next_item()
        if token.kind is Kind.OPEN:
            mappings.append(token.is_mapping)
            keys.opens(is_object=token.is_mapping)
    return keys.found()
