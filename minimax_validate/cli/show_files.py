"""``check --show-files``: what would be checked, and what is passed over."""

from __future__ import annotations

from collections.abc import Iterator

from minimax_validate.cli.files import Files
from minimax_validate.output.escape import visible
from minimax_validate.project.checking import meant
from minimax_validate.project.discover import Found
from minimax_validate.project.files import display_name, read_file
from minimax_validate.project.look import Look
from minimax_validate.texts.document import ABSENT
from minimax_validate.values.wording import count


def show_files(files: Files) -> Iterator[str]:
    """A line for each file that would be checked, with its number of requests; then what is passed over, and why."""
    for found in files:
        held = _held(found, look := Look())
        if held:
            yield f"{visible(display_name(found.path))}: {held}"
        else:
            files.pass_over(found.path, look.form)
    for name, why in files.passed:
        yield f"{visible(name)}: passed over: {why}"


def _held(found: Found, look: Look) -> str:
    requests = unread = 0
    for document in read_file(found):
        wanted = document if found.named else meant(document)
        if wanted is None:
            look(document)
        elif wanted.value is ABSENT:
            unread += 1
        else:
            requests += len(wanted.requests)
    parts = [count(requests, "request")] if requests else []
    return ", ".join([*parts, f"{count(unread, 'text')} that cannot be read"] if unread else parts)
