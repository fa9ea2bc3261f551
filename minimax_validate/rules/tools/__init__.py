"""Rules of the tools that a request declares."""
