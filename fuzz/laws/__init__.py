"""Laws that several harnesses hold the tool to."""
