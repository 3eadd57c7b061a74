"""Proofs about requirements with z3: the only package that imports it.

The language is encoded as in `engine.language.semantics`, three-valued and with intervals, over
facts that may be anything an example can say. Lists have a bounded number of elements, working
days are bounded from the calendar and made exact where a model uses them. Whatever is found is
rebuilt as an example and judged by the reference before anybody sees it.
"""
