"""One archive: the demo with everything it runs on, for a machine without a network."""
