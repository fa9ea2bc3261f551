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
    message = f"nested more than {MAX_DEPTH} levels deep, and deeper than can be read: nothing of the text was checked"
    return Fault(too_deep.RULE.diagnose(pointer, message), span)


def repeated_fault(repeat: Repeat) -> Fault:
    """A key stands in an object more than once."""
    times = "twice" if repeat.times == 2 else f"{repeat.times:,} times"
    message = f"the key {quote(repeat.key)} stands {times} in this object: most parsers keep the last value alone"
    related = (Related(repeat.pointer, "first given here"),)
    return Fault(
        duplicate_key.RULE.diagnose(repeat.pointer, message, related=related, focus="key"), repeat.last, (repeat.first,)
    )
