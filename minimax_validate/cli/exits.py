"""Exit codes; 0 means that nothing was found."""

FINDINGS, MISUSE, INTERRUPTED = 1, 2, 130
