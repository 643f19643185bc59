"""Run `python -m mkmap`."""

from mkmap.operate.commands import main

main()
