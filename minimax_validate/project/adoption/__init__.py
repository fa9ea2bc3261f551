"""Set a repository up: what is in it, and which files make every change of it be checked."""
