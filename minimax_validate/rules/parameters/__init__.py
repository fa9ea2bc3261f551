"""Rules of the parameters beside the messages."""
