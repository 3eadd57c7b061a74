"""What people read about rules: plain values of words and counts, laid out by `reporter.rules`."""
