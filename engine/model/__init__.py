"""What everyone speaks: values, record types, facts, outcomes, the assessment.

模型：各块都说的话：值、记录类型、事实、结论、评估。不知道别的房间。
"""
