"""Records to outcomes: the reference reading, SQL and durable_rules, each outcome compared.

判定：记录到结论，两个引擎各判一遍，逐条比对；缺什么才判得了也在这里定。
"""
