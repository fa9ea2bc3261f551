"""JSON Schema: the vendor's contract, and the schemas that requests bring along.

``bundle`` knows where the bundled schemas are, ``contract`` says whether a request keeps the vendor's, ``faults`` finds
what is wrong with a schema, and ``embedded`` holds a value against one. ``engines`` makes the two engines speak alike.
"""
