// page.js - the parts together: header, list, the finding in sight, picture and walk as one.
"use strict";

const detail = byId("detail");
const filter = byId("filter");
const hint = byId("hint");
let hinted = null; // the part of the picture that the hint is about
const list = new FindingList(byId("list"), showFinding);

function showHeader() {
  const { program, headline, notes, findings } = report;
  byId("program").textContent = program.name || "the program";
  byId("program").title = program.path;
  byId("headline").textContent = `${upperFirst(headline)}.`;
  const facts = [["Process", program.pid], ["Findings", findings.length.toLocaleString("en")]];
  if (program.exit_status !== null) facts.push(["Its own exit status", program.exit_status]);
  byId("facts").append(...facts.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, String(value)))));
  if (notes.length !== 0) {
    byId("notes").append(
      element("summary", {}, `${counted(notes.length, "note")} on what limited this report`),
      element("ul", {}, notes.map((note) => element("li", {}, note))));
    byId("notes").hidden = false;
  }
}

function showFinding(finding) {
  hideHint();
  detail.scrollTop = 0;
  if (finding === null) {
    const nothing = report.findings.length === 0
      ? ["Nothing was found.", "No cycle keeps an object alive, and no strong reference was lost."]
      : ["No finding matches.", "Esc in the filter clears it."];
    detail.replaceChildren(element("div", { class: "empty" },
      element("h2", {}, nothing[0]), element("p", {}, nothing[1])));
    return;
  }
  detail.replaceChildren(findingArticle(finding));
  const first = detail.querySelector(".picture .cut") ?? detail.querySelector(".picture [role=button]");
  first?.setAttribute("tabindex", 0);
  history.replaceState(null, "", `#${finding.id}`);
}

function applyFilter() {
  const chosen = chosenFindings(filter.value, byId("show").value, byId("sort").value);
  const all = report.findings.length;
  byId("shown").textContent = chosen.length === all
    ? counted(all, "finding") : `${chosen.length.toLocaleString("en")} of ${counted(all, "finding")}`;
  list.show(chosen);
}

// A box or an arrow of the picture, or its entry in the walk: where the other one is.
const partName = (node) => (node.dataset.object ? `[data-object="${node.dataset.object}"]`
  : `[data-reference="${node.dataset.reference}"]`);

const partOf = (node) => node.closest?.(".picture [role=button]");

// Marks a part in picture and walk, and opens it there.
function choosePart(part) {
  const name = partName(part);
  for (const node of detail.querySelectorAll(".chosen")) node.classList.remove("chosen");
  for (const node of detail.querySelectorAll(`.picture ${name}, .item${name}`)) node.classList.add("chosen");
  const item = detail.querySelector(`.item${name}`);
  item.open = true;
  item.scrollIntoView({ block: "nearest" });
}

// Moves the picture's one tab stop by `by` parts.
function stepPart(part, by) {
  const parts = [...detail.querySelectorAll(".picture [role=button]")];
  const next = parts[(parts.indexOf(part) + by + parts.length) % parts.length];
  part.setAttribute("tabindex", -1);
  next.setAttribute("tabindex", 0);
  next.focus();
}

function hintOf(part) {
  const finding = list.selected;
  if (part.dataset.object) {
    const object = objectOf(finding, Number(part.dataset.object));
    const frames = framesOf(object.stack).slice(0, 3);
    return [element("strong", {}, object.type),
      frames.length === 0 ? "allocated at a place that was not recorded" : "allocated",
      ...frames.flatMap((frame) => [frame.at, sourceOf(frame.line, frame.source)])];
  }
  const reference = finding.references[Number(part.dataset.reference)];
  return [element("strong", {}, reference.path), reference.type,
    ...(reference.declared ? [`declared at ${reference.declared.at}`, placeOf(reference.declared)[1]] : []),
    reference.cut ? element("span", { class: "cut-words" }, `cut here: ${finding.cuts[0].advice}`) : null];
}

function showHint(part) {
  hinted = part;
  hint.replaceChildren(...hintOf(part).filter(Boolean).map((line) =>
    line instanceof Node ? line : element("span", {}, line)));
  hint.hidden = false;
  placeHint();
}

function placeHint() {
  if (hinted === null) return;
  const around = (hinted.querySelector(".label") ?? hinted).getBoundingClientRect();
  const own = hint.getBoundingClientRect();
  const below = around.bottom + own.height + 12 < innerHeight;
  const left = Math.min(Math.max(8, around.left + around.width / 2 - own.width / 2), innerWidth - own.width - 8);
  hint.style.left = `${Math.max(8, left)}px`;
  hint.style.top = `${Math.max(8, below ? around.bottom + 8 : around.top - own.height - 8)}px`;
}

function hideHint() {
  hinted = null;
  hint.hidden = true;
}

function watchPicture() {
  detail.addEventListener("click", (event) => {
    const part = partOf(event.target);
    if (part) choosePart(part);
  });
  for (const come of ["pointerover", "focusin"]) {
    detail.addEventListener(come, (event) => {
      const part = partOf(event.target);
      if (part) showHint(part);
    });
  }
  for (const go of ["pointerout", "focusout"]) detail.addEventListener(go, hideHint);
  // What comes into sight by scrolling, as focus makes it, has its hint already.
  document.addEventListener("scroll", placeHint, true);
}

// Shows the finding that the address names, also when the filter leaves it out. Says whether there is one.
function followAddress(hash) {
  const isNamed = (finding) => `#${finding.id}` === hash;
  if (!report.findings.some(isNamed)) return false;
  if (!list.findings.some(isNamed)) {
    filter.value = byId("show").value = "";
    applyFilter();
  }
  list.select(list.findings.findIndex(isNamed));
  return true;
}

function start() {
  document.querySelector(".app").hidden = false;
  document.querySelector(".app").classList.toggle("few", report.findings.length < 2);
  showHeader();
  watchPicture();
  watchKeys();
  watchTheme();
  watchPrinting();
  for (const control of [filter, byId("show"), byId("sort")]) control.addEventListener("input", applyFilter);
  const { hash } = location;
  applyFilter();
  followAddress(hash);
  window.addEventListener("hashchange", () => {
    if (followAddress(location.hash)) openFinding();
  });
}

start();
