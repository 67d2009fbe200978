"""Text to cue sheet and back: JSON, WebVTT, SRT, CSV, chapters."""
