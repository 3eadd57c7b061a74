"""Facts and rulesets in, one assessment out. Pure: no clock, no network, no user files."""
