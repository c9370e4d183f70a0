"""The acts of a whole quarter, by who does them."""
