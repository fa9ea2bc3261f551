"""A parameter is one that the contract knows.

The request takes keys of any name at the top, so a slip of the pen, or a parameter of another vendor, passes the
vendor's schema. Behind it the key is ignored or refused: with `max_token` the answer has no limit, with `stop` it does
not stop, `parallel_tool_calls: false` does not keep calls apart, and MiniMax itself was seen to refuse a key that it
does not know ("Extra inputs are not permitted, field: 'skills'", anomalyco/opencode#25486, on M2.7).

A parameter that is null says nothing, and is no finding. Keys beside `messages` alone, without any parameter or
`model`, are the columns of a data set, unless one of them is known as a parameter elsewhere. So are all keys of a row
to train on: beside messages, and maybe `tools`, whose last one is the answer that is to be learnt.

Under the contract of May 2026 (`contract = "2026-05"`) the top of the chat format is closed: there every unknown key is
refused, null and columns too, and the finding is an error. Anthropic's Messages format takes any key at the top, and
has no such finding.

The fix renames a key that is one letter away from a parameter that is not given, or known under another name
(`maxOutputTokens`, `topP`), if its value suits that; it is safe, as it does what was meant. `functions` become `tools`
and a schema of the answer becomes a `response_format`, which is unsafe. Of a value that does not suit there is no fix,
as the parameter would be refused that was without effect. Other keys it deletes, which is unsafe only because a wish
is given up for good; without messages it deletes none, as the key may be all that is said.

Ignore it for keys that a gateway of your own reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from minimax_validate.request.features import PARAMETERS, Feature
from minimax_validate.request.index import Request
from minimax_validate.request.rows import is_training_row
from minimax_validate.request.system_prompt import SYSTEM_KEYS
from minimax_validate.rules.examples import assistant, request, tool, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.contracts import MAY
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.losses import lost_keys, naming
from minimax_validate.values.suggest import is_one_edit_away, nearest
from minimax_validate.values.wording import quote

if TYPE_CHECKING:
    from minimax_validate.request.foreign_parameters import Reading

_TOLD_ELSEWHERE = frozenset({"model", "input", "gateway", "skipCache", "cacheTtl", "cacheKey", "collectLog", "options"})
"""Keys of envelopes, of Cloudflare, and of its gateway."""

_MINIMAX = frozenset({"reasoning_split", "thinking"})
"""Parameters of MiniMax's own interface."""

_FOREIGN = frozenset(
    {
        "audio", "frequency_penalty", "function_call", "functions", "guided_json", "logit_bias",
        "logprobs", "max_output_tokens",
        "metadata",
        "min_p", "modalities", "n", "output_config", "parallel_tool_calls", "prediction",
        "presence_penalty", "prompt_cache_key",
        "prompt_cache_retention", "reasoning", "reasoning_effort",
        "repetition_penalty", "safety_identifier", "seed",
        "service_tier", "stop", "stop_sequences", "store", "system", "top_a", "top_k",
        "top_logprobs", "user", "verbosity",
        "web_search_options", "extra_body", "extra_headers", "timeout", "best_of", "echo", "suffix",
        "response_mime_type",
        "safe_prompt", "random_seed", "chat_template_kwargs", "include_reasoning", "provider",
        "plugins", "transforms", "models", "route",
        "tool_config", "generationConfig", "safetySettings", "anthropic_version",
        "context_management", "enable_thinking",
    }
)  # fmt: skip
"""Parameters of other vendors' chat interfaces: OpenAI, Anthropic, Mistral, OpenRouter, vLLM and their like."""


def check(request: Request, flag: Flag) -> None:
    keys = [key for key, value in request.body.items() if _counts(value, request) and _is_unknown(key, request)]
    is_row = bool(keys) and (_is_row(request.body, keys) or is_training_row(request.body))
    if request.closed or not is_row:
        for key in keys:
            _tell(key, request, flag, is_row=is_row)


def _counts(value: object, request: Request) -> bool:
    return value is not None or request.closed


def _is_unknown(key: str, request: Request) -> bool:
    is_prompt = key in SYSTEM_KEYS and request.body[key] is not None
    if is_prompt and isinstance(request.body.get("messages"), list):
        return False  # told as a prompt that stands in the wrong place
    return key not in PARAMETERS and key not in _TOLD_ELSEWHERE and not key.lower().startswith("cf-aig-")


def _is_row(body: dict[str, Any], unknown: Iterable[str]) -> bool:
    """Whether the unknown keys are columns of a data set: nothing says that this is a request, but for its messages."""
    if "model" in body or len(PARAMETERS & body.keys()) != 1 or "messages" not in body:
        return False
    return not any(_is_parameter_elsewhere(key, body) for key in unknown)


def _is_parameter_elsewhere(key: str, body: dict[str, Any]) -> bool:
    if key in _FOREIGN or key in _MINIMAX or _read(key, body[key]) is not None:
        return True
    meant = nearest(key, PARAMETERS)
    if meant is None or meant in body or not is_one_edit_away(key, meant):
        return False
    return meant != "tools" or isinstance(body[key], list)


def _read(key: str, value: Any) -> Reading | None:
    from minimax_validate.request.foreign_parameters import read_parameter  # few requests have foreign keys

    return read_parameter(key, value)


