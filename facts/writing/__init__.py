"""The one reader of words: how offices write numbers, days, yes, no and nothing."""
