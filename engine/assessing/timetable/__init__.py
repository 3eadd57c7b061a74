"""Timetables: the lawful days of the steps still to come, found by judging one day after another.

No period is written here: a day is lawful where the requirements say so.
"""
