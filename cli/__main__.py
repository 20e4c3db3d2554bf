"""``python -m cli``: the same as ``coopwatch``, for processes started by the program itself."""

from cli.main import main

main()
