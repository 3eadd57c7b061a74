"""Report files to plain text, a module a format."""
