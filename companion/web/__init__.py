"""The HTTP doors: one blueprint per area."""
