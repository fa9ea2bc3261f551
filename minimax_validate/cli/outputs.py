"""Where findings are written.

Formats and files, read from the command line, opened, and put in place when all is done.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TextIO

import click

from minimax_validate.cli.exits import MISUSE
from minimax_validate.cli.terminal import style
from minimax_validate.output.formats import FORMATS, load_format
from minimax_validate.output.formats.writer import AT_ONCE, Most
from minimax_validate.project.discover import repository_of
from minimax_validate.project.options import STDOUT, Output, redacts
from minimax_validate.rules.rule import Rule
from minimax_validate.texts.document import ABSENT
from minimax_validate.texts.readers import is_known
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import listed, quote, words_of_os_error

if TYPE_CHECKING:
    from minimax_validate.output.formats.writer import Writer
    from minimax_validate.texts.checked import Checked
    from minimax_validate.texts.placed import Placed


class FormatType(click.Choice[str]):
    """The name of a format, with a suggestion for a misspelled one."""

    def __init__(self) -> None:
        super().__init__(FORMATS)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if it is one."""
        if value not in FORMATS:
            guess = did_you_mean(value, FORMATS) or f"; use {listed(FORMATS)}"
            self.fail(f"unknown format {quote(str(value))}{guess}", param, ctx)
        return str(value)


def read_outputs(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Output, ...]:
    """Read formats and files with ``=`` between them."""
    return tuple(_output(value, parameter, context) for value in values)


def _output(value: str, parameter: click.Parameter, context: click.Context) -> Output:
    name, _, file = value.partition("=")
    output_format = FormatType().convert(name, parameter, context)
    if not file:
        raise click.BadParameter(
            f"{quote(value)} has no file; write {name}=FILE, or {name}=- for standard output", context, parameter
        )
    return Output(output_format, file)


class OutputError(click.ClickException):
    """An output that cannot be written."""

    exit_code = MISUSE

    def __init__(self, file: str, error: OSError) -> None:
        why = words_of_os_error(error)
        if isinstance(error, FileNotFoundError):
            why = f"the directory {os.path.dirname(file)} does not exist"
        super().__init__(f"cannot write {file}: {why}")


