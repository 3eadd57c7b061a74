"""Records to outcomes: the reference reading, SQL and durable_rules, each outcome compared."""
