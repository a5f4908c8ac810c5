"""Who speaks to whom, and what they ask, order or promise."""
