"""What requests in programs cost, and how much is said of them: ``python -m benchmarks.source``.

A tree of programs that never name the model is walked with their readers and, by ``exclude``, without; one program with
one call is checked beside the same request as JSON, as whole processes; and of requests with holes it is counted how
many of the findings that can be seen are said.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

from benchmarks.ratio import HEADER, compare

ROOT = Path(__file__).parents[1]
MANIFESTS, PROGRAMS, FOLDERS = 2_000, 2_000, 50
DRAWS = 1_000

_MANIFEST = {"name": "harbour-lights", "dependencies": {f"package-{number}": f"^{number}.0.0" for number in range(20)}}
_PROGRAM = "\n".join(
    f"export async function lamp{number}(env: Env, colour: string) {{\n"
    f"  const answer = await env.AI.run('@cf/x/y', {{ messages: [{{ role: 'user', content: colour }}] }})\n"
    f"  return answer.response ?? {number}\n}}\n"
    for number in range(20)
)
_REQUEST = {
    "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Which lamps are lit?"}],
    "max_tokens": 500,
}
_CALL = """\
const MODEL = 'minimax/m2.7'

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const messages = [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: await request.text() }]
    return Response.json(await env.AI.run(MODEL, { messages, max_tokens: 500 }))
  },
}
"""


def main() -> None:
    """Print the table."""
    print(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        _plant(Path(folder))
        walk = [sys.executable, "-m", "minimax_validate", "check", folder, "--isolated"]
        without = [*walk, "--exclude", "*.ts"]
        ratio = compare(lambda: _run(walk), lambda: _run(without), rounds=9, seconds=0)
        print(ratio.row(f"walk, {MANIFESTS:,} .json, {PROGRAMS:,} .ts / without .ts", 1.3))
    with tempfile.TemporaryDirectory() as folder:
        program, request = Path(folder) / "one.ts", Path(folder) / "one.json"
        program.write_text(_CALL, "utf-8")
        request.write_text(json.dumps(_REQUEST, indent=2), "utf-8")
        check = [sys.executable, "-m", "minimax_validate", "check", "--isolated"]
        ratio = compare(
            lambda: _run([*check, str(program)]), lambda: _run([*check, str(request)]), rounds=15, seconds=0
        )
        print(ratio.row("check one.ts / check one.json", 1.3))
    kept, visible, false = _said()
    print(f"{'findings said in spite of holes':<46} {kept:>9} {visible:>9}   {kept / visible:5.2f}  (at least 0.75)")
    print(f"{'findings said that are false':<46} {false:>9}")


def _plant(root: Path) -> None:
    """A tree of manifests and of programs that ask other models."""
    for number in range(FOLDERS):
        (root / f"folder-{number}").mkdir()
    manifest = json.dumps(_MANIFEST, indent=2)
    for number in range(max(MANIFESTS, PROGRAMS)):
        folder = root / f"folder-{number % FOLDERS}"
        if number < MANIFESTS:
            (folder / f"{number}.json").write_text(manifest, "utf-8")
        if number < PROGRAMS:
            (folder / f"{number}.ts").write_text(_PROGRAM, "utf-8")


def _said() -> tuple[int, int, int]:
    """Findings that are said, those that can be seen, and false ones, in the draws of the property test."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "property")]
    from test_holes import drawn

    found = [drawn(number) for number in Random(0).sample(range(10 * DRAWS), DRAWS)]
    return sum(one.kept for one in found), sum(one.visible for one in found), sum(len(one.false) for one in found)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
