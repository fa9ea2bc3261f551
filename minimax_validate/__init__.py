"""Check a chat request for MiniMax M2.7 before it is sent."""

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
    "Diagnostic",
    "Edit",
    "Fix",
    "FixResult",
    "InvalidRequestError",
    "Related",
    "Report",
    "Settings",
    "Severity",
    "Validator",
    "__version__",
    "check",
    "fix",
    "is_valid",
    "to_json_pointer",
    "to_path",
    "validate",
]
