"""Show how long work goes: a bar where a person watches, lines where the output is a log."""

import sys

from mkmap.words import _, number


class Progress:
    """A bar on stderr where a person watches; where the output is a log, a line a step on it, at once."""

    def __init__(self, *, logged: bool = False):
        self._is_logged = logged and not sys.stdout.isatty()
        self._last = ""

    def __enter__(self) -> "Progress":
        self._bar = None
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=None)
            self._bar.start()
        return self

    def __call__(self, done: int, total: int, text: str) -> None:
        if self._bar:
            self._bar.update(self._task, completed=done, total=total, description=text)
        if self._is_logged and text and text != self._last:
            self._last = text
            print(
                _("{done} of {total}: {text}").format(done=number(done), total=number(total), text=text) if total else text,
                flush=True,
            )

    def __exit__(self, *_error: object) -> None:
        if self._bar:
            self._bar.stop()
