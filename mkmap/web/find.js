// --- The search: it forgives typing. What is typed stays in the browser; the name that was chosen goes to the server.
//
// The field, its list and its sentences are drawn by ui/map/street.py; the names come from our own route, once.

const NAMES_AT_ONCE = 7; // what a phone shows above its keyboard
const LONG_ENOUGH = 3; // letters: in a shorter word one that is wrong makes it another word
const SHORT = {
    saint: "st", street: "st", road: "rd", avenue: "ave", lane: "ln", drive: "dr", close: "cl", court: "ct", crescent: "cres", place: "pl",
    gardens: "gdns", square: "sq", terrace: "ter", boulevard: "blvd", grove: "gr", mount: "mt", and: "n",
};
const A_POSTCODES_SECTOR = /^([a-z]{1,2}\d[a-z\d]?\d)[a-z]{1,2}$/; // `mk62` of `mk62ab`: nothing nearer is known here

let names = [], namesFrom = "", offered = [], at = -1;

const searchField = () => document.getElementById("find-field");
const chosenPlace = () => document.querySelector(".st-key-street input");

/** Without capitals, accents, apostrophes and signs. */
const folded = text => text.normalize("NFKD").replace(/[\p{M}'’‘.]/gu, "").toLowerCase().replace(/&/g, " and ").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const forms = word => (SHORT[word] ? [word, SHORT[word]] : [word]);
const asSearched = label => ({ label, words: folded(label).split(" ").map(forms), joined: folded(label).replaceAll(" ", "") });

/** Whether what was typed begins the word, but for one letter that is wrong, missing, too many, or in its neighbour's place. */
function isOneOff(typed, word) {
    let same = 0;
    while (same < typed.length && typed[same] === word[same]) same++;
    const [a, b] = [typed.slice(same), word.slice(same)];
    const isSwapped = a.length > 1 && a[0] === b[1] && a[1] === b[0] && b.slice(2).startsWith(a.slice(2));
    return isSwapped || b.slice(1).startsWith(a.slice(1)) || b.slice(1).startsWith(a) || b.startsWith(a.slice(1));
}

function farFrom(typed, word) {
    if (typed === word) return 0;
    if (word.startsWith(typed)) return 1;
    return typed.length >= LONG_ENOUGH && isOneOff(typed, word) ? 4 : Infinity;
}

const nearest = (typed, words) => Math.min(...typed.flatMap(one => words.flat().map(word => farFrom(one, word))));

/** How far a name is from what was typed; Infinity where it is another. */
function distance(typed, joined, name) {
    if (joined.length > 2 && name.joined.startsWith(joined)) return 0.5;
    const isElsewhere = nearest(typed[0], name.words.slice(0, 1)) === Infinity; // not at the beginning
    return typed.reduce((sum, word) => sum + nearest(word, name.words), isElsewhere ? 0.5 : 0);
}

function matches(text) {
    const typed = folded(text).split(" ").map(forms), all = folded(text).replaceAll(" ", "");
    const joined = all.match(A_POSTCODES_SECTOR)?.[1] ?? all;
    const near = names.map(name => [distance(typed, joined, name), name.label]).filter(([far]) => far < Infinity);
    return near.sort(([one], [other]) => one - other).slice(0, NAMES_AT_ONCE).map(([, label]) => label);
}

async function namesOf(find) {
    if (namesFrom === find.dataset.names) return;
    const answer = await fetch(find.dataset.names);
    if (!answer.ok) return;
    [names, namesFrom] = [(await answer.json()).map(asSearched), find.dataset.names];
}

async function offer() {
    const field = searchField(), find = field.closest(".find"), text = field.value.trim();
    await namesOf(find).catch(() => {}); // asked again with the next letter
    if (field.value.trim() !== text) return;
    offered = folded(text) ? matches(text) : [];
    at = offered.length ? 0 : -1;
    const isPostcode = A_POSTCODES_SECTOR.test(folded(text).replaceAll(" ", ""));
    const nothing = text.length > 1 && !offered.length && namesFrom ? find.dataset[isPostcode ? "postcode" : "nothing"] : "";
    find.querySelector("[role=status]").textContent = nothing;
    showOffered();
}

function showOffered() {
    const field = searchField(), list = document.getElementById("find-list");
    list.replaceChildren(...offered.map((label, index) => {
        const option = document.createElement("li");
        Object.assign(option, { id: `find-${index}`, textContent: label, role: "option", ariaSelected: String(index === at) });
        return option;
    }));
    list.hidden = !offered.length;
    field.ariaExpanded = String(!list.hidden);
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", `find-${at}`);
}

function closeOffered() {
    [offered, at] = [[], -1];
    if (searchField()) showOffered();
}

function choosePlace(label) {
    searchField().value = label;
    closeOffered();
    if (chosenPlace().value !== label) typeInto(chosenPlace(), label);
    if (!label) return;
    searchField().blur(); // a phone's keyboard goes
    document.querySelector(".stMain")?.scrollTo({ top: 0 }); // where the map and the answer are
}

document.addEventListener("focusin", event => {
    if (event.target !== searchField()) return;
    event.target.select();
    event.target.closest(".find").scrollIntoView({ block: innerWidth <= 640 ? "start" : "nearest" }); // its list has room above a keyboard
    namesOf(event.target.closest(".find")).catch(() => {});
});

document.addEventListener("input", event => {
    if (event.target !== searchField()) return;
    if (event.target.value) offer();
    else choosePlace("");
});

document.addEventListener("keydown", event => {
    if (event.target !== searchField()) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && offered.length) at = (at + step + offered.length) % offered.length;
    else if (event.key === "Enter" && at >= 0) choosePlace(offered[at]);
    else if (event.key === "Escape" && offered.length) closeOffered();
    else return;
    event.preventDefault();
    if (step) showOffered();
});

document.addEventListener("pointerdown", event => {
    if (event.target.closest?.("#find-list")) event.preventDefault(); // the field keeps the focus
});

document.addEventListener("click", event => {
    const option = event.target.closest?.("#find-list [role=option]");
    if (option) choosePlace(option.textContent);
});

document.addEventListener("focusout", event => {
    if (event.target !== searchField()) return;
    closeOffered();
    search();
});

/** The field says what the map shows: what was typed and not chosen goes, and so does a place that was left. */
function search() {
    const field = searchField(), chosen = chosenPlace();
    if (field && chosen && document.activeElement !== field && field.value !== chosen.value) field.value = chosen.value;
}

// --- A table that is too long for every run of a page: its rows are asked for when it is shown. Each name leads to its place.

function longTables() {
    for (const table of document.querySelectorAll("[data-rows]:not([data-asked])")) {
        table.dataset.asked = "";
        fetch(table.dataset.rows).then(answer => answer.json()).then(rows => drawRows(table, rows)).catch(() => {
            table.firstElementChild.textContent = table.dataset.failed;
        });
    }
}

const element = (name, content, how = {}) => {
    const made = Object.assign(document.createElement(name), how);
    made.append(...[content].flat());
    return made;
};

function drawRows(table, rows) {
    const heads = JSON.parse(table.dataset.heads).map((text, at) => element("th", text, { scope: "col", className: at === 2 ? "n" : "" }));
    const lines = rows.map(([street, ward, crimes]) => {
        const leads = street ? element("button", street, { type: "button" }) : table.dataset.unnamed;
        if (street) leads.dataset.place = `${street}, ${ward}`;
        const number = element("td", crimes.toLocaleString(document.documentElement.lang), { className: "n" });
        return element("tr", [element("th", leads, { scope: "row" }), element("td", ward), number]);
    });
    table.replaceChildren(element("table", [element("thead", element("tr", heads)), element("tbody", lines)]));
}

document.addEventListener("click", event => {
    const leads = event.target.closest?.("[data-place]");
    if (leads) choosePlace(leads.dataset.place);
});
