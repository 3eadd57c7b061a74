"""What a ruleset must be besides loadable: whole, exemplified, guarded, and read.

Each module finds one kind of fault; `run` gathers them all.
"""
