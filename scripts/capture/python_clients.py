"""Send the requests of each scenario by the SDKs of Python: ``python python_clients.py SERVER``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import litellm
import openai
from langchain_cloudflare import ChatCloudflareWorkersAI
from langchain_core.messages import HumanMessage, SystemMessage, ToolMessage
from pydantic import BaseModel

MODEL = "minimax/m2.7"
SYSTEM = "Answer in one sentence."
QUESTION = "What is the weather in Oslo?"
RESULT = "Clear, 5 degrees"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
IMAGE = f"data:image/png;base64,{PIXEL}"
LOOK: list[dict[str, Any]] = [
    {"type": "text", "text": "What is in this picture?"},
    {"type": "image_url", "image_url": {"url": IMAGE}},
]
BLOCKS: list[dict[str, Any]] = [
    {"type": "text", "text": "What is in this picture?"},
    {"type": "image", "base64": PIXEL, "mime_type": "image/png"},
]
"""The picture in LangChain's own words."""
MESSAGES: list[dict[str, Any]] = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": QUESTION}]
ASKED = [SystemMessage(SYSTEM), HumanMessage(QUESTION)]
TOOL: dict[str, Any] = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Look up the weather of a city.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
CHOICE = {"type": "function", "function": {"name": "get_weather"}}

Call = Callable[[Any], object]


class Weather(BaseModel):
    """The weather of a city."""

    city: str
    celsius: float


def get_weather(city: str) -> str:
    """Look up the weather of a city."""
    return f"{city}: {RESULT}"


@dataclass(frozen=True)
class Sdk:
    """How a client is made for a base address, and what it is told to do in each scenario."""

    client: Callable[[str], Any]
    scenarios: Mapping[str, Call]


def openai_completions(base: str) -> Callable[..., Any]:
    """The chat completions of openai, which parses the answer where the format of the response is a class."""
    completions: Any = openai.OpenAI(base_url=f"{base}/ai/v1", api_key="key", max_retries=0).chat.completions

    def complete(**settings: Any) -> Any:
        parses = isinstance(settings.get("response_format"), type)
        return (completions.parse if parses else completions.create)(model=MODEL, **settings)

    return complete


def litellm_completions(provider: str, base: str) -> Callable[..., Any]:
    """The completions of litellm, by one of its providers."""
    return partial(
        litellm.completion,
        model=f"{provider}/{MODEL}",
        api_base=f"{base}/ai/v1",
        api_key="key",
        max_retries=0,
    )


def chat_models(form: str, base: str) -> Callable[..., Any]:
    """Makes LangChain's chat models, with one form of the endpoint."""
    return partial(
        ChatCloudflareWorkersAI,
        model=MODEL,
        account_id="account",
        api_token="token",
        base_url=f"{base}/client/v4",
        endpoint_format=form,
    )


def second_round(complete: Callable[..., Any]) -> None:
    """Give the model the result of its call, as the documentation of openai does: its message goes back as it came."""
    message = complete(messages=MESSAGES, tools=[TOOL]).choices[0].message
    result = {"role": "tool", "tool_call_id": message.tool_calls[0].id, "content": RESULT}
    complete(messages=[*MESSAGES, message, result], tools=[TOOL])


def langchain_second_round(make: Callable[..., Any]) -> None:
    """Give the model the result of its call, by LangChain."""
    model = make().bind_tools([get_weather])
    message = model.invoke(ASKED)
    result = ToolMessage(RESULT, name="get_weather", tool_call_id=message.tool_calls[0]["id"])
    model.invoke([*ASKED, message, result])


SCENARIOS: dict[str, Call] = {
    "simple": lambda complete: complete(messages=MESSAGES),
    "stream": lambda complete: list(complete(messages=MESSAGES, stream=True)),
    "tool": lambda complete: complete(messages=MESSAGES, tools=[TOOL]),
    "second-round": second_round,
    "required-tool": lambda complete: complete(messages=MESSAGES, tools=[TOOL], tool_choice="required"),
    "forced-tool": lambda complete: complete(messages=MESSAGES, tools=[TOOL], tool_choice=CHOICE),
    "structured-output": lambda complete: complete(messages=MESSAGES, response_format=Weather),
    "json-mode": lambda complete: complete(messages=MESSAGES, response_format={"type": "json_object"}),
    "image": lambda complete: complete(messages=[MESSAGES[0], {"role": "user", "content": LOOK}]),
    "parameters": lambda complete: complete(
        messages=MESSAGES, temperature=0.5, max_tokens=2000, top_p=0.9, stop=["END"]
    ),
}
OPENAI: dict[str, Call] = {
    **SCENARIOS,
    "strict-tool": lambda complete: complete(messages=MESSAGES, tools=[openai.pydantic_function_tool(Weather)]),
}
LANGCHAIN: dict[str, Call] = {
    "simple": lambda make: make().invoke(ASKED),
    "stream": lambda make: list(make().stream(ASKED)),
    "tool": lambda make: make().bind_tools([get_weather]).invoke(ASKED),
    "second-round": langchain_second_round,
    "required-tool": lambda make: make().bind_tools([get_weather], tool_choice="any").invoke(ASKED),
    "forced-tool": lambda make: make().bind_tools([get_weather], tool_choice="get_weather").invoke(ASKED),
    "structured-output": lambda make: make().with_structured_output(Weather).invoke(ASKED),
    "json-schema": lambda make: make().with_structured_output(Weather, method="json_schema").invoke(ASKED),
    "json-mode": lambda make: make().with_structured_output(Weather, method="json_mode").invoke(ASKED),
    "image": lambda make: make().invoke([SystemMessage(SYSTEM), HumanMessage(LOOK)]),
    "image-block": lambda make: make().invoke([SystemMessage(SYSTEM), HumanMessage(BLOCKS)]),
    "parameters": lambda make: make(temperature=0.5, max_tokens=2000, top_p=0.9, stop=["END"]).invoke(ASKED),
}
SDKS = {
    "langchain-cloudflare": Sdk(partial(chat_models, "workers_ai"), LANGCHAIN),
    "langchain-cloudflare-openai": Sdk(partial(chat_models, "openai_compatible"), LANGCHAIN),
    "litellm-cloudflare": Sdk(partial(litellm_completions, "cloudflare"), SCENARIOS),
    "litellm-openai": Sdk(partial(litellm_completions, "openai"), SCENARIOS),
    "openai": Sdk(openai_completions, OPENAI),
}


def main(server: str) -> None:
    """Run each scenario of each SDK."""
    for name, sdk in SDKS.items():
        for scenario, call in sdk.scenarios.items():
            call(sdk.client(f"{server}/{name}/{scenario}"))


if __name__ == "__main__":
    main(sys.argv[1])
