"""Check, validate and fix a payload with the default settings."""

from __future__ import annotations

from functools import cache

from minimax_validate.engine.errors import InvalidRequestError
from minimax_validate.engine.fixing import FixResult
from minimax_validate.engine.fixing import fix as fixed
from minimax_validate.engine.validator import Validator
from minimax_validate.values.report import Report


@cache
def default_validator() -> Validator:
    """The validator under default settings, built when first asked for."""
    return Validator()


def check(payload: object) -> Report:
    """Check a payload with the default settings and return all findings.

    The payload may be any Python value. A request may be in an envelope, such as ``{"model": ..., "input": {...}}``.
    This function never raises, unless memory runs out, and never changes the payload.
    """
    return default_validator().check(payload)


def fix(payload: object, *, unsafe: bool = False) -> FixResult:
    """Return a copy of a payload with all safe fixes applied, checked with the default settings.

    A safe fix does not change what the model receives. With ``unsafe``, fixes are applied too that may change the
    meaning of the request. This function never raises and never changes the argument. A payload that contains values
    that JSON cannot express is not fixed.
    """
    return fixed(default_validator(), payload, unsafe=unsafe)


def is_valid(payload: object) -> bool:
    """Return whether a payload has no errors under the default settings; warnings are allowed."""
    return default_validator().check(payload).ok


def validate(payload: object) -> None:
    """Raise an exception if a payload has an error under the default settings.

    Raises:
        InvalidRequestError: the payload has an error. ``report`` contains all findings.
    """
    report = default_validator().check(payload)
    if not report.ok:
        raise InvalidRequestError(report)
