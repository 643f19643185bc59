// What Streamlit has no way for. With find.js, the search, one module, in the head of every page that the server hands out.
//
// To add something: a listener at the document, or a function that looks at the page, named in `LOOKS`. Streamlit draws its
// elements anew as it likes, so nothing here holds on to one. What is drawn for this script says so in a `data-` attribute.

// --- Where the server is: else Streamlit asks below the address of the page first, which is not there.

window.__streamlit = { BACKEND_BASE_URL: location.origin };

// --- Refusals of a form: the summary takes the focus, its links lead to the fields, and each field says what is wrong with it.

const fieldOf = key => document.querySelector(`.st-key-${key} :is(input, textarea)`);
const groupOf = key => document.querySelector(`.st-key-${key} [role=radiogroup]`) ?? fieldOf(key);
let summaryThatHadTheFocus = "";

function refusals() {
    for (const field of document.querySelectorAll("[data-refused-by]")) {
        if (document.getElementById(field.dataset.refusedBy)) continue;
        field.removeAttribute("aria-invalid");
        field.removeAttribute("aria-describedby");
        delete field.dataset.refusedBy;
    }
    for (const message of document.querySelectorAll("[data-refuses]")) {
        const field = groupOf(message.dataset.refuses);
        if (!field) continue;
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", message.id);
        field.dataset.refusedBy = message.id;
    }
    const summary = document.querySelector("[data-press]");
    if (summary && summary.dataset.press !== summaryThatHadTheFocus) {
        summaryThatHadTheFocus = summary.dataset.press;
        summary.focus();
    }
}

document.addEventListener("click", event => {
    const link = event.target.closest?.("a[data-leads-to]");
    const field = link && fieldOf(link.dataset.leadsTo);
    if (!field) return;
    event.preventDefault();
    field.closest("[class*='st-key-']").scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
}, true);

// --- A long text: it is counted while it is typed. What no form could ever take is cut off, before it breaks the line.

function count() {
    for (const counter of document.querySelectorAll("[data-counts]")) {
        const field = fieldOf(counter.dataset.counts);
        if (!field) continue;
        field.maxLength = Number(counter.dataset.holds);
        const text = `${[...field.value].length} / ${counter.dataset.most}`;
        if (counter.textContent !== text) counter.textContent = text;
    }
}

document.addEventListener("input", count);

// --- The receipt stays when its tab is loaded again: the tab remembers the form's number, and gives it back to the form.
// Not longer than an hour, and never to a tab that was closed and opened again: the next person may sit there.

const SENT = "sent-report", AN_HOUR = 3_600_000;
const numberField = () => document.querySelector(["report", "correct", "flag", "complain"].map(name => `.st-key-${name}_draft input`).join());
let numberToGiveBack = remembered();
let receiptWasShown = false;

function remembered() {
    const [number, at] = (sessionStorage.getItem(SENT) ?? "").split(" ");
    const isLoadedAgain = performance.getEntriesByType("navigation")[0]?.type === "reload" || document.wasDiscarded;
    sessionStorage.removeItem(SENT);
    return isLoadedAgain && Date.now() - Number(at) < AN_HOUR ? number : "";
}

function remember() {
    if (numberField()) sessionStorage.setItem(SENT, `${numberField().value} ${Date.now()}`);
}

function receipt() {
    const field = numberField(), isShown = document.querySelector(".st-key-report_receipt") !== null;
    if (field && numberToGiveBack) {
        typeInto(field, numberToGiveBack);
        numberToGiveBack = "";
    }
    if (isShown && !receiptWasShown) remember();
    receiptWasShown = isShown;
}

/** As a person would, so that Streamlit sends it to the server. */
function typeInto(field, text) {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })));
}

document.addEventListener("click", event => {
    const pressed = keys => event.target.closest?.(keys.map(key => `.st-key-${key} button`).join());
    if (pressed(["report_submit", "correct_submit", "flag_submit", "complain_submit"])) remember(); // the line may break
    if (pressed(["report_another", "receipt_erase", "request_erase"])) sessionStorage.removeItem(SENT);
}, true);

// --- The room of the filters is kept until they are drawn, so that nothing jumps aside.

const WITH_FILTERS = ["/", "/trends", "/claims", "/wards"];
const root = document.documentElement;
root.classList.toggle("filters-come", WITH_FILTERS.includes(location.pathname));
setTimeout(() => root.classList.remove("filters-come"), 10_000);

