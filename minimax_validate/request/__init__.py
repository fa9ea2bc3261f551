"""The request as rules see it.

``envelope`` finds it in what was given, ``index`` holds what is well formed in it, ``features`` says in one walk which
rules can matter, and ``pairing`` matches tool calls with their results.
"""
