"""An office's own rules: the folders it keeps them in, and what they add to the record types.

本地规则：办公室自己的规则放在哪里，给台账加了什么。
"""
