"""Rulesets: requirement files as written (`files`), read (`load`) and ready to judge (`model`)."""
