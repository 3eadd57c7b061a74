"""Bytes to cells and bytes to text: the only rooms that open what an office keeps.

文件：字节到格子、到文字，一种格式一个模块；用户的文件只在这里打开。
"""

import os

# What defusedxml keeps out is refused when an archive is opened (`facts.files.archive`). Where
# something else has it installed, openpyxl would parse every element in Python.
os.environ.setdefault("OPENPYXL_DEFUSEDXML", "False")
