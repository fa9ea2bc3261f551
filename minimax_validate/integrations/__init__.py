"""Integrations with other libraries: one module for each; import only the modules that you use."""
