"""The ``coopwatch`` command: the edge where options are read and errors become messages."""
