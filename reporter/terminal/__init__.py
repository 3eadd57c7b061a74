"""The assessment on a terminal."""
