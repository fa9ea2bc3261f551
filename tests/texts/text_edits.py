"""Edits of texts, for tests that compare texts."""

from __future__ import annotations

from io import BytesIO

from minimax_validate.texts.readers import load_reader
from minimax_validate.texts.replacement import replaced
from minimax_validate.values.diagnostic import Edit


def edited(name: str, text: str, *edits: Edit) -> str:
    """The text of a format with edits made."""
    (document,) = load_reader(name).read(name, BytesIO(text.encode()))
    assert document.rewriter is not None
    return replaced(text, document.rewriter.rewrite(text, list(edits)))


def put(*pointer: str | int, value: object) -> Edit:
    """An edit that sets a value, or adds one."""
    return Edit("set", pointer, value)


def insert(*pointer: str | int, value: object) -> Edit:
    """An edit that puts a value into an array."""
    return Edit("insert", pointer, value)


def remove(*pointer: str | int) -> Edit:
    """An edit that takes a value out."""
    return Edit("remove", pointer)


def rename(*pointer: str | int, value: str) -> Edit:
    """An edit that gives a key another name."""
    return Edit("rename", pointer, value)
