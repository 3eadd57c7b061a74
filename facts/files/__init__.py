"""Bytes to cells and bytes to text: the only rooms that open what an office keeps."""
