"""What guards the rulesets: examples, lint, mutants, proofs. Nothing that judges imports it.

守规则：规则集自己对不对：例子、lint、变异体、证明，和讲规则的页。判案的不用它。
"""
