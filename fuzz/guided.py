"""Run a harness under atheris, which sees what code an input reaches; it needs atheris to be installed.

``python -m fuzz.guided HARNESS SEED EXECUTIONS SECONDS FOLDER``: inputs that fail come into the folder. ``fuzz``
runs it as a process of its own, because libFuzzer ends the process that it runs in.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["minimax_validate"]):
    from fuzz.campaign import LONGEST, PATIENCE, failure_of
    from fuzz.harness import load
    from fuzz.known import known
    from fuzz.mutate import mutated


def main() -> None:
    """Run until a limit is reached or something fails."""
    name, seed, executions, seconds, folder = sys.argv[1:]
    with atheris.instrument_imports(include=["minimax_validate"]):
        harness = load(name)
        seeds = harness.seeds()

    def run(data: bytes) -> None:
        failure = failure_of(harness, data)
        if failure and known(name, failure) is None:
            raise RuntimeError(failure)

    def mutator(data: bytes, most: int, number: int) -> bytes:
        return mutated(data, seeds, Random(number), is_json=harness.is_json, most=most)

    with tempfile.TemporaryDirectory() as corpus:
        for index, data in enumerate(seeds):
            Path(corpus, str(index)).write_bytes(data)
        options = (f"-runs={executions}", f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={LONGEST}")
        where = (f"-artifact_prefix={folder}/", f"-timeout={2 * PATIENCE}", "-print_final_stats=1", "-verbosity=0")
        atheris.Setup([sys.argv[0], *options, *where, corpus], run, custom_mutator=mutator)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
