"""The schemas and facts that ship with the package; the only module that knows where they live."""

from __future__ import annotations

import json
import os.path
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from referencing import Registry

_BASE = "https://minimax-validate.dev/schemas/"
_FACTS = "minimax-m2.7/model.json"
CONFIG = "config.json"
"""The schema of the tool's own configuration. It is draft-07, which editors of TOML understand."""

_SCHEMAS = (
    CONFIG,
    "minimax-m2.7/content-part.json",
    "minimax-m2.7/message.json",
    "minimax-m2.7/request.json",
    "minimax-m2.7/response-format.json",
    "minimax-m2.7/stream-options.json",
    "minimax-m2.7/tool-call.json",
    "minimax-m2.7/tool.json",
    "minimax-m2.7/vendor-2026-05.json",
    "minimax-m2.7/vendor.json",
    "report.json",
)

_PACKAGE = os.path.dirname(os.path.dirname(__file__))
_FOLDERS = (
    os.path.join(_PACKAGE, "schemas"),  # an installed package carries them inside
    os.path.join(os.path.dirname(_PACKAGE), "schemas"),  # a checkout keeps them beside it
)


def names() -> tuple[str, ...]:
    """The names of all bundled schemas, such as ``minimax-m2.7/request.json``."""
    return _SCHEMAS


def uri(name: str) -> str:
    """The URI by which schemas refer to a bundled one: a name only, nothing is ever fetched from it."""
    return _BASE + name


def text(name: str) -> str:
    """The text of a bundled file as it was written.

    Raises:
        KeyError: no bundled file has this name.
    """
    if name not in _SCHEMAS and name != _FACTS:
        raise KeyError(f"unknown bundled schema {name!r}")
    for folder in _FOLDERS:
        try:
            return _read(os.path.join(folder, *name.split("/"))).decode()
        except OSError:
            continue
    raise FileNotFoundError(f"{name} is missing from this installation of minimax-validate")


@cache
def load(name: str) -> dict[str, Any]:
    """A bundled file, parsed; callers share the value and must not change it.

    Raises:
        KeyError: no bundled file has this name.
    """
    parsed: dict[str, Any] = json.loads(text(name))
    return parsed


def whole(name: str) -> dict[str, Any]:
    """A schema in one piece: each reference to another bundled schema is replaced by that schema.

    This is the form for editors and other tools, which would go and fetch the parts by their URIs.

    Raises:
        KeyError: no bundled file has this name.
    """
    folder = name[: name.rfind("/") + 1]

    def join(node: Any) -> Any:
        if isinstance(node, list):
            return [join(item) for item in node]
        if not isinstance(node, dict):
            return node
        joined = {key: join(value) for key, value in node.items()}
        reference = node.get("$ref", "#")
        if reference.startswith("#"):
            return joined
        del joined["$ref"]
        part = whole(folder + reference)
        return joined | {key: value for key, value in part.items() if key not in {"$schema", "$id", *joined}}

    schema: dict[str, Any] = join(load(name))
    return schema


@cache
def registry() -> Registry[Any]:
    """All bundled schemas by their URIs; looking up any other URI raises, since nothing is fetched."""
    from referencing import Registry, Resource  # slow to import, and most checks never need it

    return Registry().with_resources((uri(name), Resource.from_contents(load(name))) for name in names())


def fact(name: str) -> Any:
    """A fact about the model that rules need, such as ``context_window``.

    Raises:
        KeyError: no such fact is known.
    """
    return load(_FACTS)[name]["value"]


def _read(path: str) -> bytes:
    # The module's own loader reads from a zip file as well, and unlike importlib.resources it need not be imported
    # first.
    loader: Any = __spec__.loader
    data: bytes = loader.get_data(path)
    return data