function sidebar() {
    if (document.querySelector(".stSidebar")) root.classList.remove("filters-come");
}

// --- A map: a wheel scrolls the page, unless Ctrl is held or the map was clicked. The server is told how large the map is.

const mapAround = event => event.target.closest?.(".stDeckGlJsonChart");

document.addEventListener("wheel", event => {
    const map = mapAround(event);
    if (!map) return;
    if (event.ctrlKey || event.metaKey || map.contains(document.activeElement)) return moved();
    event.stopImmediatePropagation(); // the map's own listener would keep the page where it is
    hint(map);
}, { capture: true, passive: true });

document.addEventListener("pointerdown", event => {
    if (event.pointerType === "mouse") mapAround(event)?.querySelector("canvas[tabindex]")?.focus({ preventScroll: true });
}, true);

let hintGoes = 0;

function hint(map) {
    const shown = map.querySelector(".mkmap-hint") ?? map.appendChild(document.createElement("div"));
    shown.className = "mkmap-hint";
    clearTimeout(hintGoes);
    hintGoes = setTimeout(() => shown.remove(), 1500);
}

const SIZE = "mkmap_map"; // until the browser is closed

/** Before the first map is drawn, as the styles will lay it out. */
function expectedSize() {
    const wide = innerWidth, high = innerHeight, rem = 16;
    if (wide <= 640) return [wide, high - 16 * rem];
    const larger = wide >= 1600 && high >= 850 ? 1.5 : 1, sidebar = wide > 768 ? 300 : 0;
    if (wide <= 900) return [wide - sidebar - 3 * rem, Math.max(18 * rem, Math.min(high - 12 * rem, 0.75 * wide))];
    return [wide - sidebar - 23.2 * rem, Math.max(22 * rem, high - 17.5 * rem)].map(pixels => pixels / larger);
}

let kept = "";

function keepSize([wide, high]) {
    const size = `${Math.round(wide)}x${Math.round(high)}`;
    if (wide > 0 && high > 0 && size !== kept) document.cookie = `${SIZE}=${kept = size}; path=/; SameSite=Lax`;
}

/** What takes the keys says which, and is one stop for the Tab key: what is drawn in it is another otherwise. */
function mapKeys() {
    for (const map of document.querySelectorAll(".deck-events-root:not([aria-label])")) {
        map.setAttribute("role", "application");
        map.setAttribute("aria-label", JSON.parse(getComputedStyle(root).getPropertyValue("--map-keys")));
    }
    document.querySelectorAll(".mapboxgl-canvas[tabindex='0']").forEach(canvas => canvas.setAttribute("tabindex", "-1"));
    document.querySelectorAll(".mapboxgl-ctrl-attrib-inner[role]").forEach(words => words.removeAttribute("role")); // no list: one sentence
}

const mapsRoom = new ResizeObserver(() => mapSize());

/** The map is as high as what stands above it leaves. */
function mapSize() {
    const map = document.querySelector(".st-key-crime_map .stDeckGlJsonChart"), above = document.querySelector(".st-key-headline");
    if (!map || !above) return;
    const scrolled = document.querySelector(".stMain")?.scrollTop ?? 0;
    const top = `${Math.round(above.getBoundingClientRect().bottom + scrolled + 8)}px`;
    if (root.style.getPropertyValue("--map-top") !== top) root.style.setProperty("--map-top", top);
    mapsRoom.observe(map); // who is told of it already is not told twice
    const size = [map.clientWidth, map.clientHeight];
    keepSize(size);
    fit(size);
}

// --- A map whose room becomes another is fitted anew, by the server, when it stands still; never while somebody has moved it.

const ANOTHER_WIDTH = 0.08, ANOTHER_HEIGHT = 0.2; // of what it was: the bars of a phone's browser come and go
const A_PAUSE = 400; // milliseconds

let fitted = null, fitsSoon = 0, movedFrom = "";

const sizeField = () => document.querySelector(".st-key-map_size input"); // it says which view the server gave last
const differs = (now, before, most) => Math.abs(now / before - 1) > most;

function fit([wide, high]) {
    if (!wide || !high) return;
    fitted ??= { wide, high, window: innerHeight };
    if (fitted.window === innerHeight && !differs(wide, fitted.wide, ANOTHER_WIDTH)) fitted.high = high; // the page is still being drawn
    clearTimeout(fitsSoon);
    if (differs(wide, fitted.wide, ANOTHER_WIDTH) || differs(high, fitted.high, ANOTHER_HEIGHT)) fitsSoon = setTimeout(tellSize, A_PAUSE, wide, high);
}

