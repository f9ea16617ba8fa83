"""One file per place of the interface.  Only screens talk to the session."""
