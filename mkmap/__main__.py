"""Run `python -m mkmap`."""

from mkmap.cli import main

main()
