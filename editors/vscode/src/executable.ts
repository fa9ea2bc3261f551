/** Where the executable `minimax-validate` is. Nothing here knows VS Code. */
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

export const NAME = "minimax-validate";

/** What is known about the place where the server is to run. */
export interface Place {
  /** The setting `minimax-validate.path`. */
  setting: string;
  /** The folders of the workspace, as absolute paths. */
  folders: readonly string[];
  /** The interpreter, or the folder of the environment, that the Python extension has selected. */
  interpreter?: string | undefined;
  /** The variable `PATH`. */
  path: string;
  /** Whether programs inside the workspace may be run. */
  isTrusted: boolean;
  isWindows: boolean;
}

export interface Found {
  executable: string;
  origin: "setting" | "environment" | "PATH";
}

/** The executable to run; undefined if there is none. A setting counts alone. */
export function findExecutable(place: Place): Found | undefined {
  for (const found of candidates(place)) {
    if (isExecutable(found.executable) && (place.isTrusted || !isInside(found.executable, place.folders))) {
      return found;
    }
  }
  return undefined;
}

/** All places to look at, in their order. */
export function candidates(place: Place): Found[] {
  if (place.setting.trim()) {
    return [{ executable: expand(place.setting.trim(), place.folders), origin: "setting" }];
  }
  const found: Found[] = [];
  if (place.isTrusted) {
    if (place.interpreter) {
      for (const folder of [dirname(place.interpreter), bin(place.interpreter, place.isWindows)]) {
        found.push({ executable: join(folder, fileName(place.isWindows)), origin: "environment" });
      }
    }
    for (const folder of place.folders) {
      for (const environment of [".venv", "venv"]) {
        const executable = join(bin(join(folder, environment), place.isWindows), fileName(place.isWindows));
        found.push({ executable, origin: "environment" });
      }
    }
  }
  // A relative entry would mean a folder of whatever workspace is open.
  for (const folder of place.path.split(delimiter).filter(isAbsolute)) {
    found.push({ executable: join(folder, fileName(place.isWindows)), origin: "PATH" });
  }
  return found;
}

function fileName(isWindows: boolean): string {
  return isWindows ? `${NAME}.exe` : NAME;
}

function bin(environment: string, isWindows: boolean): string {
  return join(environment, isWindows ? "Scripts" : "bin");
}

function expand(path: string, folders: readonly string[]): string {
  const folder = folders[0] ?? homedir();
  const expanded = path.replaceAll("${workspaceFolder}", folder).replace(/^~(?=$|[\\/])/, homedir());
  return resolve(folder, expanded);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Whether a program is inside one of the folders, by its name or by where links lead. */
function isInside(program: string, folders: readonly string[]): boolean {
  return folders.some((folder) => leadsInto(folder, program) || leadsInto(real(folder), real(program)));
}

function leadsInto(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
