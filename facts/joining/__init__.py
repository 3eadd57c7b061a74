"""Drafts to records: rows joined by key, lists closed or open, links, generated subjects.

接合：行合成记录，挂上级，连别的台账，清单封闭没有；造出本地、单位、人员年度。
"""
