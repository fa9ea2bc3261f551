"""What reading finds, in the words of the rules: the same ones for every format."""

from __future__ import annotations

from minimax_validate.rules.document import duplicate_key, syntax_error, too_deep
from minimax_validate.texts.document import Fault
from minimax_validate.texts.spans import Repeat, Span
from minimax_validate.values.diagnostic import Related
from minimax_validate.values.plain import MAX_DEPTH
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import quote


def syntax_fault(message: str, span: Span, opening: Span | None = None, label: str = "opened here") -> Fault:
    """A text goes wrong at a span, maybe because of what stands at ``opening``."""
    if opening is None:
        return Fault(syntax_error.RULE.diagnose((), message), span)
    return Fault(syntax_error.RULE.diagnose((), message, related=(Related((), label),)), span, (opening,))


def too_deep_fault(pointer: Pointer, span: Span) -> Fault:
    """A text is nested so deep that it cannot be read at all."""
    message = f"the text is nested more than {MAX_DEPTH} levels deep and cannot be read; nothing was checked"
    return Fault(too_deep.RULE.diagnose(pointer, message), span)


def repeated_fault(repeat: Repeat) -> Fault:
    """An object contains a key more than once."""
    times = "" if repeat.times == 2 else f" ({repeat.times:,} times)"
    message = f"duplicate key {quote(repeat.key)}{times}; most parsers keep only the last value"
    related = (Related(repeat.pointer, "the first value"),)
    return Fault(
        duplicate_key.RULE.diagnose(repeat.pointer, message, related=related, focus="key"), repeat.last, (repeat.first,)
    )
