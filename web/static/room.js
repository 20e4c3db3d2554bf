// Keys for the list and the copy button. Everything works without this file.
"use strict";

const items = () => [...document.querySelectorAll("article.item")];

function step(by) {
  const all = items();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement?.closest("article.item"));
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const item = document.activeElement?.closest("article.item") ?? document.querySelector("article.reading");
  item?.querySelector(`[data-key="${key}"]`)?.click();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (document.body.dataset.keys !== "on" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    o: () => (document.activeElement?.closest("article.item")?.querySelector("h2 a") ?? document.querySelector("article.reading [data-key=o]"))?.click(),
    s: () => press("s"),
    r: () => press("r"),
    x: () => press("x"),
    "/": () => document.querySelector("#q")?.focus() ?? (location.href = "/search"),
  };
  // By the place of the key, so that they work in a Russian layout too.
  const letter = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
  if (!Object.hasOwn(actions, letter) || event.shiftKey) return;
  event.preventDefault();
  actions[letter]();
});

let focused = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  focused = event.detail.target?.contains(document.activeElement) ? event.detail.target.id : null;
});
document.addEventListener("htmx:afterSettle", () => {
  if (focused) document.getElementById(focused)?.focus();
  focused = null;
});

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent);
    button.textContent = document.body.dataset.copied;
  });
}
