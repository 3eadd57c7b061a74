"""What everyone speaks: values, record types, facts, outcomes, the assessment."""
