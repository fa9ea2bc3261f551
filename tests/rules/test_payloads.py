"""Payloads that real servers have answered: what the catalogue of rules says of each, one by one.

The table speaks for every family of rules, those that do not exist yet among them; a family counts from its first rule
on.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minimax_validate import check
from minimax_validate.rules.catalogue import RULES
from minimax_validate.values.pointer import to_json_pointer

PAYLOADS = Path(__file__).parents[3] / "shared" / "payloads"

EXPECTED: dict[str, tuple[str, ...]] = {
    "01_cf_vendor_simple": (),
    "02_cf_vendor_system_prompt": (),
    "03_cf_vendor_multiturn": (),
    "04_cf_vendor_haiku_max100": (),
    "05_cf_catalog_chat_completions_body": (),
    "06_cf_rest_run_envelope": (),
    "07_cf_echoed_response_message": (),
    "08_two_system_messages": ("MM009 /model", "MM503 /messages/1"),
    "09_one_merged_system_message": ("MM009 /model",),
    "10_system_prompt_plus_workstation_context": ("MM503 /messages/1",),
    "11_developer_role": ("MM009 /model", "MM112 /messages/0/role"),
    "12_mm_consecutive_assistants": (),
    "13_mm_assistant_content_null_with_tool_calls": ("MM110 /messages/1/content",),
    "14_mm_assistant_content_absent_with_tool_calls": ("MM111 /messages/1",),
    "15_mm_user_content_empty_array": ("MM502 /messages/0/content",),
    "16_mm_user_content_null": ("MM110 /messages/0/content",),
    "17_mm_two_systems_m3": ("MM503 /messages/1",),
    "18_mm_full_parameter_request": ("MM601 /thinking",),
    "19_mm_two_tool_rounds_ok": ("MM110 /messages/2/content", "MM110 /messages/5/content"),
    "20_mm_tool_content_object": ("MM110 /messages/1/content", "MM123 /messages/2/content"),
    "21_mm_tool_content_empty_string": ("MM110 /messages/1/content",),
    "22_mm_tool_content_null": ("MM110 /messages/1/content", "MM110 /messages/2/content"),
    "23_mm_tool_content_absent": ("MM110 /messages/1/content", "MM111 /messages/2"),
    "24_mm_tool_content_json_html_emoji": ("MM110 /messages/1/content",),
    # The only result has an id that no call has, and the only call waits: one mistake, told as that (MM217).
    "25_mm_tool_call_id_mismatch": (
        "MM110 /messages/1/content",
        "MM217 /messages/2/tool_call_id",
    ),
    "26_mm_partial_parallel_answers": ("MM110 /messages/1/content", "MM205 /messages/1/tool_calls/1"),
    "27_mm_tool_name_with_dot": ("MM303 /tools/0/function/name",),
    "28_mm_arguments_not_json": ("MM110 /messages/1/content", "MM210 /messages/1/tool_calls/0/function/arguments"),
    "29_mm_tool_choice_unknown_function": ("MM113 /tool_choice",),
    "30_mm_empty_messages": ("MM501 /messages",),
    "31_mm_temperature_5": ("MM105 /temperature",),
    "32_mm_top_p_1_5": ("MM105 /top_p",),
    "33_mm_invalid_role": ("MM112 /messages/0/role",),
    "34_mm_both_max_tokens": ("MM603 /max_tokens",),
    "35_mm_max_tokens_negative": ("MM105 /max_tokens",),
    "36_mm_max_tokens_zero": ("MM105 /max_tokens",),
    "37_mm_reasoning_split": ("MM601 /reasoning_split", "MM601 /thinking"),
    "38_mm_web_search_tool": ("MM009 /model", "MM104 /tools/0/type"),
    "39_mm_web_search_preview_tool": ("MM009 /model", "MM104 /tools/0/type"),
    "40_mm_tool_choice_required": ("MM009 /model", "MM113 /tool_choice"),
    "41_mm_json_object_ignored": ("MM009 /model", "MM114 /response_format/type"),
    "42_mm_json_schema_strict": (
        "MM009 /model",
        "MM116 /response_format/json_schema/strict",
        "MM121 /response_format/json_schema/schema/required",
        "MM121 /response_format/json_schema/schema/additionalProperties",
    ),
    "43_mm_image_url_dropped": ("MM009 /model", "MM506 /messages/0/content/1"),
    "44_mm_name_alice": ("MM009 /model",),
    "45_mm_missing_messages": ("MM003 ",),
    "46_mm_echoed_tool_call_with_index": ("MM116 /messages/1/tool_calls/0/index",),
    "47_mm_tool_without_parameters": ("MM117 /tools/0/function",),
    "48_mm_orphan_tool_result": ("MM201 /messages/1/tool_call_id",),
    "49_mm_system_between_sibling_results": ("MM204 /messages/4/tool_call_id",),
    "50_mm_double_encoded_arguments": ("MM210 /messages/1/tool_calls/0/function/arguments",),
    "51_mm_arguments_json_array": ("MM210 /messages/1/tool_calls/0/function/arguments",),
    "52_lmstudio_null_content_parallel_flag": (
        "MM009 /model",
        "MM110 /messages/1/content",
        "MM601 /parallel_tool_calls",
    ),
    "53_lmstudio_empty_tool_call_id": (
        "MM101 /messages/3/tool_calls/0",
        "MM208 /messages/3/tool_calls/0/id",
        "MM208 /messages/4/tool_call_id",
    ),
    "54_lmstudio_zero_arg_tools": ("MM009 /model",),
    "55_glm_history_content_empty_string": (
        "MM009 /model",
        "MM601 /n",
        "MM601 /presence_penalty",
        "MM601 /frequency_penalty",
    ),
    "56_searxng_assistant_before_system": ("MM504 /messages/1",),
    "57_constant_tool_call_id_across_turns": (),
    "58_replayed_second_result": ("MM203 /messages/3/tool_call_id",),
    "59_history_masks_unanswered_call": ("MM205 /messages/4/tool_calls/0",),
    "60_empty_tool_calls_array": ("MM209 /messages/1/tool_calls",),
    "61_verifier_sample_extra_keys": (),  # a column beside messages alone
    "62_m2_tool_guide_request": ("MM009 /model",),
    "63_legacy_prompt_and_image": ("MM003 ",),
    "64_anthropic_output_config": ("MM009 /model", "MM601 /output_config"),
}
"""By payload: code and JSON pointer of each finding of the rules that are on by default."""

FAMILIES = frozenset(rule.code[:3] for rule in RULES)

pytestmark = pytest.mark.skipif(not PAYLOADS.is_dir(), reason="the shared payloads are not beside this checkout")


def test_every_payload_is_decided() -> None:
    """The table has every payload, and none that is not there."""
    assert {path.stem for path in PAYLOADS.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_payload(name: str) -> None:
    """A payload gets the findings that the catalogue promises, and no other."""
    payload = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    found = sorted(
        f"{diagnostic.code} {to_json_pointer(diagnostic.pointer)}" for diagnostic in check(payload).diagnostics
    )
    assert found == sorted(finding for finding in EXPECTED[name] if finding[:3] in FAMILIES)
