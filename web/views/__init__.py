"""The pages, one module for what belongs together.

页面：每一页给谁看什么，怎样回。
"""
