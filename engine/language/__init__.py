"""The language of requirements: a small, closed subset of CEL with three truth values.

语言：要求的式子从文字到语法树，照记录类型检查；算符的意思、惟一的标准写法。

Text → `parser` → syntax with columns → `check` → the typed tree of `tree`, which every engine
reads. `semantics` defines the operators on intervals and truth values.
"""
