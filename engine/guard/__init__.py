"""What guards the rulesets: examples, lint, mutants, proofs. Nothing that judges imports it."""
