"""Files to drafts: each file read by its kind, each sheet recognised, each row drafted.

收件：每个文件按种类读，每张表认出来，每行起草；看不了的说为什么。
"""
