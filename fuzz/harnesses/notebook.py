"""Notebooks: what is found in their cells stands inside of the file."""

from __future__ import annotations

import json

from fuzz import seeds
from fuzz.harness import Harness, Seen
from fuzz.laws.documents import read_soundly


def _seeds() -> tuple[bytes, ...]:
    return seeds.short(map(_notebook, (*seeds.programs(".py"), *seeds.calls_in_python(), seeds.BODY.encode())))


def _notebook(program: bytes) -> bytes:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Ask\n"]},
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": program.decode().splitlines(keepends=True)},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _run(data: bytes) -> Seen:
    return read_soundly("a.ipynb", data)


HARNESS = Harness("notebook", _seeds, _run, is_json=True)
