"""Which findings are about a part of the request that the model never reads: editors show such parts faded."""

from __future__ import annotations

from minimax_validate.rules.messages import (
    image_ignored,
    late_system_message,
    multiple_system_messages,
    name_ignored,
)
from minimax_validate.rules.parameters import stream_options_without_stream, unknown_parameter
from minimax_validate.rules.response_format import response_format_not_enforced
from minimax_validate.rules.tools import tool_choice_without_tools
from minimax_validate.values.diagnostic import Diagnostic, Severity

_DROPPED = frozenset(
    module.RULE.code
    for module in (
        image_ignored,
        late_system_message,
        multiple_system_messages,
        name_ignored,
        response_format_not_enforced,
        stream_options_without_stream,
        tool_choice_without_tools,
    )
)


def is_dropped(diagnostic: Diagnostic) -> bool:
    """Whether what a finding is about has no part in what the model reads or does.

    A parameter that is not known is ignored, unless the contract refuses it: then the finding is an error.
    """
    if diagnostic.code == unknown_parameter.RULE.code:
        return diagnostic.severity < Severity.ERROR
    return diagnostic.code in _DROPPED
