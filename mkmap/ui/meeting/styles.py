"""Lay a slide out: everything in proportion to the screen, so that nothing scrolls and the back row reads it.

`--u` is a hundredth of the screen's width, or of the width that its height is made for; 2.2 of them are 28 pixels at 1280 by 720.
"""

STYLES = """<style>
.stApp {
    --u: min(1vw, 1.7778vh); --text: calc(2.2 * var(--u)); --foot: calc(5 * var(--u)); --side: calc(3 * var(--u)); --zoom: 1;
    --accent: #005a9c;
}
/* Nothing around the slide, and nothing on it that a hand slips on. */
.stApp [data-testid="stHeader"], .stApp [data-testid="stSidebar"], .stApp [data-testid="stStatusWidget"],
.stApp [data-testid="stElementToolbar"], .stApp [class*="gl-ctrl"], .stApp .vega-embed details { display: none; }
.stApp :is(.st-key-hall_where, .st-key-hall_interval, .st-key-hall_months, .st-key-hall_years, .st-key-hall_funnel) { pointer-events: none; }
.stApp .stMainBlockContainer { padding: 0; }
.stApp [class*="st-key-slide_"] [data-stale="true"] { visibility: hidden; } /* what is left of the slide before, for a blink */

/* The slide, and below it the one line that it rests on with what moves it. */
.stApp [class*="st-key-slide_"] {
    position: fixed; inset: 0 0 var(--foot) 0; padding: calc(1.6 * var(--u)) var(--side); gap: calc(1.3 * var(--u));
    justify-content: space-evenly; flex-wrap: nowrap;
}
.stApp .st-key-hall_foot {
    position: fixed; inset: auto 0 0 0; min-height: var(--foot); padding: 0 var(--side); gap: calc(2 * var(--u));
    align-items: center; flex-wrap: nowrap; border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent);
}
.stApp .st-key-hall_foot > .stElementContainer { flex: 1 1 0; min-width: 0; }
.stApp .st-key-hall_foot [data-testid="stCaptionContainer"], .stApp .st-key-hall_foot [data-testid="stCaptionContainer"] p {
    color: inherit; opacity: 1 !important;
}
:is([class*="st-key-slide_"], .st-key-hall_foot, .st-key-hall_notes, .st-key-hall_keys) [data-testid="stMarkdownContainer"],
.stApp .st-key-hall_foot [data-testid="stCaptionContainer"] { margin: 0; }
.stApp :is([class*="st-key-slide_"], .st-key-hall_foot, .st-key-hall_notes, .st-key-hall_keys) :is(p, li, td, th, .stText, kbd, input) {
    font-size: var(--text); line-height: 1.25; margin: 0;
}
.stApp [class*="st-key-slide_"] .stText { font-family: inherit; white-space: normal; overflow-wrap: anywhere; }
.stApp [class*="st-key-hall_typed"] .stText { font-weight: 600; }
.stApp [class*="st-key-hall_title"] h1 { line-height: 1.2; padding: 0; text-wrap: pretty; }
.stApp .st-key-hall_title_short h1 { font-size: calc(6 * var(--u)); }
.stApp .st-key-hall_title_few h1 { font-size: calc(4.6 * var(--u)); }
.stApp .st-key-hall_title_some h1 { font-size: calc(3.4 * var(--u)); }
.stApp .st-key-hall_title_many h1 { font-size: calc(2.6 * var(--u)); }
.stApp .st-key-hall_lines_short { --text: calc(3.8 * var(--u)); }
.stApp .st-key-hall_lines_few { --text: calc(3.2 * var(--u)); }
.stApp .st-key-hall_lines_some { --text: calc(2.6 * var(--u)); }
.stApp [class*="st-key-hall_lines"] { gap: calc(1.4 * var(--u)); }
.stApp .stVerticalBlock [class*="st-key-hall_huge"] p { font-weight: 700; line-height: 1; font-variant-numeric: tabular-nums; }
.stApp .stVerticalBlock .st-key-hall_huge_number p { font-size: calc(26 * var(--u)); }
.stApp .stVerticalBlock .st-key-hall_huge_beside_more p { font-size: calc(14 * var(--u)); }
.stApp .stVerticalBlock .st-key-hall_huge_verdict p { font-size: calc(8 * var(--u)); }
.stApp .stVerticalBlock :is(.st-key-hall_huge_police, .st-key-hall_huge_residents) p { font-size: calc(17 * var(--u)); }
.stApp .stVerticalBlock .st-key-slide_residents:has([class*="st-key-hall_lines"]) [class*="st-key-hall_huge"] p { font-size: calc(12 * var(--u)); }
.stApp .stVerticalBlock .st-key-slide_residents { --text: calc(2.8 * var(--u)); }

/* What moves the slides: small, at the edge; the keys' own buttons are seen where a keyboard reaches them. */
.stApp .st-key-hall_foot > div:has(> .st-key-hall_controls) { flex: none; width: auto; }
.stApp .st-key-hall_controls { width: auto; align-items: center; flex-wrap: nowrap; gap: calc(1.4 * var(--u)); }
.stApp .st-key-hall_controls > * { flex: none; width: auto; }
.stApp .st-key-hall_controls :is(a, button) { padding: 0; min-height: 0; background: none; }
.stApp .st-key-hall_controls :is(p, span) { white-space: nowrap; overflow: visible; }
.stApp :is(.st-key-hall_controls, .st-key-hall_all) kbd { display: none; }
.stApp .st-key-hall_foot > div:has(> .st-key-hall_keys), .stApp .st-key-hall_foot > .stElementContainer:has(script) {
    position: fixed; width: 0; height: 0; flex: none;
}
.stApp .st-key-hall_keys { position: fixed; inset: 0 0 auto auto; width: auto; padding: var(--u) var(--side); z-index: 10; flex-wrap: wrap; }
.stApp .st-key-hall_keys:not(:focus-within), .stApp .st-key-hall_table {
    position: fixed; inset: 0 auto auto 0; clip-path: inset(50%); width: 1px; height: 1px; padding: 0; overflow: hidden;
}
.stApp .st-key-hall_keys button { background: canvas; padding: calc(.5 * var(--u)) var(--u); }
.stApp .st-key-hall_notes { position: fixed; inset: auto var(--side) var(--foot) var(--side); width: auto; z-index: 5; }

.stApp:has(.st-key-hall_notes) [class*="st-key-slide_"] { bottom: calc(var(--foot) + 7 * var(--u)); }

/* Over the slide. */
.stApp .hall-blank { position: fixed; inset: 0; background: #000; z-index: 1000; cursor: none; }
.stApp .st-key-hall_all { display: grid; grid-template-columns: repeat(3, 1fr); gap: calc(1.4 * var(--u)); }
.stApp .st-key-hall_all button { min-height: calc(6.5 * var(--u)); justify-content: flex-start; padding: 0 calc(1.6 * var(--u)); }
.stApp .st-key-hall_left_out { gap: calc(.6 * var(--u)); }

/* The cover. */
.stApp .st-key-hall_cover { border-left: calc(1.2 * var(--u)) solid var(--accent); padding-left: calc(3 * var(--u)); gap: calc(2 * var(--u)); --text: calc(3.4 * var(--u)); }
.stApp .st-key-hall_cover [class*="st-key-hall_title"] h1 { line-height: 1.05; text-wrap: balance; }
.stApp .st-key-hall_cover .st-key-hall_title_short h1 { font-size: calc(9 * var(--u)); }
.stApp .st-key-hall_cover .st-key-hall_title_few h1 { font-size: calc(6 * var(--u)); }
.stApp .st-key-hall_cover_invites { font-weight: 600; }

/* The map is as high as the slide. */
.stApp [class*="st-key-slide_"] > div:has(> :is(.st-key-hall_where, .st-key-hall_months, .st-key-hall_years, .st-key-hall_interval, .st-key-hall_funnel)) {
    flex: 1 1 0; min-height: 0; position: relative;
}
.stApp .st-key-hall_split { position: absolute; inset: calc(1.6 * var(--u)) var(--side); width: auto; align-items: stretch; gap: calc(3 * var(--u)); flex-wrap: nowrap; }
.stApp .st-key-hall_split > div { flex: 1 1 0; min-width: 0; justify-content: center; position: relative; }
.stApp .st-key-hall_split > div:has(> .st-key-hall_picture) { flex: 1.4 1 0; }
.stApp :is(.st-key-slide_wards, .st-key-slide_residents, .st-key-slide_months, .st-key-slide_change) [class*="st-key-hall_lines"] { --text: calc(2.5 * var(--u)); }
.stApp .st-key-hall_split .st-key-hall_beside { justify-content: center; height: 100%; }
.stApp .st-key-hall_where { position: absolute; inset: 0; align-items: center; gap: calc(3 * var(--u)); flex-wrap: nowrap; }
.stApp .st-key-hall_where > .stElementContainer:first-child { flex: 0 0 calc(48 * var(--u)); height: 100%; }
.stApp .st-key-hall_where .stDeckGlJsonChart { zoom: var(--zoom); height: 100% !important; width: 100% !important; }
.stApp .st-key-hall_where > div:has(> .st-key-hall_beside) { flex: 1 1 0; min-width: 0; }
.stApp .st-key-hall_beside { gap: calc(3 * var(--u)); --text: calc(2.6 * var(--u)); }
.stApp .st-key-hall_beside .st-key-hall_title_few h1 { font-size: calc(3.5 * var(--u)); }
.stApp .st-key-hall_beside .st-key-hall_title_some h1 { font-size: calc(3.1 * var(--u)); }
.stApp .hall-legend ul { list-style: none; margin: 0 0 calc(1.6 * var(--u)); padding: 0; }
.stApp .hall-legend ul { display: flex; flex-wrap: wrap; gap: calc(.8 * var(--u)) calc(2 * var(--u)); }
.stApp .hall-legend li { display: flex; align-items: center; gap: calc(.8 * var(--u)); overflow-wrap: anywhere; }
.stApp .hall-legend i.cell { border-radius: 0; width: 24px; height: 20px; border: 1px solid color-mix(in srgb, currentColor 40%, transparent); opacity: 1; }
.stApp .hall-legend p { margin-bottom: calc(1.4 * var(--u)); }
.stApp .hall-legend i { flex: none; border-radius: 50%; opacity: .85; zoom: var(--zoom); }

/* Charts fill what is left of the slide. */
.stApp :is(.st-key-hall_months, .st-key-hall_years, .st-key-hall_interval, .st-key-hall_funnel) { position: absolute; inset: 0; }
.stApp .st-key-slide_change > div:has(> .st-key-hall_interval) { flex: 0 0 calc(16 * var(--u)); }
.stApp :is(.st-key-hall_months, .st-key-hall_years, .st-key-hall_interval, .st-key-hall_funnel) > .stElementContainer { position: absolute; inset: 0; height: auto; min-height: 0; }
.stApp :is(.st-key-hall_months, .st-key-hall_years, .st-key-hall_interval, .st-key-hall_funnel) :is(.stFullScreenFrame, .stFullScreenFrame > div, .stVegaLiteChart) { height: 100% !important; min-height: 0; }

.stApp .st-key-hall_wards :is(td, th) { padding: calc(.5 * var(--u)) calc(1.2 * var(--u)) calc(.5 * var(--u)) 0; color: inherit; }
.stApp .st-key-hall_wards { --text: calc(2.8 * var(--u)); }
.stApp .st-key-hall_wards table { width: 100%; }
.stApp .st-key-hall_wards th { text-align: left; font-weight: 400; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
.stApp .st-key-hall_wards td:not(:first-child) { white-space: nowrap; }

.stApp .st-key-hall_report { align-items: center; flex-wrap: nowrap; gap: calc(4 * var(--u)); }
.stApp .st-key-hall_report > div:has(> :is(.st-key-hall_code, .st-key-hall_phone)) { flex: 0 0 calc(40 * var(--u)); width: auto; }
.stApp .st-key-hall_report > div:has(> .st-key-hall_ways) { flex: 1 1 0; min-width: 0; }
.stApp .st-key-hall_code { background: #fff; padding: calc(1.5 * var(--u)); }
.stApp .st-key-hall_code :is(div, img) { width: 100% !important; max-width: none !important; }
.stApp .st-key-hall_ways .st-key-hall_title_short h1 { font-size: calc(4.8 * var(--u)); }
.stApp [class*="st-key-hall_typed"] { --text: calc(2.4 * var(--u)); }
.stApp .st-key-hall_ways { gap: calc(2 * var(--u)); --text: calc(2.7 * var(--u)); }
.stApp .st-key-hall_phone { gap: calc(1.4 * var(--u)); --text: calc(2.7 * var(--u)); }
.stApp .st-key-hall_phone .st-key-hall_code { width: calc(36 * var(--u)); align-self: center; }
.stApp .st-key-slide_opening :is(button, input) { padding: calc(.8 * var(--u)) calc(1.2 * var(--u)); height: auto; }
.stApp .st-key-slide_opening .stTextInput [data-testid="stTextInputRootElement"] { height: auto; }

@media (min-width: 1000px) and (min-height: 700px) { .stApp { --zoom: 1.24; } }
@media (min-width: 1270px) and (min-height: 700px) { .stApp { --zoom: 1.38; } }
@media (min-width: 1590px) and (min-height: 880px) { .stApp { --zoom: 1.72; } }
@media (min-width: 1900px) and (min-height: 1050px) { .stApp { --zoom: 2.07; } }
@media (min-width: 2550px) and (min-height: 1400px) { .stApp { --zoom: 2.76; } }
@media (min-width: 3800px) and (min-height: 2100px) { .stApp { --zoom: 4.1; } }

/* In a hand, or enlarged: the same one below the other, and the page may scroll. */
@media (max-width: 800px) {
    .stApp { --u: 8px; --side: 1rem; }
    .stApp [class*="st-key-slide_"], .stApp .st-key-hall_foot { position: static; height: auto; min-height: 0; }
    .stApp .stMainBlockContainer { padding: 1rem 0; }
    .stApp :is(.st-key-hall_foot, .st-key-hall_where, .st-key-hall_report) { flex-direction: column; align-items: stretch; }
    .stApp .st-key-hall_foot > .stElementContainer { flex: none; }
    .stApp .st-key-hall_controls { flex-wrap: wrap; }
    .stApp .st-key-hall_all { grid-template-columns: 1fr; }
    .stApp [class*="st-key-slide_"] > div:has(> :is(.st-key-hall_where, .st-key-hall_months, .st-key-hall_years, .st-key-hall_interval, .st-key-hall_funnel)) { flex: none; }
    .stApp :is(.st-key-hall_months, .st-key-hall_years, .st-key-hall_funnel) { position: relative; height: 60dvh; }
    .stApp .st-key-hall_interval { position: relative; height: 12rem; }
    .stApp :is(.st-key-hall_where, .st-key-hall_split) { position: static; }
    .stApp .st-key-hall_split { flex-direction: column; }
    .stApp .st-key-hall_where > .stElementContainer:first-child { flex: none; width: 100%; height: 60dvh; }
    .stApp :is(.st-key-hall_where > div, .st-key-hall_report > div) { flex: none !important; }
}
</style>"""
