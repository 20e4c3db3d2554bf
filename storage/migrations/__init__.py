"""Alembic's scripts: how an older schema becomes the present one."""
