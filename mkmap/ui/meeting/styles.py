"""Lay a slide out: everything in proportion to the screen, so that nothing scrolls and the back row reads it.

`--u` is a hundredth of the screen's width, or of the width that its height is made for; 2.2 of them are 28 pixels at 1280 by 720.
"""

STYLES = """<style>
.stApp {
    --u: min(1vw, 1.7778vh); --text: calc(2.2 * var(--u)); --foot: calc(9.4 * var(--u)); --side: calc(3 * var(--u));
    --zoom: 1;
}
.stApp [data-testid="stHeader"], .stApp [data-testid="stSidebar"], .stApp [data-testid="stToolbar"],
.stApp [data-testid="stStatusWidget"] { display: none; }
.stApp .stMainBlockContainer { padding: 0; }
.stApp [data-stale="true"] { opacity: 1 !important; }

/* The slide, and below it the line that it rests on with what moves it. */
[class*="st-key-slide_"] {
    position: fixed; inset: 0 0 var(--foot) 0; padding: calc(1.6 * var(--u)) var(--side) 0; gap: calc(1.2 * var(--u));
    display: flex; flex-direction: column; justify-content: center; flex-wrap: nowrap;
}
.st-key-hall_foot {
    position: fixed; inset: auto 0 0 0; height: var(--foot); padding: 0 var(--side); gap: calc(2 * var(--u));
    align-items: center; flex-wrap: nowrap; border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent);
}
.st-key-hall_foot [data-testid="stCaptionContainer"] p { opacity: 1; color: inherit; }
[class*="st-key-slide_"] p, [class*="st-key-slide_"] li, [class*="st-key-slide_"] td, [class*="st-key-slide_"] th,
.st-key-hall_foot p, .st-key-hall_notes p, .st-key-hall_keys p { font-size: var(--text); line-height: 1.25; }
.st-key-hall_foot [data-testid="stCaptionContainer"], .st-key-hall_foot > .stElementContainer { color: inherit; opacity: 1; }
[class*="st-key-slide_"] p { margin: 0; max-width: 46em; }
.stApp [class*="st-key-hall_title"] h1 { line-height: 1.2; padding: 0; max-width: 30em; text-wrap: balance; }
.stApp .st-key-hall_title_few h1 { font-size: calc(3.6 * var(--u)); }
.stApp .st-key-hall_title_some h1 { font-size: calc(3 * var(--u)); }
.stApp .st-key-hall_title_many h1 { font-size: var(--text); }
.stApp [class*="st-key-hall_huge"] p { font-weight: 700; line-height: 1; font-variant-numeric: tabular-nums; }
.stApp .st-key-hall_huge_number p { font-size: calc(15 * var(--u)); }
.stApp .st-key-hall_huge_verdict p { font-size: calc(7.5 * var(--u)); }
.stApp .st-key-hall_huge_police p, .stApp .st-key-hall_huge_residents p { font-size: calc(12 * var(--u)); }

/* What moves the slides: small, at the edge; the keys' own buttons are seen where a keyboard reaches them. */
.st-key-hall_controls { flex: none; width: auto; align-items: center; flex-wrap: nowrap; gap: calc(1.5 * var(--u)); }
.st-key-hall_controls a, .st-key-hall_controls button { padding: 0; min-height: 0; background: none; }
.st-key-hall_controls [aria-label^="Shortcut"] { display: none; }
.stApp:has(.st-key-slide_number) .st-key-hall_next [aria-label^="Shortcut"] { display: inline; font-size: var(--text); }
.st-key-hall_keys { position: fixed; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
.st-key-hall_keys:focus-within {
    clip-path: none; width: auto; height: auto; overflow: visible; inset: 0 0 auto auto; padding: var(--u) var(--side);
    background: var(--hall-ground); z-index: 10;
}
.st-key-hall_table { position: fixed; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
.st-key-hall_notes { position: fixed; inset: auto var(--side) var(--foot) var(--side); z-index: 5; }

/* The map fills what its sentence leaves. */
[class*="st-key-slide_"] > div:has(> .st-key-hall_where) { flex: 1 1 0; min-height: 0; }
.st-key-hall_where { height: 100%; align-items: stretch; }
.st-key-hall_where > .stElementContainer:first-child { flex: 1 1 0; min-width: 0; height: 100%; }
.st-key-hall_map .stDeckGlJsonChart { zoom: var(--zoom); height: 100% !important; }
.st-key-hall_where > .stElementContainer:last-child { flex: 0 0 calc(24 * var(--u)); }
.hall-legend ul { list-style: none; margin: 0 0 calc(1.2 * var(--u)); padding: 0; }
.hall-legend .sizes { display: flex; flex-wrap: wrap; gap: calc(1.5 * var(--u)); }
.hall-legend li { display: flex; align-items: center; gap: calc(0.8 * var(--u)); margin: 0; overflow-wrap: anywhere; }
.hall-legend i { flex: none; border-radius: 50%; opacity: .85; zoom: var(--zoom); }

.st-key-hall_interval, .st-key-hall_interval > div { height: calc(17 * var(--u)); }

.st-key-hall_code { flex: none; width: calc(36 * var(--u)); padding: calc(1.5 * var(--u)); background: #fff; }
.st-key-hall_code img { width: 100% !important; max-width: none; display: block; }
.st-key-hall_report { align-items: center; }
.st-key-hall_ways { gap: calc(1.2 * var(--u)); overflow-wrap: anywhere; }

@media (min-width: 1000px) and (min-height: 700px) { .stApp { --zoom: 1.2; } }
@media (min-width: 1500px) and (min-height: 840px) { .stApp { --zoom: 1.5; } }
@media (min-width: 1880px) and (min-height: 1050px) { .stApp { --zoom: 1.85; } }
@media (min-width: 2500px) and (min-height: 1400px) { .stApp { --zoom: 2.5; } }
@media (min-width: 3800px) and (min-height: 2100px) { .stApp { --zoom: 3.8; } }

/* In a hand, or enlarged: the same one below the other, and the page may scroll. */
@media (max-width: 800px) {
    .stApp { --u: 8px; --side: 1rem; }
    [class*="st-key-slide_"], .st-key-hall_foot { position: static; height: auto; }
    .stApp .stMainBlockContainer { padding: 1rem 0; }
    .st-key-hall_foot, .st-key-hall_where, .st-key-hall_report { flex-direction: column; align-items: stretch; }
    .st-key-hall_where > .stElementContainer:first-child { flex: none; height: 60dvh; }
    .st-key-hall_where > .stElementContainer:last-child { flex: none; }
    .st-key-hall_code { width: 100%; }
}
@media print { .st-key-hall_controls { display: none; } }
</style>"""
