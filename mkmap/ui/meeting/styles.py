"""Lay a slide out: everything in proportion to the screen, so that nothing scrolls and the back row reads it.

`--u` is a hundredth of the screen's width, or of the width that its height is made for; 2.2 of them are 28 pixels at 1280 by 720.
"""

STYLES = """<style>
.stApp {
    --u: min(1vw, 1.7778vh); --text: calc(2.2 * var(--u)); --foot: calc(9.6 * var(--u)); --side: calc(3 * var(--u)); --zoom: 1;
}
.stApp:has(.st-key-hall_pause) { --foot: calc(11.4 * var(--u)); } /* one button more, and the source takes one line more */
/* Nothing around the slide, and nothing on it that a hand slips on. */
.stApp [data-testid="stHeader"], .stApp [data-testid="stSidebar"], .stApp [data-testid="stStatusWidget"],
.stApp [data-testid="stElementToolbar"], .stApp [class*="gl-ctrl"], .stApp .vega-embed details { display: none; }
.stApp .st-key-hall_where, .stApp .st-key-hall_interval { pointer-events: none; }
.stApp .stMainBlockContainer { padding: 0; }
.stApp [class*="st-key-slide_"] [data-stale="true"] { visibility: hidden; } /* what is left of the slide before, for a blink */

/* The slide, and below it the line that it rests on with what moves it. */
.stApp [class*="st-key-slide_"] {
    position: fixed; inset: 0 0 var(--foot) 0; padding: calc(1.6 * var(--u)) var(--side); gap: calc(1.3 * var(--u));
    justify-content: safe center; flex-wrap: nowrap;
}
.stApp .st-key-hall_foot {
    position: fixed; inset: auto 0 0 0; height: var(--foot); padding: 0 var(--side); gap: calc(2 * var(--u));
    align-items: center; flex-wrap: nowrap; border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent);
}
.stApp .st-key-hall_foot > .stElementContainer { flex: 1 1 0; min-width: 0; }
.stApp .st-key-hall_foot [data-testid="stCaptionContainer"], .stApp .st-key-hall_foot [data-testid="stCaptionContainer"] p {
    color: inherit; opacity: 1;
}
:is([class*="st-key-slide_"], .st-key-hall_foot, .st-key-hall_notes, .st-key-hall_keys) [data-testid="stMarkdownContainer"],
.stApp .st-key-hall_foot [data-testid="stCaptionContainer"] { margin: 0; }
.stApp :is([class*="st-key-slide_"], .st-key-hall_foot, .st-key-hall_notes, .st-key-hall_keys) :is(p, li, td, th, .stText, kbd) {
    font-size: var(--text); line-height: 1.25; margin: 0;
}
.stApp [class*="st-key-slide_"] p { max-width: 46em; }
.stApp [class*="st-key-slide_"] .stText { font-family: inherit; white-space: normal; overflow-wrap: anywhere; max-width: 46em; }
.stApp [class*="st-key-hall_typed"] .stText { font-weight: 600; }
.stApp [class*="st-key-hall_title"] h1 { line-height: 1.2; padding: 0; max-width: 32em; text-wrap: balance; }
.stApp .st-key-hall_title_few h1 { font-size: calc(3.8 * var(--u)); }
.stApp .st-key-hall_title_some h1 { font-size: calc(3.1 * var(--u)); }
.stApp .st-key-hall_title_many h1 { font-size: var(--text); max-width: 46em; }
.stApp .stVerticalBlock [class*="st-key-hall_huge"] p { font-weight: 700; line-height: 1; font-variant-numeric: tabular-nums; }
.stApp .stVerticalBlock .st-key-hall_huge_number p { font-size: calc(18 * var(--u)); }
.stApp .stVerticalBlock .st-key-hall_huge_verdict p { font-size: calc(8 * var(--u)); }
.stApp .stVerticalBlock :is(.st-key-hall_huge_police, .st-key-hall_huge_residents) p { font-size: calc(13 * var(--u)); }
.stApp .stVerticalBlock:is(.st-key-slide_limits, .st-key-hall_ways) :is(p, .stText) { font-size: calc(2.5 * var(--u)); }

/* What moves the slides: small, at the edge; the keys' own buttons are seen where a keyboard reaches them. */
.stApp .st-key-hall_foot > div:has(> .st-key-hall_controls) { flex: none; width: auto; }
.stApp .st-key-hall_controls { width: auto; align-items: center; flex-wrap: nowrap; gap: calc(1.8 * var(--u)); }
.stApp .st-key-hall_controls > * { flex: none; width: auto; }
.stApp .st-key-hall_controls :is(a, button) { padding: 0; min-height: 0; background: none; }
.stApp .st-key-hall_controls :is(p, span) { white-space: nowrap; overflow: visible; }
.stApp .st-key-hall_controls kbd { display: none; }
.stApp:has(.st-key-slide_number) .st-key-hall_next kbd { display: inline; border: 0; background: none; padding: 0; }
.stApp .st-key-hall_foot > div:has(> .st-key-hall_keys) { position: fixed; width: 0; height: 0; }
.stApp .st-key-hall_keys { position: fixed; inset: 0 0 auto auto; width: auto; padding: var(--u) var(--side); z-index: 10; }
.stApp .st-key-hall_keys:not(:focus-within), .stApp .st-key-hall_table {
    position: fixed; inset: 0 auto auto 0; clip-path: inset(50%); width: 1px; height: 1px; padding: 0; overflow: hidden;
}
.stApp .st-key-hall_keys button { background: canvas; padding: calc(.5 * var(--u)) var(--u); }
.stApp .st-key-hall_notes { position: fixed; inset: auto var(--side) var(--foot) var(--side); width: auto; z-index: 5; }

/* The map is as high as the slide. */
.stApp [class*="st-key-slide_"] > div:has(> .st-key-hall_where) { flex: 1 1 0; min-height: 0; position: relative; }
.stApp .st-key-hall_where { position: absolute; inset: 0; align-items: center; gap: calc(3 * var(--u)); flex-wrap: nowrap; }
.stApp .st-key-hall_where > .stElementContainer:first-child { flex: 0 0 calc(42 * var(--u)); height: 100%; }
.stApp .st-key-hall_where .stDeckGlJsonChart { zoom: var(--zoom); height: 100% !important; width: 100% !important; }
.stApp .st-key-hall_where > div:has(> .st-key-hall_beside) { flex: 1 1 0; min-width: 0; }
.stApp .st-key-hall_beside { gap: calc(2.4 * var(--u)); }
.stApp .st-key-hall_beside .st-key-hall_title_few h1 { font-size: calc(3.1 * var(--u)); }
.stApp .st-key-hall_beside .st-key-hall_title_some h1 { font-size: calc(2.6 * var(--u)); }
.stApp .hall-legend ul { list-style: none; margin: 0 0 calc(1.6 * var(--u)); padding: 0; }
.stApp .hall-legend .sizes { display: flex; flex-wrap: wrap; gap: calc(2 * var(--u)); }
.stApp .hall-legend li { display: flex; align-items: center; gap: calc(.8 * var(--u)); overflow-wrap: anywhere; }
.stApp .hall-legend i { flex: none; border-radius: 50%; opacity: .85; zoom: var(--zoom); }

.stApp .st-key-hall_interval { position: relative; flex: none; height: calc(12 * var(--u)); min-height: 0; }
.stApp .st-key-hall_interval > .stElementContainer { position: absolute; inset: 0; height: auto; min-height: 0; }
.stApp .st-key-hall_interval :is(.stFullScreenFrame, .stFullScreenFrame > div, .stVegaLiteChart) { height: 100% !important; min-height: 0; }

.stApp .st-key-hall_wards :is(td, th) { padding: calc(.35 * var(--u)) calc(1.2 * var(--u)) calc(.35 * var(--u)) 0; color: inherit; }
.stApp .st-key-hall_wards table { width: auto; }
.stApp .st-key-hall_wards :is(.stTable > div, [data-testid="stMarkdownContainer"]) { max-width: none; overflow: visible; }
.stApp .st-key-hall_wards td:not(:first-child) { white-space: nowrap; }

.stApp .st-key-hall_report { align-items: center; flex-wrap: nowrap; gap: calc(4 * var(--u)); }
.stApp .st-key-hall_report > div:has(> .st-key-hall_code) { flex: 0 0 calc(38 * var(--u)); width: auto; }
.stApp .st-key-hall_report > div:has(> .st-key-hall_ways) { flex: 1 1 0; min-width: 0; }
.stApp .st-key-hall_code { background: #fff; padding: calc(1.5 * var(--u)); }
.stApp .st-key-hall_code :is(div, img) { width: 100% !important; max-width: none !important; }
.stApp .st-key-hall_ways { gap: calc(1.2 * var(--u)); }

@media (min-width: 1000px) and (min-height: 700px) { .stApp { --zoom: 1.24; } }
@media (min-width: 1270px) and (min-height: 700px) { .stApp { --zoom: 1.38; } }
@media (min-width: 1590px) and (min-height: 880px) { .stApp { --zoom: 1.72; } }
@media (min-width: 1900px) and (min-height: 1050px) { .stApp { --zoom: 2.07; } }
@media (min-width: 2550px) and (min-height: 1400px) { .stApp { --zoom: 2.76; } }
@media (min-width: 3800px) and (min-height: 2100px) { .stApp { --zoom: 4.1; } }

/* In a hand, or enlarged: the same one below the other, and the page may scroll. */
@media (max-width: 800px) {
    .stApp { --u: 8px; --side: 1rem; }
    .stApp [class*="st-key-slide_"], .stApp .st-key-hall_foot { position: static; height: auto; }
    .stApp .stMainBlockContainer { padding: 1rem 0; }
    .stApp :is(.st-key-hall_foot, .st-key-hall_where, .st-key-hall_report) { flex-direction: column; align-items: stretch; }
    .stApp .st-key-hall_foot > .stElementContainer { flex: none; }
    .stApp .st-key-hall_controls { flex-wrap: wrap; }
    .stApp [class*="st-key-slide_"] > div:has(> .st-key-hall_where) { flex: none; }
    .stApp .st-key-hall_where { position: static; }
    .stApp .st-key-hall_where > .stElementContainer:first-child { flex: none; width: 100%; height: 60dvh; }
    .stApp :is(.st-key-hall_where > div, .st-key-hall_report > div) { flex: none !important; }
}
</style>"""
