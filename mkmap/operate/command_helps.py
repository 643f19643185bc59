"""Say what commands are for in the language of whoever asks: they were declared before anybody was spoken to."""

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from mkmap.words import _


def spoken(app: typer.Typer) -> TyperCommand | TyperGroup:
    """The commands, whose helps are messages, with these translated."""
    command = typer.main.get_command(app)
    assert isinstance(command, TyperCommand | TyperGroup)
    _translate(command)
    return command


def _translate(command: TyperCommand | TyperGroup) -> None:
    for part in (command, *command.params):
        if isinstance(part, TyperCommand | TyperGroup | TyperArgument | TyperOption) and part.help:
            part.help = _(part.help)
    for one in command.commands.values() if isinstance(command, TyperGroup) else ():
        assert isinstance(one, TyperCommand | TyperGroup)
        _translate(one)
