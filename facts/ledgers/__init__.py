"""Grids to drafts: which ledger a sheet is, what its columns hold, what each row says."""
