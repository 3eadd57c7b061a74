"""The record types as data, a folder a domain, and the one module that loads them.

记录类型：每种台账有哪些栏、怎样认、怎样连，都是数据，一个领域一个文件夹。
"""
