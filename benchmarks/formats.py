"""What the formats for machines cost beside the one for people, over the same findings.

``python -m benchmarks.formats``. The findings are those of a log of 2,000 requests, one each, a third of them with
related places; the check itself is not part of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO, StringIO

from benchmarks.ratio import HEADER, compare
from minimax_validate import Validator
from minimax_validate.output.formats import FORMATS, load_format
from minimax_validate.output.formats.writer import Style
from minimax_validate.project.checking import check_documents
from minimax_validate.project.files import read_stream
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.rules.examples import calling, request, result, tool, user
from minimax_validate.texts.placed import Placed, place

_REQUESTS = (
    request(user(None)),
    request(user(), calling(), user("One moment."), result(), tools=[tool()]),
    request(user(role="human")),
)


def main() -> None:
    """Print the table."""
    documents = _documents(2000)
    print(HEADER)
    for name in FORMATS:
        if name != "text":
            print(
                compare(_writing(name, documents), _writing("text", documents), rounds=7, seconds=0.1).row(
                    f"{name} / text"
                )
            )


def _documents(number: int) -> tuple[Placed, ...]:
    log = "".join(json.dumps(_REQUESTS[index % len(_REQUESTS)]) + "\n" for index in range(number))
    checked = check_documents(read_stream("log.jsonl", BytesIO(log.encode())), Validator(), named=True)
    return tuple(map(place, checked))


def _writing(name: str, documents: tuple[Placed, ...]) -> Callable[[], None]:
    def write() -> None:
        writer = load_format(name)(BY_CODE, StringIO(), Style())
        for document in documents:
            writer.write(document)
        writer.finish()

    return write


if __name__ == "__main__":
    main()
