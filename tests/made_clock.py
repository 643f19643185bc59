"""Give the tests a day of their own; moments stay those of the machine."""

from datetime import date

from mkmap.operate.clock import Clock

TODAY = date(2026, 11, 15)


def clock(today: date = TODAY) -> Clock:
    return Clock(today=lambda: today)
