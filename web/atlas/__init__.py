"""The map of partner regions: outlines drawn beforehand, and where each region's mark stands."""
