"""Check a chat request for MiniMax M2.7 before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minimax_validate.engine.api import check, fix, is_valid, validate
from minimax_validate.engine.errors import InvalidRequestError
from minimax_validate.engine.fixing import FixResult
from minimax_validate.engine.settings import Settings
from minimax_validate.engine.validator import Validator
from minimax_validate.values.diagnostic import Diagnostic, Edit, Fix, Related, Severity
from minimax_validate.values.pointer import to_json_pointer, to_path
from minimax_validate.values.report import Report

if TYPE_CHECKING:
    from minimax_validate.analysis import Analysis, FixedText, TextFinding, analyse

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

_OF_TEXTS = frozenset({"Analysis", "FixedText", "TextFinding", "analyse"})


def __getattr__(name: str) -> object:
    """What is there for texts: most programs hold values, and do without what reads and places texts."""
    if name not in _OF_TEXTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from minimax_validate import analysis

    return getattr(analysis, name)
