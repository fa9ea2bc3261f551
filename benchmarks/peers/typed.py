"""The contract as types of msgspec and of pydantic, as near to the schema as each can say it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field

# msgspec -------------------------------------------------------------------------------------------------------------


class _ImageUrl(msgspec.Struct, forbid_unknown_fields=True):
    url: str


class _Text(msgspec.Struct, forbid_unknown_fields=True, tag_field="type", tag="text"):
    text: str


class _Image(msgspec.Struct, forbid_unknown_fields=True, tag_field="type", tag="image_url"):
    image_url: _ImageUrl


class _Called(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    arguments: str


class _Call(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    type: Literal["function"]
    function: _Called


class _Message(msgspec.Struct):
    role: Literal["system", "user", "assistant", "tool"]
    content: str | list[_Text | _Image]
    name: str | msgspec.UnsetType = msgspec.UNSET
    tool_calls: list[_Call] | msgspec.UnsetType = msgspec.UNSET


class _Function(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    description: str
    parameters: Any


class _Tool(msgspec.Struct, forbid_unknown_fields=True):
    type: Literal["function"]
    function: _Function


class _StreamOptions(msgspec.Struct, forbid_unknown_fields=True):
    include_usage: bool | msgspec.UnsetType = msgspec.UNSET


class _ObjectSchema(msgspec.Struct, forbid_unknown_fields=True):
    type: Literal["object"]
    properties: Any


class _JsonSchema(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(max_length=64)]
    schema: _ObjectSchema


class _ResponseFormat(msgspec.Struct, forbid_unknown_fields=True):
    type: Literal["json_schema"]
    json_schema: _JsonSchema


_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Positive = Annotated[float, msgspec.Meta(gt=0)]


class Request(msgspec.Struct):
    """A request for msgspec."""

    messages: list[_Message]
    temperature: _Share | msgspec.UnsetType = msgspec.UNSET
    max_tokens: _Positive | msgspec.UnsetType = msgspec.UNSET
    max_completion_tokens: _Positive | msgspec.UnsetType = msgspec.UNSET
    top_p: _Share | msgspec.UnsetType = msgspec.UNSET
    stream: bool | msgspec.UnsetType = msgspec.UNSET
    stream_options: _StreamOptions | msgspec.UnsetType = msgspec.UNSET
    tools: list[_Tool] | msgspec.UnsetType = msgspec.UNSET
    tool_choice: Literal["none", "auto"] | msgspec.UnsetType = msgspec.UNSET
    response_format: _ResponseFormat | msgspec.UnsetType = msgspec.UNSET
    mask_sensitive_info: bool | msgspec.UnsetType = msgspec.UNSET


# pydantic ------------------------------------------------------------------------------------------------------------


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _PydanticImageUrl(_Closed):
    url: str


class _PydanticText(_Closed):
    type: Literal["text"]
    text: str


class _PydanticImage(_Closed):
    type: Literal["image_url"]
    image_url: _PydanticImageUrl


class _PydanticCalled(_Closed):
    name: str
    arguments: str


class _PydanticCall(_Closed):
    id: str
    type: Literal["function"]
    function: _PydanticCalled


_Part = Annotated[_PydanticText | _PydanticImage, Field(discriminator="type")]


class _PydanticMessage(BaseModel):
    model_config = ConfigDict(strict=True)

    role: Literal["system", "user", "assistant", "tool"]
    content: str | list[_Part]
    name: str = ""
    tool_calls: list[_PydanticCall] = []


class _PydanticFunction(_Closed):
    name: str
    description: str
    parameters: Any


class _PydanticTool(_Closed):
    type: Literal["function"]
    function: _PydanticFunction


class _PydanticStreamOptions(_Closed):
    include_usage: bool = False


class _PydanticObjectSchema(_Closed):
    type: Literal["object"]
    properties: Any


class _PydanticJsonSchema(_Closed):
    name: Annotated[str, Field(max_length=64)]
    schema_: Annotated[_PydanticObjectSchema, Field(alias="schema")]


class _PydanticResponseFormat(_Closed):
    type: Literal["json_schema"]
    json_schema: _PydanticJsonSchema


class PydanticRequest(BaseModel):
    """A request for pydantic."""

    model_config = ConfigDict(strict=True)

    messages: list[_PydanticMessage]
    temperature: Annotated[float, Field(ge=0, le=1)] = 1
    max_tokens: Annotated[float, Field(gt=0)] = 1
    max_completion_tokens: Annotated[float, Field(gt=0)] = 1
    top_p: Annotated[float, Field(ge=0, le=1)] = 1
    stream: bool = False
    stream_options: _PydanticStreamOptions = _PydanticStreamOptions()
    tools: list[_PydanticTool] = []
    tool_choice: Literal["none", "auto"] = "auto"
    response_format: _PydanticResponseFormat | None = None
    mask_sensitive_info: bool = False
