/** Light or dark: as the system has it, until somebody chooses. */

const KEY = "theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** What somebody chose, if anybody did. */
export function keptTheme(): "light" | "dark" | undefined {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : undefined;
  } catch {
    return undefined; // storage is switched off
  }
}

function keep(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // storage is switched off: the choice lasts as long as the page
  }
}

export function setUpTheme(button: HTMLButtonElement): void {
  const root = document.documentElement;
  const isDark = () => (root.dataset["theme"] ? root.dataset["theme"] === "dark" : dark.matches);
  const show = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", isDark() ? "Light colors" : "Dark colors");
  };
  const kept = keptTheme();
  if (kept) root.dataset["theme"] = kept;
  button.onclick = () => {
    root.dataset["theme"] = isDark() ? "light" : "dark";
    keep(root.dataset["theme"]);
    show();
  };
  dark.addEventListener("change", show);
  show();
}
