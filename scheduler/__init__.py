"""When things happen: which source is due, and the processes that do the visits."""
