"""What is true, given the facts: no clock, no database, no web, no randomness."""
