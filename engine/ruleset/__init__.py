"""Rulesets: requirement files as written (`files`), read (`load`) and ready to judge (`model`).

规则集：要求的文件怎样写、怎样读、读好以后的样子，和存起来再读。
"""
