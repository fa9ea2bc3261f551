"""Run the command as a module: ``python -m minimax_validate``."""

from minimax_validate.cli import main

if __name__ == "__main__":  # pragma: no branch  # nothing imports it
    main()
