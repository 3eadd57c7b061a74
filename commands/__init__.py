"""The commands: what is asked on the command line, a module for each kind of question.

`cli.py` is where they are entered; nobody else imports them.
"""
