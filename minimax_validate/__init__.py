"""Check a chat request for MiniMax M2.7 before it is sent."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minimax_validate.analysis import Analysis, FixedText, TextFinding, analyse
    from minimax_validate.engine.api import check, fix, is_valid, validate
    from minimax_validate.engine.errors import InvalidRequestError
    from minimax_validate.engine.fixing import FixResult
    from minimax_validate.engine.settings import Settings
    from minimax_validate.engine.validator import Validator
    from minimax_validate.values.diagnostic import Diagnostic, Edit, Fix, Related, Severity
    from minimax_validate.values.pointer import to_json_pointer, to_path
    from minimax_validate.values.report import Report

__version__ = "0.1.0"

__all__ = [
    "Analysis",
    "Diagnostic",
    "Edit",
    "Fix",
    "FixResult",
    "FixedText",
    "InvalidRequestError",
    "Related",
    "Report",
    "Settings",
    "Severity",
    "TextFinding",
    "Validator",
    "__version__",
    "analyse",
    "check",
    "fix",
    "is_valid",
    "to_json_pointer",
    "to_path",
    "validate",
]

_MODULES = {
    "analysis": ("Analysis", "FixedText", "TextFinding", "analyse"),
    "engine.api": ("check", "fix", "is_valid", "validate"),
    "engine.errors": ("InvalidRequestError",),
    "engine.fixing": ("FixResult",),
    "engine.settings": ("Settings",),
    "engine.validator": ("Validator",),
    "values.diagnostic": ("Diagnostic", "Edit", "Fix", "Related", "Severity"),
    "values.pointer": ("to_json_pointer", "to_path"),
    "values.report": ("Report",),
}
"""Where each name is defined. Its module is imported when it is first asked for, as the command needs few of them."""


def __getattr__(name: str) -> object:
    """Called for a name that is not here yet."""
    for module, names in _MODULES.items():
        if name in names:
            found = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
