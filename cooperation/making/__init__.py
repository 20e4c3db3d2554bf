"""Commands that make the data files; never needed to run the program."""
