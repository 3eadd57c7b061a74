"""Matters in which everything was done as the law asks."""
