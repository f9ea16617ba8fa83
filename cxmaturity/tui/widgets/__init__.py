"""What screens are made of: each gets values and posts messages, none knows the session."""
