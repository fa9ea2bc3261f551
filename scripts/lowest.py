"""Print the lowest version of each dependency, as constraints for pip: ``python scripts/lowest.py >lowest.txt``.

Those of ``dev`` are left out: they are for whoever works on the project, and the newest will do. So are the clients
that guards are put into: the oldest ones cannot be installed together.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"

_LEFT_OUT = frozenset({"dev", "httpx", "httpx2", "requests", "aiohttp"})
_BOUND = re.compile(r"(?P<name>[A-Za-z0-9._-]+)>=(?P<version>[0-9][^;, ]*)")


def constraints(text: str) -> Iterator[str]:
    """``name==version`` for each lower bound of a pyproject.toml."""
    project = tomllib.loads(text)["project"]
    groups = project["optional-dependencies"]
    extras = [requirement for name in groups if name not in _LEFT_OUT for requirement in groups[name]]
    for requirement in (*project["dependencies"], *extras):
        bound = _BOUND.match(requirement)
        if bound:
            yield f"{bound['name']}=={bound['version']}"


if __name__ == "__main__":
    print("\n".join(constraints(PROJECT.read_text("utf-8"))))
