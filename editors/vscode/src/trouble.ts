/** Why there is no server, and what to do about it. Nothing here knows VS Code. */
import { spawn } from "node:child_process";

export const INSTALL = "pip install 'minimax-validate[server]'";

export interface Trouble {
  kind: "not-found" | "no-extra" | "too-old" | "other";
  message: string;
}

/** What to say if no executable was found. */
export function notFound(setting: string, isTrusted: boolean): Trouble {
  if (setting.trim()) {
    return { kind: "not-found", message: `The setting minimax-validate.path is not an executable program: ${setting.trim()}` };
  }
  const untrusted = isTrusted ? "" : " Python environments in this workspace are used once it is trusted.";
  return { kind: "not-found", message: `minimax-validate was not found. To install it, run: ${INSTALL}.${untrusted}` };
}

/** What keeps a server from running, by running it without an editor: the message on its standard error says so. */
export async function diagnose(executable: string, environment: NodeJS.ProcessEnv = process.env): Promise<Trouble> {
  const said = await standardError(executable, environment);
  if (said.includes("minimax-validate[server]") || said.includes("needs the extra server")) {
    return { kind: "no-extra", message: `${executable} is installed without the extra server. To install it, run: ${INSTALL}` };
  }
  if (said.includes("No such command")) {
    return { kind: "too-old", message: `${executable} is too old: it has no language server. To update it, run: ${INSTALL} --upgrade` };
  }
  const last = said.trim().split("\n").at(-1) ?? "";
  return { kind: "other", message: `${executable} did not start.${last ? ` Its last message: ${last.slice(0, 200)}` : ""}` };
}

function standardError(executable: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((done) => {
    const child = spawn(executable, ["server"], { stdio: ["ignore", "ignore", "pipe"], timeout: 10_000, env });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.on("error", (error) => done(error.message));
    child.on("close", () => done(said));
  });
}
