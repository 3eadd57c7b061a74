"""From syntax to the typed tree: one module a family of syntax, and the checker they share."""
