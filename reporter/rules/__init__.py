"""Pages about rules, for those who write them.

规则页：讲规则的页面怎样排，给写规则的人看。
"""
