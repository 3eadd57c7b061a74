"""An invented county: its ledgers, how they are made, and what is expected of them."""
