"""Check on several cores: what a run is cut into, the processes that check it, and the order of what they find."""
