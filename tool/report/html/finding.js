// finding.js - all that is known of one finding.
"use strict";

const WIDE = 720; // pixels: a wider picture stands above the walk, not beside it

function sourceOf(line, source) {
  if (source === null || source === undefined) return null;
  return element("code", { class: "source" }, element("span", { class: "number" }, line), source);
}

function stackOf(stack, none) {
  const frames = framesOf(stack);
  if (frames.length === 0) return element("p", { class: "quiet-words" }, none);
  return element("ol", { class: "stack" }, frames.map((frame) =>
    element("li", {}, element("span", { class: "at" }, frame.at), sourceOf(frame.line, frame.source))));
}

function factsOf(pairs) {
  return element("dl", { class: "facts" }, pairs.filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))));
}

function placeOf(position) {
  return [position.at, sourceOf(position.line, position.source)];
}

function referenceItem(finding, reference, index) {
  const to = objectOf(finding, reference.to);
  const kind = reference.cut ? "cut" : reference.weak ? "weak" : "strong";
  return element("details", { class: `item reference ${kind}`, "data-reference": index, open: reference.cut },
    element("summary", {},
      element("span", { class: "path" }, reference.path), element("span", { class: "to" }, " → "),
      element("span", { class: "to" }, nameOf(to)),
      reference.cut ? element("span", { class: "cut-tag" }, "cut here") : null,
      reference.weak ? element("span", { class: "tag" }, "weak") : null),
    factsOf([
      ["Type", reference.type],
      ["Offset", `${reference.offset} bytes`],
      ["Declared", reference.declared ? placeOf(reference.declared) : null],
    ]),
    reference.taken === null ? null : [element("h4", {}, "Taken"), stackOf(reference.taken, "")]);
}

function objectItem(finding, object) {
  const [innermost] = framesOf(object.stack);
  const references = finding.references.map((reference, index) => ({ reference, index }))
    .filter(({ reference }) => reference.from === object.id);
  return element("li", { class: `step ${object.role}` },
    element("details", { class: "item object", "data-object": object.id },
      element("summary", {},
        element("span", { class: "number" }, `#${object.id}`), element("span", { class: "type" }, object.type),
        element("span", { class: "about" }, `${object.size}${innermost ? ` · allocated ${innermost.at}` : ""}`)),
      element("h4", {}, "Allocated"),
      stackOf(object.stack, "No stack was recorded for this object."),
      factsOf([
        ["Size", object.size],
        ["use_count", `${object.uses}, ${object.located} located`],
        ["weak_count", String(object.weaks)],
        ["Pointer family", object.family],
        ["Address", object.address],
      ])),
    references.length === 0 ? null : element("div", { class: "references" },
      references.map(({ reference, index }) => referenceItem(finding, reference, index))));
}

// A large cycle in a few rows: the members that hold it together, and the objects in its middle.
function structureOf({ structure }) {
  if (structure === null) return null;
  return element("section", { class: "structure", "aria-label": "What holds it together" },
    element("h3", {}, upperFirst(structure.words)),
    element("table", {},
      element("tbody", {}, structure.members.map((member) => element("tr", {},
        element("th", { scope: "row", class: "path" }, member.path),
        element("td", {}, member.references),
        element("td", {}, member.shortest))))),
    structure.hubs.length === 0 ? null
      : element("ul", {}, structure.hubs.map((hub) => element("li", {}, `Hub: ${hub}`))));
}

// What is retained, by the members that hold it.
function tailsOf({ tails }) {
  return tails.length === 0 ? null : element("ul", { class: "tails" }, tails.map((tail) =>
    element("li", {}, `${tail.words} by `, element("span", { class: "path" }, tail.path))));
}

function holderItem(holder) {
  const [innermost] = framesOf(holder.hangs_on ? holder.above : holder.stack);
  const notRecorded = "Its allocation stack was not recorded: set block_stacks=1, or use gordian run.";
  const above = !holder.hangs_on ? null : [
    element("h4", {}, "Block that nothing points to: allocated"), stackOf(holder.above, notRecorded)];
  return element("li", { class: "step" }, element("details", { class: "item holder" },
    element("summary", {}, upperFirst(holder.words),
      element("span", { class: "about" }, innermost ? `allocated ${innermost.at}` : "")),
    above,
    element("h4", {}, holder.hangs_on ? "Block with the handle: allocated" : "Block allocated"),
    stackOf(holder.stack, notRecorded),
    factsOf([
      ["Handle", holder.path],
      ["Offset", `${holder.offset} bytes`],
      ["Block", holder.size],
      ["References", holder.references > 1 ? `${holder.references} like this` : ""],
    ])));
}

// Where the lost handles of an orphan lie.
function lostOf(finding) {
  if (finding.lost.length === 0 && finding.not_found === "") return null;
  return [element("h3", {}, "Where the reference was lost"),
    element("ol", { class: "steps" }, finding.lost.map(holderItem)),
    finding.not_found === "" ? null : element("p", { class: "quiet-words" }, `${upperFirst(finding.not_found)}.`)];
}

