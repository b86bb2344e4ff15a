// keys.js - the page by keyboard, its colours, and on paper.
"use strict";

const MOST_PRINTED = 200;

const isTyping = (node) => node.matches?.("input, select, textarea");

function openFinding() {
  const heading = detail.querySelector("h2");
  heading?.focus();
  detail.scrollIntoView({ block: "nearest" });
}

// What a key does wherever nobody types.
const pageKeys = {
  "/": () => {
    filter.focus();
    filter.select();
  },
  j: () => list.step(1),
  k: () => list.step(-1),
  Escape: () => {
    hideHint();
    list.box.focus();
  },
};

const listKeys = {
  ArrowDown: () => list.step(1),
  ArrowUp: () => list.step(-1),
  PageDown: () => list.step(list.rowsInSight),
  PageUp: () => list.step(-list.rowsInSight),
  Home: () => list.select(0),
  End: () => list.select(list.findings.length - 1),
  Enter: openFinding,
};

const filterKeys = {
  ArrowDown: () => list.box.focus(),
  Enter: () => list.box.focus(),
  Escape: () => {
    if (filter.value === "") list.box.focus();
    filter.value = "";
    applyFilter();
  },
};

function partKey(part, key) {
  if (key === "Enter" || key === " ") choosePart(part);
  else if (key === "ArrowDown" || key === "ArrowRight") stepPart(part, 1);
  else if (key === "ArrowUp" || key === "ArrowLeft") stepPart(part, -1);
  else return false;
  return true;
}

function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { target, key } = event;
    const part = partOf(target);
    if (part && partKey(part, key)) return event.preventDefault();
    const inList = target === list.box || target === document.body;
    const action = target === filter ? filterKeys[key]
      : isTyping(target) ? undefined : (inList ? listKeys[key] : undefined) ?? pageKeys[key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

// The system's colours until somebody chooses; the choice is kept where the browser allows it.
function watchTheme() {
  const root = document.documentElement;
  const remembered = (change) => {
    try {
      return change(localStorage);
    } catch {
      return null;
    }
  };
  const kept = remembered((storage) => storage.getItem("gordian-theme"));
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  byId("theme").addEventListener("click", () => {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    root.dataset.theme = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
    remembered((storage) => storage.setItem("gordian-theme", root.dataset.theme));
  });
}

// On paper stands every finding that is listed, with all that unfolds unfolded.
function watchPrinting() {
  const paper = byId("paper");
  window.addEventListener("beforeprint", () => {
    const printed = list.findings.slice(0, MOST_PRINTED);
    const rest = list.findings.length - printed.length;
    paper.replaceChildren(
      element("p", { class: "brand" }, "gordian"),
      element("h1", {}, report.program.name), element("p", {}, byId("headline").textContent),
      ...printed.map(findingArticle),
      ...(rest > 0 ? [element("p", {}, `… and ${counted(rest, "more finding")}, not printed`)] : []),
      ...report.notes.map((note) => element("p", { class: "quiet-words" }, `Note: ${note}`)));
    for (const part of paper.querySelectorAll("details")) part.open = true;
  });
  window.addEventListener("afterprint", () => paper.replaceChildren());
}
