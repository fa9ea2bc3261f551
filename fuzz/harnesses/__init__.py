"""The harnesses, a file each; ``fuzz.harness`` names them all."""
