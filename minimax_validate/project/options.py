"""What the command is to do, decided: the command line over the configuration over the defaults."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from minimax_validate.engine.settings import Settings
from minimax_validate.project.config import PROXY, SEVERITIES, Config, Origin
from minimax_validate.project.config_search import find_config, read_config
from minimax_validate.project.discover import Filters
from minimax_validate.project.ignoring.filter import Ignore
from minimax_validate.values.contracts import APRIL
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.limits import NUMBERS

BASELINE = ".minimax-validate-baseline.json"
"""The baseline that is written where none is named."""

STDOUT = "-"
"""The file that stands for standard output."""


class Output(NamedTuple):
    """A format, and the file that it is written to."""

    format: str
    file: str


REDACTED = frozenset({"github", "gitlab", "junit", "markdown", "sarif"})
"""Formats for the logs and artifacts of CI, which more people read, and for longer, than requests are meant for."""


class Given(NamedTuple):
    """What the command line and the environment say; empty or None where they say nothing.

    ``default_format`` is what whoever reads standard output understands best.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    pass_over: bool = False
    output_format: str | None = None
    fail_on: str | None = None
    baseline: str | None = None
    tokenizer: str | None = None
    output_file: str | None = None
    output: tuple[Output, ...] = ()
    default_format: str = "text"
    max_warnings: int | None = None
    redact: bool | None = None
    contract: str | None = None
    fail_on_no_requests: bool = False
    jobs: int | None = None


class Options(NamedTuple):
    """The outcome; ``ignores`` are relative to ``root``, the folder of the configuration ``source``.

    The first of ``outputs`` is the main one. ``bases`` are the files that ``source`` extends, ``origins`` says where
    each key of the configuration is set.
    """

    source: Path | None
    root: Path
    settings: Settings
    filters: Filters
    outputs: tuple[Output, ...]
    fail_on: Severity
    ignores: tuple[Ignore, ...]
    baseline: Path | None
    tokenizer: str | None
    max_warnings: int | None
    redact: bool | None
    fail_on_no_requests: bool
    jobs: int | None
    bases: tuple[Path, ...]
    origins: Mapping[str, tuple[Origin, ...]]

    def walks_whole_project(self, paths: Iterable[str]) -> bool:
        """Whether a run over these paths comes by every file that the configuration can mean."""
        inside = {self.root, *self.root.parents}
        return any(os.path.isdir(path) and Path(os.path.abspath(path)) in inside for path in paths)


def load_config(file: str | None, *, isolated: bool) -> Config:
    """The configuration of a run: that of a file, or the nearest above the working directory unless ``isolated``.

    Raises:
        ConfigError: it cannot be used.
    """
    if file:
        return read_config(Path(file))
    return Config() if isolated else find_config(Path.cwd())


def with_counter(options: Options) -> Options:
    """The same, with the counter of tokens that they name.

    Raises:
        ValueError: it cannot be had.
    """
    return options._replace(settings=counting_with(options.settings, options.tokenizer))


def counting_with(settings: Settings, tokenizer: str | None) -> Settings:
    """The same settings, with the counter of tokens of that name if there is one.

    Raises:
        ValueError: it cannot be had.
    """
    if not tokenizer:
        return settings
    from minimax_validate.tokens import CounterError, exact  # few count exactly, and it takes long to import

    try:
        counter = exact.o200k() if tokenizer == PROXY else exact.from_tokenizer_json(tokenizer)
    except CounterError as error:
        raise ValueError(str(error)) from error
    return replace(settings, counter=counter)


def resolve(given: Given, config: Config) -> Options:
    """Lay what is given over the configuration: lists replace, but ``extend_select`` adds.

    What a new ``select`` replaces is all of it. The settings have no counter yet: to build one is to read a file.
    """
    limits: dict[str, Any] = dict(config.limits)
    settings = Settings(
        select=given.select or config.select,
        extend_select=given.extend_select if given.select else (*config.extend_select, *given.extend_select),
        ignore=given.ignore or config.ignore,
        severities=config.severities,
        contract=given.contract or config.contract or APRIL,
        **limits,
    )
    filters = Filters(
        Path.cwd() if given.exclude else config.root_of("exclude"),
        given.exclude or config.exclude,
        forced=given.force_exclude,
        pass_over=given.pass_over,
        include=config.include,
        include_root=config.root_of("include"),
        assume_model=config.assume_model,
        assume_root=config.root_of("assume-model"),
    )
    return Options(
        config.path,
        config.root,
        settings,
        filters,
        _outputs(given, config),
        SEVERITIES[given.fail_on] if given.fail_on else config.fail_on or Severity.ERROR,
        config.ignores,
        Path(os.path.abspath(given.baseline)) if given.baseline else config.baseline,
        given.tokenizer or config.tokenizer,
        config.max_warnings if given.max_warnings is None else given.max_warnings,
        config.redact if given.redact is None else given.redact,
        given.fail_on_no_requests or config.fail_on_no_requests,
        given.jobs or config.jobs,
        config.bases,
        {key: origins for key, origins in config.origins.items() if not is_replaced(given, key)},
    )


