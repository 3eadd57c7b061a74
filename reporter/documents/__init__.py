"""The assessment as documents, one module a format."""
