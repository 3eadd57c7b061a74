"""Grids to drafts: which ledger a sheet is, what its columns hold, what each row says.

台账：一张表是哪本台账，每栏是什么，每行记了什么；空白台账也由它写。
"""
