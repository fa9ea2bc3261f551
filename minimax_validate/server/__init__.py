"""The language server: checks of texts while they are typed, for any editor that speaks its protocol."""
