"""The assessment as documents, one module a format.

文书：评估写成网页、Word、Excel、Markdown、OSCAL，一种格式一个模块。
"""
