"""The one reader of words: how offices write numbers, days, yes, no and nothing.

写法：数字、日子、是否、有无怎样写，台账和报告只有这一个读法。
"""
