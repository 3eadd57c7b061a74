"""The assessment on a terminal.

终端：评估、报告数字、比上次在终端怎样排，和命令行的中文。
"""
