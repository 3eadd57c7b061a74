"""The language of requirements: a small, closed subset of CEL with three truth values.

Text → `parser` → syntax with columns → `check` → the typed tree of `tree`, which every engine
reads. `semantics` defines the operators on intervals and truth values.
"""
