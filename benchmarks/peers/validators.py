"""Validators for Python that judge one request by the vendor's schema.

``python -m benchmarks.peers.validators NAME FILE`` judges each line of a file, and prints how many keep the schema.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SCHEMA_FILE = Path(__file__).parents[2] / "schemas" / "minimax-m2.7" / "vendor.json"

Judge = Callable[[Any], bool]
"""Whether a value that is parsed already, or a line, keeps the schema."""


def _schema() -> Any:
    return json.loads(SCHEMA_FILE.read_text("utf-8"))


def _jsonschema() -> Judge:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(_schema()).is_valid


def _fastjsonschema() -> Judge:
    import fastjsonschema

    validate = fastjsonschema.compile(_schema(), use_default=False)

    def judge(value: Any) -> bool:
        try:
            validate(value)
        except fastjsonschema.JsonSchemaValueException:
            return False
        return True

    return judge


def _jsonschema_rs() -> Judge:
    import jsonschema_rs

    return jsonschema_rs.validator_for(_schema()).is_valid


def _msgspec() -> Judge:
    import msgspec

    from benchmarks.peers.typed import Request

    def judge(value: Any) -> bool:
        try:
            msgspec.convert(value, Request)
        except msgspec.ValidationError:
            return False
        return True

    return judge


def _pydantic() -> Judge:
    from pydantic import ValidationError

    from benchmarks.peers.typed import PydanticRequest

    def judge(value: Any) -> bool:
        try:
            PydanticRequest.model_validate(value)
        except ValidationError:
            return False
        return True

    return judge


OF_VALUES: dict[str, Callable[[], Judge]] = {
    "jsonschema": _jsonschema,
    "fastjsonschema": _fastjsonschema,
    "jsonschema-rs": _jsonschema_rs,
    "msgspec": _msgspec,
    "pydantic": _pydantic,
}
"""How to make each of those that judge a value."""


def _of_lines_by_value(name: str) -> Judge:
    import orjson

    judge = OF_VALUES[name]()
    return lambda line: judge(orjson.loads(line))


def _msgspec_of_lines() -> Judge:
    import msgspec

    from benchmarks.peers.typed import Request

    decoder = msgspec.json.Decoder(Request)

    def judge(line: Any) -> bool:
        try:
            decoder.decode(line)
        except msgspec.ValidationError:
            return False
        return True

    return judge


def _pydantic_of_lines() -> Judge:
    from pydantic import ValidationError

    from benchmarks.peers.typed import PydanticRequest

    def judge(line: Any) -> bool:
        try:
            PydanticRequest.model_validate_json(line)
        except ValidationError:
            return False
        return True

    return judge


def _parse_only() -> Judge:
    import orjson

    return lambda line: orjson.loads(line) is not None


def of_lines(name: str) -> Judge:
    """Make one that judges lines: parsing and judging are one step for some. ``orjson`` only parses."""
    own = {"msgspec": _msgspec_of_lines, "pydantic": _pydantic_of_lines, "orjson": _parse_only}
    return own[name]() if name in own else _of_lines_by_value(name)


def main() -> None:
    """Judge the lines of a file."""
    name, file = sys.argv[1:]
    judge = of_lines(name)
    with Path(file).open("rb") as stream:
        print(sum(map(judge, stream)))


if __name__ == "__main__":
    main()
