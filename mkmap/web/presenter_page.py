"""Write the page of the phone that moves a hall's slides: small, without Streamlit, and of use without a script."""

from html import escape

from mkmap.database.meetings import Meeting
from mkmap.view import slides
from mkmap.view.deck import Deck
from mkmap.view.screens import Screen
from mkmap.view.slides import Slide
from mkmap.view.speaker_notes import notes
from mkmap.view.view import View
from mkmap.words import _, language

OVER = "over"  # the version of a meeting that is no more
STYLES = """
:root { color-scheme: light dark; --ink: light-dark(#1b1f24, #eceff2); --ground: light-dark(#fff, #12161b);
    --soft: light-dark(#f3f5f7, #1d232b); --blue: light-dark(#005a9c, #1f78bd); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 40rem; padding: 1rem; font: 1.125rem/1.4 sans-serif; color: var(--ink); background: var(--ground); }
main { display: flex; flex-direction: column; gap: 1rem; min-height: calc(100dvh - 2rem); }
h1 { font-size: 1.6rem; line-height: 1.2; margin: .2rem 0; }
p, ul { margin: 0; overflow-wrap: anywhere; } .next p { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; } ul { padding-left: 1.2rem; } li { margin-bottom: .5rem; }
.where { display: flex; justify-content: space-between; font-variant-numeric: tabular-nums; }
.next { background: var(--soft); border-radius: .4rem; padding: .7rem .9rem; }
.moves { display: grid; grid-template-columns: 1fr 2fr; gap: .7rem; margin-top: auto; position: sticky; bottom: 0; padding: .6rem 0; background: var(--ground); }
button { font: inherit; width: 100%; min-height: 3rem; border-radius: .4rem; border: 1px solid var(--blue); background: none; color: inherit; }
.moves button { min-height: 4.5rem; font-size: 1.3rem; }
button.main { background: var(--blue); color: #fff; font-weight: 600; }
button[disabled] { opacity: .45; }
details form { display: grid; gap: .5rem; padding-top: .5rem; } summary { padding: .6rem 0; }
#off { background: #8a1c1c; color: #fff; padding: .8rem; border-radius: .4rem; margin: 0 0 1rem; }
#off[hidden] { display: none; }
"""


def page(view: View, deck: Deck, slide: Slide | None, meeting: Meeting, proof: str) -> str:
    """What is on the screen, what comes next, the notes, the time, and the moves."""
    begun = meeting.begun_at.isoformat() if meeting.begun_at else ""
    body = "".join(
        [_where(deck, slide), _now(view, slide), _next(view, deck, slide), _blank(slide, meeting, proof), _all(deck, slide, meeting, proof),
         _moves(deck, slide, meeting, proof)]
    )  # fmt: skip
    off = _("No connection: the phone is off. The keys on the computer still work.")
    return _whole(
        _("Move the slides"),
        f'<p id="off" role="alert" hidden>{escape(off)}</p>'
        f'<main data-version="{meeting.version}" data-begun="{escape(begun)}">{body}</main><script src="/meeting/hall.js"></script>',
    )


def question(code: str) -> str:
    """Whether this phone is to move the slides: a program that only looks at a link must not take the one place."""
    return _message(
        _("Move the slides with this phone?"),
        _("Only one phone can. This code then works no more."),
        f'<form method="post" action="/presenter/take"><input type="hidden" name="code" value="{escape(code)}">'
        f'<button class="main">{escape(_("Use this phone"))}</button></form>',
    )


def over() -> str:
    return _message(
        _("This phone moves no slides"),
        _(
            "The meeting is over, another phone has taken its place, or no code was scanned. The keys on the computer still work."
        ),
    )


def refused(why: str) -> str:
    return _message(_("This phone moves no slides"), why)


def _where(deck: Deck, slide: Slide | None) -> str:
    place = deck.place(slide) if slide else _("Not begun")
    time, running = escape(_("Time")), escape(_("Running"))
    return f'<p class="where"><b>{escape(place)}</b><span>{time} <b id="clock">–</b></span><span>{running} <b id="running">–</b></span></p>'


def _now(view: View, slide: Slide | None) -> str:
    if slide is None:
        return f"<h1>{escape(_('The hall sees nothing yet'))}</h1>"
    items = "".join(f"<li>{escape(note)}</li>" for note in notes(view, slide))
    return f"<h1>{escape(slides.names()[slide])}</h1><ul>{items}</ul>"


def _next(view: View, deck: Deck, slide: Slide | None) -> str:
    if slide is deck.last:
        return f'<p class="next">{escape(_("This is the last slide."))}</p>'
    following = deck.following(slide) if slide else deck.first
    head = escape(_("Next: {slide}").format(slide=slides.names()[following]))
    return f'<div class="next"><b>{head}</b><p>{escape(notes(view, following)[0])}</p></div>'


def _blank(slide: Slide | None, meeting: Meeting, proof: str) -> str:
    if slide is None:
        return ""
    is_blank = meeting.position.screen == Screen.BLANK
    label = _("Show the slide again") if is_blank else _("Blank the screen")
    return _form(_fields(meeting, proof, Screen.SLIDE if is_blank else Screen.BLANK) + _button(slide, label))


def _all(deck: Deck, slide: Slide | None, meeting: Meeting, proof: str) -> str:
    buttons = "".join(_button(other, slides.names()[other], is_off=other is slide) for other in deck.slides)
    return f"<details><summary>{escape(_('All slides'))}</summary>{_form(_fields(meeting, proof) + buttons)}</details>"


def _moves(deck: Deck, slide: Slide | None, meeting: Meeting, proof: str) -> str:
    back, following = (deck.preceding(slide), deck.following(slide)) if slide else (deck.first, deck.first)
    buttons = _button(back, _("Back"), is_off=slide in (None, deck.first)) + _button(
        following, _("Next"), is_off=slide is deck.last, is_main=True
    )
    return f'<form class="moves" method="post" action="/presenter/move">{_fields(meeting, proof)}{buttons}</form>'


def _form(fields: str) -> str:
    return f'<form method="post" action="/presenter/move">{fields}</form>'


def _fields(meeting: Meeting, proof: str, screen: Screen = Screen.SLIDE) -> str:
    given = {"proof": proof, "version": str(meeting.version), "screen": screen}
    return "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in given.items())


def _button(slide: Slide, label: str, *, is_off: bool = False, is_main: bool = False) -> str:
    state = " disabled" if is_off else ""
    kind = ' class="main"' if is_main else ""
    return f'<button name="slide" value="{escape(slide)}"{kind}{state}>{escape(label)}</button>'


def _message(head: str, text: str, more: str = "") -> str:
    return _whole(head, f'<main data-version="{OVER}"><h1>{escape(head)}</h1><p>{escape(text)}</p>{more}</main>')


def _whole(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{language().split("_")[0]}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{STYLES}</style></head><body>{body}</body></html>"
    )
