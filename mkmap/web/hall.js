// Two things that Streamlit's buttons cannot do in a hall: a key and a reload; and on the phone, to show where the hall is.
"use strict";
(() => {
    const hall = document.currentScript.dataset.hall;
    if (hall) document.cookie = `mkmap_hall=${hall}; path=/; SameSite=Strict`; // until the browser is closed
    if (window.mkmapHall) return; // Streamlit puts this file in again with each slide
    window.mkmapHall = true;

    // Many clickers send a full stop to blank a screen; Streamlit's shortcuts are letters and digits.
    addEventListener("keydown", event => {
        const isTyping = event.target.closest("input, textarea, [contenteditable]");
        if (event.key === "." && !isTyping && !event.repeat) document.querySelector(".st-key-hall_blank button")?.click();
    });

    const main = () => document.querySelector("main[data-version]");
    if (!main()) return;

    // Each answer is the whole page: what is shown is what the server knows.
    const show = async answer => {
        if (answer.status >= 500) throw new Error(answer.statusText);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        main().replaceWith(page.querySelector("main"));
        tick();
    };
    const off = isOff => { document.getElementById("off").hidden = !isOff; };
    const ask = work => work.then(() => off(false), () => off(true));

    addEventListener("submit", event => {
        event.preventDefault();
        const body = new URLSearchParams(new FormData(event.target, event.submitter));
        ask(fetch(event.target.action, { method: "POST", body }).then(show));
    });
    const look = async () => {
        const answer = await fetch("/presenter/version", { cache: "no-store" });
        if (!answer.ok) throw new Error(answer.statusText);
        if (await answer.text() !== main().dataset.version) await show(await fetch("/presenter", { cache: "no-store" }));
    };
    const put = (id, text) => { const place = document.getElementById(id); if (place) place.textContent = text; };
    const tick = () => {
        const now = new Date(), begun = main().dataset.begun;
        const seconds = begun ? Math.max(0, Math.floor((now - new Date(begun)) / 1000)) : 0;
        put("clock", now.toTimeString().slice(0, 5));
        put("running", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    };
    tick();
    setInterval(tick, 1000);
    setInterval(() => ask(look()), 1000);
})();
