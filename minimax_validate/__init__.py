"""Check a chat request for MiniMax M2.7 before it is sent."""

from minimax_validate.api import check, fix, is_valid, validate
from minimax_validate.diagnostic import Diagnostic, Edit, Fix, Related, Severity
from minimax_validate.engine import Validator
from minimax_validate.errors import InvalidRequestError
from minimax_validate.fixing import FixResult
from minimax_validate.report import Report
from minimax_validate.settings import Settings

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
    "validate",
]
