// list.js - the list of findings: only the rows in sight exist, so that ten thousand cost no more than ten.
"use strict";

const ROW = 66;  // pixels, as page.css has it
const SPARE = 6; // rows beyond what is in sight, so that scrolling finds them there

class FindingList {
  // `onSelect(finding)` is told of every new selection.
  constructor(box, onSelect) {
    this.box = box;
    this.spacer = box.querySelector(".spacer");
    this.onSelect = onSelect;
    this.findings = [];
    this.selected = undefined; // null: nothing is listed
    box.addEventListener("scroll", () => this.render());
    new ResizeObserver(() => this.render()).observe(box);
    box.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.select(Number(row.dataset.at));
    });
  }

  // Keeps the selection where it is still listed, else takes the first.
  show(findings) {
    this.findings = findings;
    this.spacer.style.height = `${findings.length * ROW}px`;
    const at = findings.indexOf(this.selected);
    this.box.scrollTop = 0;
    this.select(at < 0 ? 0 : at);
  }

  get at() {
    return this.findings.indexOf(this.selected);
  }

  select(at) {
    const finding = this.findings[Math.max(0, Math.min(at, this.findings.length - 1))] ?? null;
    const changed = finding !== this.selected;
    this.selected = finding;
    this.reveal();
    this.render();
    if (changed) this.onSelect(finding);
  }

  step(by) {
    if (this.findings.length !== 0) this.select(this.at + by);
  }

  get rowsInSight() {
    return Math.max(1, Math.floor(this.box.clientHeight / ROW));
  }

  reveal() {
    const top = this.at * ROW;
    const { scrollTop, clientHeight } = this.box;
    if (this.at < 0) return;
    if (top < scrollTop) this.box.scrollTop = top;
    if (top + ROW > scrollTop + clientHeight) this.box.scrollTop = top + ROW - clientHeight;
  }

  render() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - SPARE);
    const end = Math.min(this.findings.length, first + this.rowsInSight + 2 * SPARE);
    const rows = [];
    for (let at = first; at < end; ++at) rows.push(this.row(at));
    this.spacer.replaceChildren(...rows);
    const selectedRow = this.at >= first && this.at < end ? `row-${this.at}` : null;
    if (selectedRow) this.box.setAttribute("aria-activedescendant", selectedRow);
    else this.box.removeAttribute("aria-activedescendant");
  }

  row(at) {
    const finding = this.findings[at];
    const facts = [finding.counts, finding.size];
    if (finding.instances > 1) facts.push(`${finding.instances.toLocaleString("en")} times`);
    const row = element("div", {
      id: `row-${at}`, class: "row", role: "option", "data-at": at, "data-id": finding.id,
      "aria-selected": finding === this.selected ? "true" : "false",
      "aria-setsize": this.findings.length, "aria-posinset": at + 1,
    },
    element("span", { class: "row-types" }, typesOf(finding)),
    element("span", { class: "row-facts" }, facts.join(" · ")),
    element("span", { class: "row-end" },
      finding.accepted === null ? null : element("span", { class: "tag" }, "accepted"),
      finding.kind === "cycle" ? null : element("span", { class: "tag" }, "orphan"),
      finding.evidence === "proved" ? null : element("span", { class: "tag likely" }, finding.evidence),
      element("span", { class: "id" }, finding.id)));
    row.style.top = `${at * ROW}px`;
    return row;
  }
}