def _tell(key: str, request: Request, flag: Flag, *, is_row: bool) -> None:
    refused = "refused" if request.closed else "ignored or refused"
    if request.body[key] is None:
        said_nothing = removal((key,), f"delete {quote(key)}, which says nothing", safe=True)
        fix = said_nothing if "messages" in request.body else None
        flag((key,), f"{quote(key)} is no parameter, and is {refused}, also as null", fix=fix, focus="key")
        return
    reading = _read(key, request.body[key])
    meant = None if reading or key in _FOREIGN or key in _MINIMAX else nearest(key, PARAMETERS)
    if reading is not None:
        message, fix = (
            f"{quote(key)} is {quote(reading.target)} here, and is {refused}",
            _reading_fix(request, key, reading),
        )
    elif meant is not None:
        message = f"{quote(key)} is no parameter, and is {refused}; did you mean {quote(meant)}?"
        fix = _fix(request, key, meant)
    else:
        whose = "no parameter"
        if key in _FOREIGN:
            whose = "a parameter of other vendors"
        elif key in _MINIMAX:
            whose = "MiniMax's own parameter, not one of Workers AI"
        message = f"{quote(key)} is {whose}: here it is {refused}"
        # What stands in a data set is not ours to delete, and without messages it may be all that is said: `{prompt}`
        # in YAML is a placeholder that was not filled in.
        fix = None if is_row or "messages" not in request.body else _fix(request, key, None)
    flag((key,), message, fix=fix, focus="key")


def _reading_fix(request: Request, key: str, reading: Reading) -> Fix | None:
    """A parameter under another name gets its name; it is deleted only where the same stands there already."""
    target, value = reading.target, reading.value
    if request.body.get(target) is not None:
        same = request.body[target] == value
        return removal((key,), f"delete {quote(key)}, as {quote(target)} says the same", safe=True) if same else None
    if reading.is_same:
        if target in request.body or not _suits(target, value, request):
            return None
        return Fix(f"rename it to {quote(target)}", (Edit("rename", (key,), target),), safe=True)
    if value is None or (target == "tool_choice" and not request.tools):
        return None
    dropped = naming(lost_keys(request.body[key], value))
    return Fix(f"make it {quote(target)}{dropped}", (Edit("set", (target,), value), Edit("remove", (key,))), safe=False)


def _fix(request: Request, key: str, meant: str | None) -> Fix | None:
    if meant is not None and meant not in request.body and is_one_edit_away(key, meant):
        rename = Fix(f"rename it to {quote(meant)}", (Edit("rename", (key,), meant),), safe=True)
        return rename if _suits(meant, request.body[key], request) else None
    return removal((key,), f"delete {quote(key)}", safe=False)


def _suits(parameter: str, value: object, request: Request) -> bool:
    """Whether a value is one that a parameter takes without a word.

    Of values with values in them that is not for this rule to say.
    """
    match parameter:
        case "max_tokens" | "max_completion_tokens":
            alone = not _LIMITS & request.body.keys()
            return (
                alone
                and isinstance(value, int)
                and not isinstance(value, bool)
                and 0 < value < request.limits.context_window
            )
        case "temperature" | "top_p":
            return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1
        case "stream" | "mask_sensitive_info":
            return isinstance(value, bool)
        case "tool_choice":
            return value in ("auto", "none") and bool(request.tools)
    return False


_LIMITS = frozenset({"max_tokens", "max_completion_tokens"})

RULE = Rule(
    code="MM601",
    name="unknown-parameter",
    severity=Severity.WARNING,
    severity_by_contract={MAY: Severity.ERROR},
    prose=__doc__,
    converts=True,
    when=Feature.FOREIGN_KEYS,
    check=check,
    valid=(
        Valid("The model's id is fine.", request(user(), model="minimax/m2.7")),
        Valid("Nothing is said by null.", request(user(), model="minimax/m2.7", stop=None)),
        Valid("Columns of a data set.", request(user(), label=True, source="forum")),
        Valid("A row to train on.", request(user(), assistant(), tools=[tool()], parallel_tool_calls=False, seed=3)),
    ),
    invalid=(
        Invalid(
            "A letter too few.",
            request(user(), max_token=2048),
            at=(("max_token",),),
            fixed=request(user(), max_tokens=2048),
        ),
        Invalid(
            "A letter too few, and a value that would not do.", request(user(), max_token="2048"), at=(("max_token",),)
        ),
        Invalid(
            "A limit beside the other.",
            request(user(), max_token=2048, max_completion_tokens=4096),
            at=(("max_token",),),
        ),
        Invalid("A switch.", request(user(), streem=True), at=(("streem",),), fixed=request(user(), stream=True)),
        Invalid("Another vendor's.", request(user(), stop=["\n"]), at=(("stop",),), fixed=request(user())),
        Invalid(
            "Nobody's.",
            request(user(), model="minimax/m2.7", mood="curious"),
            at=(("mood",),),
            fixed=request(user(), model="minimax/m2.7"),
        ),
        Invalid(
            "MiniMax's own.", request(user(), reasoning_split=True), at=(("reasoning_split",),), fixed=request(user())
        ),
        Invalid(
            "A limit by the name that other vendors have for it.",
            request(user(), max_output_tokens=2048),
            at=(("max_output_tokens",),),
            fixed=request(user(), max_completion_tokens=2048),
        ),
        Invalid(
            "A limit in another case, beside the one that counts.",
            request(user(), maxTokens=2048, max_tokens=4096),
            at=(("maxTokens",),),
        ),
        Invalid(
            "OpenAI's older functions.",
            request(user(), functions=[tool()["function"]]),
            at=(("functions",),),
            fixed=request(user(), tools=[tool()]),
        ),
        Invalid(
            "The right one is there too.",
            request(user(), temperatur=1, temperature=0.5),
            at=(("temperatur",),),
            fixed=request(user(), temperature=0.5),
        ),
    ),
)
