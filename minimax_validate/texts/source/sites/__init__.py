"""The places of a program that ask a chat model, and what they ask it."""
