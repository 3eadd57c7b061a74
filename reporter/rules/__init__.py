"""Pages about rules, for those who write them."""
