"""Find keys that a mapping gives more than once; slow beside composing, so it runs only on texts that have some."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from minimax_validate.texts.spans import Repeat, Span
from minimax_validate.texts.yaml.walk import Kind, walk


@dataclass(slots=True)
class _Open:
    """A collection that is being read: the key or index of the member it has come to, and the places of its keys."""

    is_mapping: bool
    step: str | int = 0
    places: dict[tuple[type, Any], list[Span]] = field(default_factory=dict)


def step_of(key: Any) -> str | int:
    """A key as a pointer has it: itself where it is a string or an integer, else as Python spells it."""
    return key if isinstance(key, str) or type(key) is int else str(key)


def repeated_keys(text: str) -> tuple[Repeat, ...]:
    """The keys that mappings of the first document give more than once, in the order of their last places; the text must be YAML.

    What ``<<`` brings in beside a key is no repetition, and a key that is an alias is the value that it stands for. A number and a
    boolean that Python takes for equal are two keys.
    """
    repeats: list[Repeat] = []
    around: list[_Open] = []
    anchors: dict[str, Any] = {}
    for token in walk(text):
        if token.kind is Kind.END:
            break
        if token.kind is Kind.CLOSE:
            for (_, key), spans in around.pop().places.items():
                if len(spans) > 1:
                    pointer = (*(inside.step for inside in around), step_of(key))
                    repeats.append(Repeat(pointer, str(key), spans[0], spans[-1], len(spans)))
        value = token.value
        if token.kind is Kind.SCALAR and token.anchor is not None:
            anchors[token.anchor] = value
        elif token.kind is Kind.ALIAS and token.anchor is not None:
            value = anchors.get(token.anchor)
        if token.is_key:
            around[-1].step = step_of(value)
            if not token.is_merge:
                around[-1].places.setdefault((type(value), value), []).append(token.span)
        elif token.kind is not Kind.OPEN and around and not around[-1].is_mapping:
            around[-1].step = int(around[-1].step) + 1
        if token.kind is Kind.OPEN:
            around.append(_Open(token.is_mapping))
    return tuple(sorted(repeats, key=lambda repeat: repeat.last))
