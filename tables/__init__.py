"""Tables judged where they lie: declared in fazhi.yaml, read and judged by statements.

大表：声明了的表，在数据库里读、在数据库里核；一行也不丢，看不准的一律不明。
"""
