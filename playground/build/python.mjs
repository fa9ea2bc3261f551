// Makes the one archive with all that Python runs in the browser: the part of the standard library that is used, the
// library, what it depends on, and what the page asks of them. Everything is compiled for Pyodide's Python, by itself.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync, zipSync } from "fflate";
import { loadPyodide } from "pyodide";

const here = fileURLToPath(new URL("..", import.meta.url));
const python = process.env.PYTHON ?? "python3";

// Parts of the standard library that neither the library nor Pyodide's own start ever imports.
const UNUSED = new Set(
  `_pydatetime _pyio _pyrepl _strptime _sysconfigdata__emscripten_wasm32-emscripten antigravity argparse bdb
  cProfile calendar cmd colorsys compileall configparser csv ctypes
  curses dbm doctest email ensurepip fileinput filecmp ftplib getopt gettext html http idlelib imaplib lib2to3 mailbox
  modulefinder multiprocessing netrc nturl2path optparse pdb pickle pickletools plistlib poplib profile pstats pty pyclbr pydoc
  pydoc_data quopri rlcompleter sched shelve smtplib socketserver sqlite3 ssl _ssl statistics symtable tabnanny
  tarfile   test this timeit tkinter tomllib trace tracemalloc tty turtle turtledemo unittest venv wave webbrowser wsgiref xml
  xmlrpc zipapp zoneinfo __hello__ __phello__`.split(/\s+/),
);
// Text is UTF-8 here, and zip files name their members in cp437.
const ENCODINGS = new Set(["__init__", "aliases", "ascii", "cp437", "idna", "latin_1", "utf_8", "utf_8_sig",
  "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be"]);
// Parts of the packages that serve the command, test runs and files.
const LEFT_OUT = [
  /(^|\/)(tests?|benchmarks|__pycache__)\//,
  /\.(so|pyi|typed|exe)$/,
  /^_yaml\//,
  /^pytest_minimax_validate\.py$/,
  /^minimax_validate\/(cli|integrations|strategies|server)\//,
  /^minimax_validate\/(__main__|testing)\.py$/,
  /^jsonschema\/(cli|__main__)\.py$/,
  /\.dist-info\/(?!METADATA$)/,
];

function pip(...args) {
  execFileSync(python, ["-m", "pip", "--disable-pip-version-check", "--quiet", ...args], {
    stdio: ["ignore", "inherit", "inherit"],
  });
}

/** The wheels of what the library needs, kept until their list changes. */
function dependencies() {
  const list = join(here, "python/requirements.txt");
  const kept = join(here, "node_modules/.cache/wheels", createHash("sha256").update(readFileSync(list)).digest("hex"));
  if (!existsSync(kept)) {
    const folder = `${kept}.part`;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    // Any platform will do: what is compiled is left out.
    pip("download", "--no-deps", "--only-binary", ":all:", "--python-version", "3.14", "--platform",
      "manylinux_2_17_x86_64", "--platform", "manylinux_2_28_x86_64", "--dest", folder, "--requirement", list);
    renameSync(folder, kept);
  }
  return readdirSync(kept).map((name) => join(kept, name));
}

/** The wheel of the checkout that this folder is in. */
function project() {
  const folder = mkdtempSync(join(tmpdir(), "wheel-"));
  try {
    pip("wheel", "--no-deps", "--wheel-dir", folder, join(here, ".."));
    return readFileSync(join(folder, readdirSync(folder)[0]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function standardLibrary() {
  const files = unzipSync(readFileSync(join(here, "node_modules/pyodide/python_stdlib.zip")));
  return Object.entries(files).filter(([path]) => {
    const top = path.split("/")[0].replace(/\.py$/, "");
    const encoding = /^encodings\/(\w+)\.py$/.exec(path);
    return !path.endsWith("/") && !UNUSED.has(top) && (!encoding || ENCODINGS.has(encoding[1]));
  });
}

function own(folder, prefix = "") {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? entry.name === "__pycache__" ? [] : own(join(folder, entry.name), `${prefix}${entry.name}/`)
      : entry.name.endsWith(".py") ? [[prefix + entry.name, readFileSync(join(folder, entry.name))]] : [],
  );
}

export async function pythonArchive() {
  const wheels = [...dependencies().map((path) => readFileSync(path)), project()];
  const packages = wheels.flatMap((wheel) => Object.entries(unzipSync(wheel)));
  const wanted = packages.filter(([path]) => !path.endsWith("/") && !LEFT_OUT.some((pattern) => pattern.test(path)));
  const files = [...standardLibrary(), ...wanted, ...own(join(here, "python"))];
  const pyodide = await loadPyodide();
  const compile = pyodide.runPython(`
import marshal
from importlib.util import MAGIC_NUMBER

def compiled(path, source):
    # Rules need their docstrings; what others wrote does without.
    optimize = 0 if path.startswith("minimax_validate/") else 2
    code = compile(source.to_bytes(), "/lib/python314.zip/" + path, "exec", dont_inherit=True, optimize=optimize)
    # A hash that is not looked at: there is no source beside it.
    return MAGIC_NUMBER + b"\\x01\\0\\0\\0" + bytes(8) + marshal.dumps(code)

compiled
`);
  const archive = {};
  for (const [path, content] of files) {
    if (path.endsWith(".py")) {
      const buffer = compile(path, Uint8Array.from(content)); // a Buffer of Node is refused
      archive[`${path}c`] = buffer.toJs();
      buffer.destroy();
    } else {
      archive[path] = content;
    }
  }
  return zipSync(archive, { level: 9, mtime: "2020-01-01" });
}
