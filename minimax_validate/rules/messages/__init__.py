"""Rules of the messages: what the model never gets to see, or sees otherwise than it was meant."""
