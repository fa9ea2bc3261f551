"""Run chat templates of the user's own, each in a process of its own that is ended if it takes too long."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path

from minimax_validate.tokens.own_template import TemplateError, render_with
from minimax_validate.values.wording import words_of_os_error

MOST_SECONDS = 10
"""What a template gets for one request."""

_MOST_BYTES_OF_TEMPLATE = 1_000_000
_MOST_BYTES_OF_MEMORY = 2_000_000_000


def read_template(path: str) -> str:
    """The text of a template.

    Raises:
        TemplateError: it cannot be read, or is far too long for one.
    """
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(_MOST_BYTES_OF_TEMPLATE + 1)
        if len(data) > _MOST_BYTES_OF_TEMPLATE:
            raise TemplateError(f"it has more than {_MOST_BYTES_OF_TEMPLATE:,} bytes")
        return data.decode()
    except OSError as error:
        raise TemplateError(words_of_os_error(error)) from error
    except UnicodeDecodeError as error:
        raise TemplateError("it is not UTF-8 text") from error


def run_template(template: str, body: object, seconds: float = MOST_SECONDS) -> str:
    """The prompt that a template makes of the inputs of a request.

    Raises:
        TemplateError: as ``render_with`` raises it, or the template takes too long or too much memory.
    """
    # -P: what lies in the working directory is not imported.
    command = [sys.executable, "-P", "-m", __name__]
    try:
        given = json.dumps({"template": template, "body": body}).encode()
        done = subprocess.run(command, input=given, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise TemplateError(f"it takes more than {seconds:g} seconds") from error
    except RecursionError as error:
        raise TemplateError("the request is nested too deeply for a template") from error
    except OSError as error:
        raise TemplateError(f"cannot start a process for it: {words_of_os_error(error)}") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise TemplateError("its process ended early; it may need too much memory") from error
    if "error" in answer:
        raise TemplateError(str(answer["error"]))
    return str(answer["text"])


def _serve() -> None:
    """Render what standard input has, and write the prompt or the error to standard output."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # only some systems have limits to set

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES_OF_MEMORY, _MOST_BYTES_OF_MEMORY))
    given = json.load(sys.stdin)
    try:
        answer = {"text": render_with(given["template"], given["body"])}
    except TemplateError as error:
        answer = {"error": str(error)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _serve()
