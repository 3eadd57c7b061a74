"""Spark, in this process or behind a server: for tables too large for one machine.

The one package that imports pyspark: an optional extra, of half a gigabyte.
"""
