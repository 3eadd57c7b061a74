"""One assessment in many clothes: terminal, JSON and documents."""