def default_format() -> str:
    """The default format: ``github`` in GitHub Actions, else ``text``."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def most_shown(*, show_all: bool, reads_stdin: bool) -> Most | None:
    """How many findings of one rule a terminal shows; None for all of them, as in CI, whose logs may be terminals."""
    if show_all or os.environ.get("CI", "").lower() not in ("", "0", "false"):
        return None
    return AT_ONCE if reads_stdin else Most()


def check_harmless(outputs: Iterable[Output], paths: Iterable[str]) -> None:
    """Refuse to write findings over a checked file, or over another file that contains requests.

    Raises:
        UsageError: an output would do so.
    """
    for output in outputs:
        if output.file == STDOUT or not os.path.isfile(output.file):
            continue
        if any(os.path.isfile(path) and os.path.samefile(path, output.file) for path in paths):
            raise click.UsageError(f"{output.file} is one of the checked files; write findings to another file")
        if is_known(output.file) and _holds_requests(output.file):
            raise click.UsageError(f"{output.file} contains requests; write findings to another file")


def _holds_requests(file: str) -> bool:
    from minimax_validate.project.checking import meant
    from minimax_validate.project.discover import Found
    from minimax_validate.project.files import read_file

    documents = filter(None, map(meant, read_file(Found(file, named=False))))
    return any(document.value is not ABSENT and document.requests for document in documents)


def check_apart(outputs: Iterable[Output]) -> None:
    """Refuse outputs that would overwrite each other.

    Raises:
        UsageError: two go to one place.
    """
    taken: dict[str, Output] = {}
    for output in outputs:
        place = STDOUT if output.file == STDOUT else os.path.normcase(os.path.realpath(output.file))
        other = taken.setdefault(place, output)
        if other is not output:
            where = "standard output" if place == STDOUT else output.file
            raise click.UsageError(f"{other.format} and {output.format} cannot both be written to {where}")


class Target(NamedTuple):
    """An output that is open: its format, what writes to it, and whether texts are cut to excerpts in it."""

    output: Output
    writer: Writer
    is_cut: bool


class Teller(NamedTuple):
    """Writes findings to the outputs of a run; ``live`` ones reach standard output at once."""

    targets: tuple[Target, ...]
    live: bool = False

    def __call__(self, checked: Checked) -> None:
        """Write the findings of a document to each output."""
        from minimax_validate.texts.placed import place  # a clean run does without it

        placed = place(checked)
        cut: Placed | None = None
        for target in self.targets:
            if target.is_cut and cut is None:
                from minimax_validate.output.redact import redacted

                cut = redacted(placed, checked.document)
            try:
                target.writer.write(cut if cut and target.is_cut else placed)
                self._pass_on(target)
            except OSError as error:
                _refuse(target.output.file, error)

    def put(self, rendered: Sequence[object]) -> None:
        """Write a finding that was rendered for each output elsewhere."""
        for target, each in zip(self.targets, rendered, strict=True):
            try:
                target.writer.put(each)
                self._pass_on(target)
            except OSError as error:
                _refuse(target.output.file, error)

    def _pass_on(self, target: Target) -> None:
        """Write what is buffered if somebody waits for it."""
        if self.live and target.output.file == STDOUT:
            target.writer.stream.flush()


@contextlib.contextmanager
def telling(
    outputs: Iterable[Output],
    rules: Mapping[str, Rule],
    color: str,
    standard: TextIO,
    redact: bool | None,
    nothing: Callable[[], str] = str,
    note: Callable[[], str] = str,
    most: Most | None = None,
    live: bool = False,
) -> Iterator[Teller]:
    """Open the outputs; what is given writes the findings of a document to each of them.

    ``standard`` is used as standard output, to which ``live`` findings are written at once. ``redact`` decides if texts
    are cut to excerpts; if it is None, each format decides.

    ``nothing`` and ``note`` are called at the end. They return whether nothing was checked, and what is ignored.
    ``most`` limits the findings of one rule that a terminal shows.

    Files are put in place at the end. If the run fails, they are unchanged.

    Raises:
        OutputError: one cannot be opened, written or put in place.
    """
    folder = _folder_in_repository()
    with contextlib.ExitStack() as stack:
        targets: list[Target] = []
        for output in outputs:
            stream = standard if output.file == STDOUT else stack.enter_context(_file(output.file))
            shown = style(color, stream)._replace(folder=folder, most=most if stream.isatty() else None)
            writer = load_format(output.format)(rules, stream, shown)
            targets.append(Target(output, writer, redacts(output.format, redact)))
        yield Teller(tuple(targets), live)
        for target in targets:
            with _writing_to(target.output.file):
                target.writer.finish(nothing(), note())


@contextlib.contextmanager
def _writing_to(file: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        _refuse(file, error)


def _refuse(file: str, error: OSError) -> NoReturn:
    """Raise what says that an output cannot be written; whoever reads from a pipe may leave at any time."""
    if isinstance(error, BrokenPipeError):
        raise error
    raise OutputError("standard output" if file == STDOUT else file, error) from error


@contextlib.contextmanager
def _file(file: str) -> Iterator[TextIO]:
    """A stream whose text takes the place of a file in the end, or is thrown away if something fails before."""
    from minimax_validate.project.atomic import writing  # most runs print

    path = Path(file)
    with contextlib.ExitStack() as stack:
        with _writing_to(file):
            # There is nothing to put in the place of a device or a pipe.
            target = path.open("wb") if path.exists() and not path.is_file() else writing(path)
            binary = stack.enter_context(target)
        stream = TextIOWrapper(binary, "utf-8", "backslashreplace", "\n", write_through=True)
        stack.callback(stream.detach)
        yield stream
        with _writing_to(file):
            stack.pop_all().close()


def _folder_in_repository() -> str:
    """The working directory as seen from the root of the repository it is in."""
    here = os.path.realpath(os.curdir)
    root = repository_of(here)
    return os.path.relpath(here, root).replace(os.sep, "/") if root else ""
