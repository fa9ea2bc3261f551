"""The three questions that most callers ask, under the default settings."""

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
    """Say all that is wrong with a payload, under the default settings. Never raises, whatever the payload is."""
    return default_validator().check(payload)


def fix(payload: object, *, unsafe: bool = False) -> FixResult:
    """A copy of a payload with everything fixed that is safe to fix, under the default settings.

    The payload stays as it is. A safe fix leaves what the model reads as it was; with ``unsafe`` those are carried out
    too that give something up. Never raises. A payload with values that JSON cannot hold is left alone.
    """
    return fixed(default_validator(), payload, unsafe=unsafe)


def is_valid(payload: object) -> bool:
    """Whether a payload has no error, under the default settings; warnings pass."""
    return default_validator().check(payload).ok


def validate(payload: object) -> None:
    """Do nothing if a payload has no error, under the default settings.

    Raises:
        InvalidRequestError: it has one; the exception holds the report and prints every finding.
    """
    report = default_validator().check(payload)
    if not report.ok:
        raise InvalidRequestError(report)