const linkTo = (id) =>
  (isReported(id) ? element("a", { class: "id", href: `#${id}` }, id) : element("code", {}, id));

// Who had it, in a report of several processes.
function seenByOf(finding) {
  if (finding.seen_by.length === 0) return null;
  return element("ul", { class: "because seen-by" }, finding.seen_by.map((line) => element("li", {}, line)));
}

// "Held by cycle 3f9a2c71: cut that one first."
function heldOf(finding) {
  if (finding.root) return null;
  const ids = finding.held_by;
  if (ids.length === 0) {
    return element("p", { class: "because" }, "Held by other cycles of this report: cut those first.");
  }
  const one = ids.length === 1;
  return element("p", { class: "because held" }, `Held by ${one ? "cycle" : "cycles"} `,
    ids.flatMap((id, i) => [i === 0 ? null : ", ", linkTo(id)]),
    `: cut ${one ? "that one" : "those"} first.`);
}

function walkOf(finding) {
  const own = finding.objects.filter((object) => object.role !== "retained");
  const retained = finding.objects.filter((object) => object.role === "retained");
  const inCycle = finding.kind === "cycle" ? finding.count - own.length : 0;
  const others = finding.omitted - Math.max(0, inCycle);
  return element("section", { class: "walk", "aria-label": "Objects and references" },
    element("h3", {}, finding.kind === "cycle" ? "Round the cycle" : "What was lost"),
    element("ol", { class: "steps" }, own.map((object) => objectItem(finding, object))),
    inCycle > 0
      ? element("p", { class: "quiet-words" }, `… and ${counted(inCycle, "more object")} in the cycle`) : null,
    lostOf(finding),
    finding.retained === 0 ? null : [
      element("h3", {}, "Kept alive with it"),
      tailsOf(finding),
      element("ol", { class: "steps" }, retained.map((object) => objectItem(finding, object))),
      others > 0 ? element("p", { class: "quiet-words" }, `… and ${counted(others, "more object")}`) : null,
    ]);
}

function cutLine(cut) {
  return element("li", {}, element("strong", {}, cut.name), `: ${cut.advice}`,
    cut.enough ? null : " (not enough alone)");
}

function fixOf(finding) {
  if (finding.hint !== null) {
    return element("section", { class: "fix", "aria-label": "What to do" }, element("p", {}, finding.hint));
  }
  const [best, ...others] = finding.cuts;
  return element("section", { class: "fix", "aria-label": "What to cut" },
    element("h3", {}, "Cut ", element("code", {}, best.name)),
    element("p", { class: "advice" }, `${upperFirst(best.advice)}.`),
    best.reason || !best.enough
      ? element("p", { class: "reason" }, best.reason || "Other references must go too.") : null,
    best.declared ? element("p", { class: "place" }, "Declared at ", placeOf(best.declared)) : null,
    others.length === 0 ? null : element("details", { class: "others" },
      element("summary", {}, `or ${counted(others.length, "other cut")}`),
      element("ul", {}, others.map(cutLine))));
}

function copyButton(id) {
  const button = element("button", { type: "button", class: "copy", "aria-label": `Copy the id ${id}` }, id);
  button.addEventListener("click", async () => {
    await copyText(id);
    button.dataset.copied = "";
    setTimeout(() => delete button.dataset.copied, 1500);
  });
  return button;
}

// Of cycles of several sizes, which one this is.
function shownOf(finding) {
  const own = counted(finding.count, "object");
  return own === finding.counts ? "One of them is shown." : `One of them is shown, of ${own}.`;
}

function findingArticle(finding) {
  const drawn = typeof finding.picture === "object";
  return element("article", { class: `finding ${finding.kind}`, "data-id": finding.id },
    element("header", {},
      element("p", { class: "over" },
        element("span", { class: "kind" }, finding.kind), copyButton(finding.id),
        element("span", { class: `tag ${finding.evidence}` }, finding.evidence),
        finding.fails ? element("span", { class: "tag" }, "fails the run") : null,
        finding.accepted === null ? null : element("span", { class: "tag" }, "accepted")),
      element("h2", { tabindex: -1 }, finding.sentence),
      element("p", { class: "because" }, `${upperFirst(finding.because)}.`),
      finding.accepted === null ? null : element("p", { class: "because" }, `Accepted: ${finding.accepted}.`),
      seenByOf(finding),
      heldOf(finding),
      finding.instances === 1 ? null : element("p", { class: "because" }, shownOf(finding))),
    fixOf(finding),
    structureOf(finding),
    element("div", { class: drawn && finding.picture.width > WIDE ? "columns wide" : "columns" },
      element("figure", { class: "canvas", "data-drawn": drawn },
        drawn ? [pictureOf(finding), element("figcaption", {}, legendOf(finding))]
          : element("p", { class: "quiet-words" }, finding.picture)),
      walkOf(finding)));
}
