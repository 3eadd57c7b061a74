"""The XML of archives: the standard library's parser, which asks for nothing outside the text.

What makes it grow without end are entities, and these need a document type: `open_archive` refuses
any part that is markup and has one, before a parser sees it.
"""

from xml.etree.ElementTree import (
    Element,
    ParseError,
    fromstring,
    iterparse,
)

__all__ = ["Element", "ParseError", "fromstring", "iterparse"]
