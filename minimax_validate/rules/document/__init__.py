"""Rules of the document: whether there is a text to read, and a request in it."""
