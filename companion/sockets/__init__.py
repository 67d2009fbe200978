"""The one socketio object, and how an event becomes a checked call."""
