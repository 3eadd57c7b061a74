"""Requirements with one thing changed, and whether the examples notice.

A change that no example notices is either one that no record can notice, which z3 proves, or a
slip of the pen that would go unseen: then an example is missing.
"""