def is_replaced(given: Given, key: str) -> bool:
    """Whether the command line or the environment replaces what the configuration sets by a key."""
    if key == "extend-select":
        return bool(given.select)
    value = getattr(given, key.replace("-", "_"), None)
    return value not in (None, ()) and (value is not False or key == "redact")


def _outputs(given: Given, config: Config) -> tuple[Output, ...]:
    """All outputs, the main one first.

    The main output is the one of ``output_format`` and ``output_file``. If neither is given and another output goes to
    standard output, that one is the main output.
    """
    if not given.output_format and not given.output_file and any(output.file == STDOUT for output in given.output):
        return tuple(sorted(given.output, key=lambda output: output.file != STDOUT))
    file = given.output_file or STDOUT
    default = given.default_format if file == STDOUT else "text"
    return Output(given.output_format or config.output_format or default, file), *given.output


def redacts(output_format: str, choice: bool | None) -> bool:
    """Whether what is written in a format is to hold no more than excerpts of texts.

    Where there is no choice, the format decides.
    """
    return output_format in REDACTED if choice is None else choice


def shown(options: Options) -> str:
    """Options as the text of a configuration file that says the same; what none can say is in comments."""
    settings, filters = options.settings, options.filters
    lines = [f"# from {options.source.as_posix()}" if options.source else "# no configuration file"]
    lists = {
        "select": settings.select,
        "extend-select": settings.extend_select,
        "ignore": settings.ignore,
        "exclude": filters.patterns,
        "include": filters.include,
        "assume-model": filters.assume_model,
    }
    lines += [_line(options, key, list(values)) for key, values in lists.items()]
    lines.append(_line(options, "contract", settings.contract))
    lines.append(_line(options, "fail-on", options.fail_on.label))
    lines.append(_line(options, "output-format", options.outputs[0].format))
    lines += [
        f"# {output.format} is written to {_toml(output.file)}" for output in options.outputs if output.file != STDOUT
    ]
    if options.max_warnings is not None:
        lines.append(_line(options, "max-warnings", options.max_warnings))
    if options.fail_on_no_requests:
        lines.append(_line(options, "fail-on-no-requests", True))
    if options.jobs is not None:
        lines.append(_line(options, "jobs", options.jobs))
    if options.redact is not None:
        lines.append(_line(options, "redact", options.redact))
    if options.baseline:
        lines.append(_line(options, "baseline", options.baseline.as_posix()))
    lines += [_line(options, name.replace("_", "-"), getattr(settings, name)) for name in NUMBERS]
    if options.tokenizer:
        lines.append(_line(options, "tokenizer", options.tokenizer))
    severities = {selector: severity.label for selector, severity in settings.severities.items()}
    lines += _table(options, "severity", severities)
    for key, is_pattern in (("per-file-ignores", True), ("ignore-at", False)):
        table: dict[str, list[str]] = {}
        for ignore in options.ignores:
            if ignore.is_pattern is is_pattern:
                table.setdefault(ignore.place, []).append(ignore.selector)
        lines += _table(options, key, table)
    return "\n".join(lines) + "\n"


def _line(options: Options, key: str, value: object) -> str:
    return f"{key} = {_toml(value)}{_inherited(options, key)}"


def _inherited(options: Options, key: str) -> str:
    """A comment that names the files which a value comes from, if ``source`` alone does not set it."""
    files = [origin.path for origin in options.origins.get(key, ())]
    if not set(files) - {options.source}:
        return ""
    return f"  # from {' and '.join(file.as_posix() for file in files)}"


def _table(options: Options, name: str, table: Mapping[str, object]) -> list[str]:
    if not table:
        return []
    return [
        "",
        f"[{name}]{_inherited(options, name)}",
        *(f"{_toml(key)} = {_toml(value)}" for key, value in table.items()),
    ]


def _toml(value: object) -> str:
    # Texts and lists of texts are spelled in TOML as in JSON, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
