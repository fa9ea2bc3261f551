/** The page of a rule: it has the colours that were chosen on the page of the checker. */

import { keptTheme } from "./theme";

const theme = keptTheme();
if (theme) document.documentElement.dataset["theme"] = theme;
