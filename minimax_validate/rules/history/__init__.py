"""Rules of the tool history: calls, and the results that answer them."""
