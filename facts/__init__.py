"""Bytes to facts: ledgers, the report, links between records, the working-day calendar."""
