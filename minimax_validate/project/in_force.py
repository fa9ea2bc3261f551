"""The value of each setting that a run would use, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from minimax_validate.project.config import EXTEND, Origin
from minimax_validate.project.keys import KEYS, Key
from minimax_validate.project.options import Given, Options, is_replaced
from minimax_validate.values.limits import NUMBERS


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its value as JSON, None for none, and its sources.

    Those are a variable of the environment, lines of configuration files, both for lists that are added up, or nothing
    for a default.
    """

    key: Key
    value: Any
    variable: str | None
    origins: tuple[Origin, ...]


def settings_in_force(options: Options, given: Given, variable_of: Callable[[str], str | None]) -> tuple[Setting, ...]:
    """Every setting, in the order of the reference.

    ``variable_of`` gives the variable of the environment that sets the option of a name, if one does.
    """
    values = _values(options)

    def setting(key: Key) -> Setting:
        variable = variable_of(key.name.replace("-", "_"))
        origins = () if is_replaced(given, key.name) and key.name != "extend-select" else options.origins.get(key.name)
        return Setting(key, values[key.name], variable, origins or ())

    return tuple(map(setting, KEYS))


def _values(options: Options) -> Mapping[str, Any]:
    settings, filters = options.settings, options.filters
    tables: dict[bool, dict[str, list[str]]] = {True: {}, False: {}}
    for ignore in options.ignores:
        tables[ignore.is_pattern].setdefault(ignore.place, []).append(ignore.selector)
    return {
        EXTEND: options.bases[0].as_posix() if options.bases else None,
        "select": list(settings.select) or None,
        "extend-select": list(settings.extend_select),
        "ignore": list(settings.ignore),
        "severity": {selector: severity.label for selector, severity in settings.severities.items()},
        "contract": settings.contract,
        "exclude": list(filters.patterns),
        "include": list(filters.include),
        "assume-model": list(filters.assume_model),
        "fail-on": options.fail_on.label,
        "fail-on-no-requests": options.fail_on_no_requests,
        "max-warnings": options.max_warnings,
        "jobs": options.jobs,
        "output-format": options.outputs[0].format,
        "redact": options.redact,
        "baseline": options.baseline.as_posix() if options.baseline else None,
        "tokenizer": options.tokenizer,
        "per-file-ignores": tables[True],
        "ignore-at": tables[False],
        **{name.replace("_", "-"): getattr(settings, name) for name in NUMBERS},
    }
