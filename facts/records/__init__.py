"""The record types as data, a folder a domain, and the one module that loads them."""
