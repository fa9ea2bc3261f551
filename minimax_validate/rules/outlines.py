"""What is known of each rule before its module is imported, in the order of codes.

``scripts/generate.py`` writes the list: do not edit it by hand.
"""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from typing import NamedTuple


class Outline(NamedTuple):
    """What a check of a clean request needs to know of a rule; see ``Rule`` for what each means.

    ``severity`` and ``when`` are numbers. ``checks`` and ``claims`` say whether it has a ``check`` and a ``claim``.
    """

    code: str
    name: str
    module: str
    """Inside of this package."""
    severity: int
    when: int = 0
    keywords: tuple[str, ...] = ()
    around: bool = False
    stops_reading: bool = False
    converts: bool = False
    checks: bool = False
    claims: bool = False
    severity_by_contract: tuple[tuple[str, int], ...] = ()


OUTLINES = (
    Outline("MM001", "syntax-error", "document.syntax_error", 3, stops_reading=True),
    Outline("MM002", "unreadable-file", "document.unreadable_file", 3, stops_reading=True),
    Outline("MM003", "not-a-request", "document.not_a_request", 3, keywords=("request",), claims=True),
    Outline("MM004", "duplicate-key", "document.duplicate_key", 3, stops_reading=True),
    Outline("MM005", "not-json", "document.not_json", 3, keywords=("json", "key"), stops_reading=True, claims=True),
    Outline("MM006", "too-deep", "document.too_deep", 3, keywords=("depth",), stops_reading=True, claims=True),
    Outline("MM007", "envelope-conflict", "document.envelope_conflict", 3, when=1, keywords=("envelope",), checks=True, claims=True),
    Outline("MM008", "gateway-in-body", "document.gateway_in_body", 2, when=1, around=True, checks=True),
    Outline("MM009", "wrong-model", "document.wrong_model", 2, when=1, around=True, checks=True),
    Outline("MM101", "missing-key", "contract.missing_key", 3, keywords=("required",), claims=True),
    Outline("MM102", "wrong-type", "contract.wrong_type", 3, keywords=("type",), claims=True),
    Outline("MM103", "unknown-key", "contract.unknown_key", 3, keywords=("additionalProperties",), claims=True),
    Outline("MM104", "unknown-value", "contract.unknown_value", 3, keywords=("enum", "const"), claims=True),
    Outline("MM105", "out-of-range", "contract.out_of_range", 3, keywords=("minimum", "maximum", "exclusiveMinimum"), claims=True),
    Outline("MM106", "no-matching-shape", "contract.no_matching_shape", 3, keywords=("anyOf",), claims=True),
    Outline("MM110", "null-content", "contract.null_content", 3, keywords=("anyOf",), claims=True),
    Outline("MM111", "absent-content", "contract.absent_content", 3, keywords=("required",), claims=True),
    Outline("MM112", "unsupported-role", "contract.unsupported_role", 3, keywords=("enum",), claims=True),
    Outline("MM113", "unsupported-tool-choice", "contract.unsupported_tool_choice", 3, keywords=("enum", "type"), claims=True),
    Outline("MM114", "unsupported-response-format", "contract.unsupported_response_format", 3, keywords=("const",), claims=True),
    Outline("MM115", "unsupported-content-part", "contract.unsupported_content_part", 3, keywords=("const",), claims=True),
    Outline("MM116", "foreign-key", "contract.foreign_key", 3, keywords=("additionalProperties",), claims=True),
    Outline("MM117", "tool-without-parameters", "contract.tool_without_parameters", 3, keywords=("required",), claims=True),
    Outline("MM118", "tool-without-description", "contract.tool_without_description", 3, keywords=("required", "type"), claims=True),
    Outline("MM119", "flat-tool", "contract.flat_tool", 3, when=8388608, keywords=("required", "const", "type", "additionalProperties"), converts=True, checks=True, claims=True),
    Outline("MM120", "null-parameter", "contract.null_parameter", 3, keywords=("type",), claims=True),
    Outline("MM121", "response-schema-keyword", "contract.response_schema_keyword", 3, keywords=("additionalProperties", "required"), converts=True, claims=True),
    Outline("MM122", "json-schema-name-length", "contract.json_schema_name_length", 3, when=512, keywords=("maxLength",), checks=True, claims=True),
    Outline("MM123", "tool-content-not-text", "contract.tool_content_not_text", 3, keywords=("anyOf",), claims=True),
    Outline("MM124", "arguments-not-string", "contract.arguments_not_string", 3, keywords=("type",), claims=True),
    Outline("MM125", "misplaced-response-schema", "contract.misplaced_response_schema", 3, when=512, keywords=("required", "type", "const", "additionalProperties", "maxLength"), converts=True, checks=True, claims=True),
    Outline("MM126", "flat-tool-call", "contract.flat_tool_call", 3, when=16777216, keywords=("required", "type", "const", "additionalProperties"), converts=True, checks=True, claims=True),
    Outline("MM127", "foreign-message", "contract.foreign_message", 3, when=4194304, keywords=("required", "type", "anyOf", "const", "enum", "additionalProperties"), converts=True, checks=True, claims=True),
    Outline("MM128", "misplaced-system-prompt", "contract.misplaced_system_prompt", 3, when=1, converts=True, checks=True),
    Outline("MM201", "orphan-tool-result", "history.orphan_tool_result", 3, when=16, checks=True),
    Outline("MM202", "early-tool-result", "history.early_tool_result", 3, when=16, checks=True),
    Outline("MM203", "duplicate-tool-result", "history.duplicate_tool_result", 3, when=16, checks=True),
    Outline("MM204", "separated-tool-result", "history.separated_tool_result", 3, when=16, checks=True),
    Outline("MM205", "unanswered-tool-call", "history.unanswered_tool_call", 3, when=16, checks=True),
    Outline("MM206", "duplicate-tool-call-id", "history.duplicate_tool_call_id", 3, when=16, checks=True),
    Outline("MM207", "reused-tool-call-id", "history.reused_tool_call_id", 1, when=2, checks=True),
    Outline("MM208", "missing-tool-call-id", "history.missing_tool_call_id", 3, when=16, checks=True),
    Outline("MM209", "empty-tool-calls", "history.empty_tool_calls", 2, when=4, checks=True),
    Outline("MM210", "invalid-arguments", "history.invalid_arguments", 3, when=64, checks=True),
    Outline("MM211", "arguments-mismatch", "history.arguments_mismatch", 2, when=64, checks=True),
    Outline("MM212", "undeclared-function", "history.undeclared_function", 2, when=64, checks=True),
    Outline("MM213", "misplaced-tool-calls", "history.misplaced_tool_calls", 2, when=8, checks=True),
    Outline("MM214", "blank-function-name", "history.blank_function_name", 3, when=192, checks=True),
    Outline("MM215", "reordered-tool-results", "history.reordered_tool_results", 2, when=16, checks=True),
    Outline("MM216", "split-parallel-calls", "history.split_parallel_calls", 3, when=16, checks=True),
    Outline("MM217", "altered-tool-call-id", "history.altered_tool_call_id", 3, when=16, checks=True),
    Outline("MM301", "invalid-tool-schema", "tools.invalid_tool_schema", 2, when=128, checks=True),
    Outline("MM302", "tool-schema-not-object", "tools.tool_schema_not_object", 2, when=128, converts=True, checks=True),
    Outline("MM303", "tool-name-format", "tools.tool_name_format", 2, when=128, checks=True),
    Outline("MM304", "duplicate-tool", "tools.duplicate_tool", 2, when=128, checks=True),
    Outline("MM305", "tool-choice-without-tools", "tools.tool_choice_without_tools", 2, when=256, checks=True),
    Outline("MM306", "external-schema-reference", "tools.external_schema_reference", 2, when=128, checks=True),
    Outline("MM307", "required-not-declared", "tools.required_not_declared", 2, when=128, checks=True),
    Outline("MM308", "blank-tool-description", "tools.blank_tool_description", 1, when=32, checks=True),
    Outline("MM309", "tool-name-length", "tools.tool_name_length", 3, when=128, checks=True),
    Outline("MM310", "empty-tools", "tools.empty_tools", 2, when=2097152, checks=True),
    Outline("MM401", "json-schema-name-format", "response_format.json_schema_name_format", 2, when=512, checks=True),
    Outline("MM402", "invalid-response-schema", "response_format.invalid_response_schema", 2, when=512, checks=True),
    Outline("MM403", "dangling-response-reference", "response_format.dangling_response_reference", 2, when=512, checks=True),
    Outline("MM404", "response-format-not-enforced", "response_format.response_format_not_enforced", 1, when=512, checks=True),
    Outline("MM501", "empty-messages", "messages.empty_messages", 3, when=1024, checks=True),
    Outline("MM502", "empty-content", "messages.empty_content", 3, when=2048, checks=True),
    Outline("MM503", "multiple-system-messages", "messages.multiple_system_messages", 3, when=4096, checks=True),
    Outline("MM504", "late-system-message", "messages.late_system_message", 3, when=4096, checks=True),
    Outline("MM505", "no-user-message", "messages.no_user_message", 2, when=1024, checks=True),
    Outline("MM506", "image-ignored", "messages.image_ignored", 2, when=8192, checks=True),
    Outline("MM507", "invalid-image-url", "messages.invalid_image_url", 2, when=8192, checks=True),
    Outline("MM508", "control-token", "messages.control_token", 2, when=16384, checks=True),
    Outline("MM509", "name-ignored", "messages.name_ignored", 1, when=32768, checks=True),
    Outline("MM510", "reasoning-dropped", "messages.reasoning_dropped", 1, when=2, checks=True),
    Outline("MM511", "unparsed-tool-call", "messages.unparsed_tool_call", 2, when=16384, checks=True),
    Outline("MM512", "blank-system-message", "messages.blank_system_message", 2, when=2048, checks=True),
    Outline("MM601", "unknown-parameter", "parameters.unknown_parameter", 2, when=1, converts=True, checks=True, severity_by_contract=(("2026-05", 3),)),
    Outline("MM602", "fractional-token-limit", "parameters.fractional_token_limit", 2, when=262144, checks=True),
    Outline("MM603", "conflicting-token-limits", "parameters.conflicting_token_limits", 2, when=262144, checks=True),
    Outline("MM604", "stream-options-without-stream", "parameters.stream_options_without_stream", 2, when=65536, checks=True),
    Outline("MM605", "zero-temperature", "parameters.zero_temperature", 1, when=524288, checks=True),
    Outline("MM606", "small-token-limit", "parameters.small_token_limit", 1, when=131072, checks=True),
    Outline("MM607", "temperature-and-top-p", "parameters.temperature_and_top_p", 1, when=524288, checks=True),
    Outline("MM701", "context-exceeded", "budget.context_exceeded", 3, when=1048576, checks=True),
    Outline("MM702", "context-probably-exceeded", "budget.context_probably_exceeded", 2, when=1048576, checks=True),
    Outline("MM703", "token-limit-exceeds-context", "budget.token_limit_exceeds_context", 3, when=1048576, checks=True),
)
