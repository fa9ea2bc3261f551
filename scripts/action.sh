#!/usr/bin/env bash
# What action.yml runs: installs minimax-validate from the action's own folder into an environment of its own, and checks.
# The inputs come as variables INPUT_*; GITHUB_* and RUNNER_TEMP are those of the runner. Whatever minimax-validate exits with is the
# output exit-code: this script itself fails only if there is nothing to run.
set -euo pipefail

fail() {
  echo "::error title=minimax-validate::$1"
  exit 2
}

# Prints the first Python that is new enough.
find_python() {
  local candidate
  for candidate in python3 python python3.13 python3.12 python3.11; do
    if "$candidate" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

# Adds each line of a text that is not blank, without white space around it, to the array `words`.
words=()
add_lines() {
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    line=${line#"${line%%[![:space:]]*}"}
    line=${line%"${line##*[![:space:]]}"}
    if [ -n "$line" ]; then
      words+=("$line")
    fi
  done <<<"$1"
}

python=$(find_python) || fail "Python 3.11 or newer was not found; set the input python-version to install it"
# -I: Python must not import modules from the directory that is checked.
scratch=$(mktemp -d "$RUNNER_TEMP/minimax-validate.XXXXXX")
"$python" -I -m venv "$scratch/venv"
bin=$scratch/venv/bin
if [ ! -d "$bin" ]; then
  bin=$scratch/venv/Scripts # Windows
fi
# The extra source reads TypeScript and JavaScript, which a walk would skip without it.
"$bin/python" -I -m pip install --quiet --disable-pip-version-check "${GITHUB_ACTION_PATH}[source]"

command=("$bin/minimax-validate" check --output-format github)
# An option and its value are one word, so that a value may begin with a dash.
[ -z "${INPUT_SELECT:-}" ] || command+=("--select=$INPUT_SELECT")
[ -z "${INPUT_IGNORE:-}" ] || command+=("--ignore=$INPUT_IGNORE")
[ -z "${INPUT_CONFIG:-}" ] || command+=("--config=$INPUT_CONFIG")
[ -z "${INPUT_BASELINE:-}" ] || command+=("--baseline=$INPUT_BASELINE")
[ -z "${INPUT_FAIL_ON:-}" ] || command+=("--fail-on=$INPUT_FAIL_ON")
[ -z "${INPUT_MAX_WARNINGS:-}" ] || command+=("--max-warnings=$INPUT_MAX_WARNINGS")
[ "${INPUT_FAIL_ON_NO_REQUESTS:-false}" != true ] || command+=(--fail-on-no-requests)

summary=
if [ "${INPUT_SUMMARY:-true}" = true ]; then
  summary=$scratch/summary.md
  command+=("--output=markdown=$summary")
fi

sarif=${INPUT_SARIF_FILE:-}
if [ -z "$sarif" ] && [ "${INPUT_SARIF:-false}" = true ]; then
  sarif=$scratch/minimax-validate.sarif
fi
case $sarif in
  '' | /* | [A-Za-z]:[/\\]*) ;;
  *) sarif=$PWD/$sarif ;;
esac
case $sarif in
  *[$'\r\n']*) fail "the input sarif-file must be a single line" ;;
esac
[ -z "$sarif" ] || command+=("--output=sarif=$sarif")

add_lines "${INPUT_ARGS:-}"
command+=(${words[@]+"${words[@]}"})
words=()
add_lines "${INPUT_PATHS:-.}"
command+=(-- ${words[@]+"${words[@]}"})

code=0
"${command[@]}" 2>"$scratch/messages" || code=$?
# Findings are commands to the runner. The prefix keeps other messages from becoming commands, even if a file has such a name.
sed 's/^/| /' "$scratch/messages"

if [ -n "$summary" ] && [ -f "$summary" ]; then
  # A summary of more than a mebibyte is refused as a whole.
  most=1000000
  head -c "$most" "$summary" >>"$GITHUB_STEP_SUMMARY"
  if [ "$(wc -c <"$summary")" -gt "$most" ]; then
    printf '\n\nThe summary is incomplete. The log contains all findings.\n' >>"$GITHUB_STEP_SUMMARY"
  fi
fi
[ -f "$sarif" ] || sarif=
printf 'exit-code=%s\nsarif-file=%s\n' "$code" "$sarif" >>"$GITHUB_OUTPUT"
