"""Forms that offices have to fill in or to export: what their headers mean, as data.

表式：国家和上级统一的表、各地通行的表，各列是什么，都是数据。
"""
