"""The notation of JSON.

Where things are in a text, which keys come again, what is wrong with it, and how edits are written.
"""
