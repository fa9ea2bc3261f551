"""Exit codes; 0 is that nothing was found."""

FINDINGS, MISUSE, INTERRUPTED = 1, 2, 130
