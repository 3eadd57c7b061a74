"""A whole city with faults planted in it, written from the articles alone.

`lawful/` builds records in which everything was done as the law asks; `faults/` breaks one of
them at a time, each script with its article in the docstring, and declares the finding that
must follow; `untidy` writes all of it as the xlsx files that offices really keep. Nothing here
knows the program: import-linter refuses an import of engine, facts, reporter, cli or rulesets.
"""
