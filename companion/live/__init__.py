"""The Socket.IO doors: one module per topic."""