/** What is told while the page is being drawn would cut its run off, and draw all of it twice. */
const isBeingDrawn = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning";

function tellSize(wide, high) {
    if (isBeingDrawn()) {
        fitsSoon = setTimeout(tellSize, A_PAUSE, wide, high);
        return;
    }
    const field = sizeField(), isTyping = matchMedia("(pointer: coarse)").matches && document.activeElement?.matches("input, textarea");
    if (!field || isTyping || movedFrom === field.placeholder) return; // looked at again with the next change of the page
    fitted = { wide, high, window: innerHeight };
    typeInto(field, `${Math.round(wide)}x${Math.round(high)}`);
}

const moved = () => movedFrom = sizeField()?.placeholder ?? "";
const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "+", "=", "-", "_"];

document.addEventListener("pointermove", event => finger && event.pointerType === "mouse" && !isStill(event) && moved(), true);
document.addEventListener("dblclick", event => mapAround(event) && moved(), true);
document.addEventListener("keydown", event => mapAround(event) && MOVES.includes(event.key) && moved(), true);
document.addEventListener("click", event => event.target.closest?.("[data-testid=stDeckGlJsonChartZoomButton]") && moved(), true);

// Without WebGL no map can be drawn: the styles put a sentence in its place.
if (!document.createElement("canvas").getContext("webgl2")) root.classList.add("no-webgl");

if (!document.cookie.includes(`${SIZE}=`)) keepSize(expectedSize());
addEventListener("resize", mapSize);

// --- The first tap on a map counts, and that of a slow thumb. The map looks what lies under a finger before it goes on, the first
// time for long, and takes for a tap only what it has seen begin and end within 250 ms. What it missed is done for it once more.

const SEEN_AS_A_TAP = 250; // milliseconds
const STILL = 9; // pixels
let finger = null;

const isStill = event => Math.hypot(event.clientX - finger.x, event.clientY - finger.y) < STILL;

document.addEventListener("pointerdown", event => {
    const isAlone = event.isPrimary && event.button === 0 && mapAround(event);
    if (!event.isPrimary && mapAround(event)) moved(); // two fingers
    finger = event.isTrusted && isAlone ? { x: event.clientX, y: event.clientY, seen: performance.now() } : null;
}, true);

document.addEventListener("pointerup", event => {
    if (!event.isTrusted || !finger) return;
    const isTap = isStill(event), wasMissed = performance.now() - finger.seen >= SEEN_AS_A_TAP;
    finger = null;
    if (isTap && wasMissed) setTimeout(tapAgain, 0, event.target, event, 5);
}, true);

function tapAgain(target, event, tries) {
    const { clientX, clientY, pointerId, pointerType } = event, begun = performance.now();
    for (const [kind, buttons] of [["pointerdown", 1], ["pointerup", 0]])
        target.dispatchEvent(new PointerEvent(kind, { bubbles: true, clientX, clientY, pointerId, pointerType, buttons, isPrimary: true }));
    if (performance.now() - begun >= SEEN_AS_A_TAP && tries > 1) setTimeout(tapAgain, 0, target, event, tries - 1);
}

// --- The moderators' desk by keys: each presses a button of the opened report, but not where somebody writes.

const DESK = {
    j: ".st-key-desk_next", k: ".st-key-desk_previous", u: ".st-key-desk_undo",
    p: ".st-key-desk_acts [class*='st-key-publish_']", r: ".st-key-desk_acts [class*='st-key-reject_']",
};
const WRITES = "input:not([type=checkbox], [type=radio]), textarea, [contenteditable], [role=listbox]";

document.addEventListener("keydown", event => {
    const button = DESK[event.key.toLowerCase()];
    const isOther = event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest?.(WRITES);
    if (!button || isOther || !document.querySelector(".st-key-desk_keys")) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // with R, Streamlit itself would only run the page again
    document.querySelector(`${button} button:enabled`)?.click();
}, true);

// --- Looking: now, and after each change of the page, at most once a frame.

const LOOKS = [refusals, count, receipt, sidebar, mapSize, mapKeys, search, longTables];
let isToLook = false;

function look() {
    isToLook = false;
    LOOKS.forEach(one => one());
}

new MutationObserver(() => {
    if (!isToLook) requestAnimationFrame(look);
    isToLook = true;
}).observe(document.body, { childList: true, subtree: true, attributeFilter: ["placeholder"] });
look();
