"""Say the number, in one sentence, with what is missing from it."""

from mkmap.ui.meeting.lettering import huge, lines, title
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import NO_NUMBER, number


def draw(view: View) -> None:
    selection = view.selection
    notes = list(filter(None, [*sentences.gaps(selection), sentences.ward_set_note(selection)]))
    huge(number(selection.total) if selection.months else NO_NUMBER, "beside_more" if notes else "number")
    title(sentences.headline(view.snapshot, selection))
    lines(notes)
