// picture.js - a finding's picture, from places that were computed when the report was written.
"use strict";

const SMALLEST = 0.8; // of its own size: a picture that is too wide then scrolls, and can still be read

// Where the arrow's line "M1,2 C3,4 5,6 7,8 ..." can be marked, and the direction it has there: near its
// middle, where its label does not hide it.
function markOf(arrow) {
  const points = arrow.path.slice(1).replace(" C", " ").split(" ").map((point) => point.split(",").map(Number));
  const curves = (points.length - 1) / 3;
  const at = (along) => {
    const curve = Math.min(curves - 1, Math.floor(along * curves));
    const t = along * curves - curve;
    const [a, b, c, d] = points.slice(3 * curve, 3 * curve + 4);
    const mix = (p, q, r, i) => (1 - t) ** 2 * p[i] + 2 * t * (1 - t) * q[i] + t ** 2 * r[i];
    const from = [0, 1].map((i) => mix(a, b, c, i));
    const to = [0, 1].map((i) => mix(b, c, d, i));
    return {
      x: from[0] + t * (to[0] - from[0]), y: from[1] + t * (to[1] - from[1]),
      angle: (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI,
    };
  };
  const hidden = ({ x, y }) =>
    Math.abs(x - arrow.x) < arrow.width / 2 + 8 && Math.abs(y - arrow.y) < arrow.height / 2 + 8;
  const places = [0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75, 0.2].map(at);
  return places.find((place) => !hidden(place)) ?? places[0];
}

function lines(texts, x, top, classes) {
  return texts.map((text, i) =>
    drawing("text", { x, y: top + 17 * i, class: classes[Math.min(i, classes.length - 1)] }, text));
}

function pictureBox(finding, box) {
  const object = objectOf(finding, box.object);
  const left = box.x - box.width / 2;
  const top = box.y - box.height / 2;
  const role = object ? object.role : "left-out";
  return drawing("g", {
    class: `box ${role}`, "data-object": box.object || null, role: object ? "button" : "img",
    tabindex: object ? -1 : null,
    "aria-label": object
      ? `${nameOf(object)}, ${object.size}, use_count ${object.uses}${role === "cycle" ? "" : `, ${role}`}`
      : box.lines[0],
  },
  drawing("rect", { x: left, y: top, width: box.width, height: box.height, rx: 9 }),
  lines(box.lines, box.x, top + 22, ["type", "small"]));
}

function pictureArrow(finding, arrow) {
  const reference = arrow.reference === null ? null : finding.references[arrow.reference];
  const kind = reference === null ? "left-out" : reference.cut ? "cut" : reference.weak ? "weak" : "strong";
  const group = drawing("g", {
    class: `arrow ${kind}`, "data-reference": arrow.reference, role: reference ? "button" : "img",
    tabindex: reference ? -1 : null,
    "aria-label": reference
      ? `${reference.path}, from #${reference.from} to #${reference.to}${reference.cut ? ", cut here" : ""}` +
        (reference.weak ? ", weak" : "")
      : "and so on",
  },
  drawing("path", { d: arrow.path, class: "reach" }),
  drawing("path", { d: arrow.path, class: "line" }),
  drawing("polygon", { points: arrow.head }));
  if (kind === "cut") {
    const { x, y, angle } = markOf(arrow);
    group.append(drawing("path", {
      class: "gap", d: "M-3,8 L3,-8", transform: `translate(${x} ${y}) rotate(${angle})` }),
    drawing("path", {
      class: "slash", d: "M-6,8 L0,-8 M0,8 L6,-8", transform: `translate(${x} ${y}) rotate(${angle})` }));
  }
  if (arrow.lines.length !== 0) {
    const top = arrow.y - arrow.height / 2;
    group.append(drawing("g", { class: "label" },
      drawing("rect", { x: arrow.x - arrow.width / 2, y: top, width: arrow.width, height: arrow.height, rx: 6 }),
      lines(arrow.lines, arrow.x, top + 17, ["path", "note"])));
  }
  return group;
}

// Its parts are buttons; page.js gives one of them the picture's tab stop, and arrow keys move it.
function pictureOf(finding) {
  const { width, height, boxes, arrows } = finding.picture;
  const margin = 10;
  const cut = finding.cuts[0];
  const parts = [...arrows.map((arrow) => pictureArrow(finding, arrow)),
    ...boxes.map((box) => pictureBox(finding, box))];
  const picture = drawing("svg", {
    class: "picture", role: "group", width: width + 2 * margin, height: height + 2 * margin,
    viewBox: `${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`,
    "aria-label": `${counted(finding.objects.length, "object")} and ` +
      `${counted(finding.references.length, "reference")}${cut ? `; cut ${cut.name}` : ""}. ` +
      "Arrow keys move between them",
  }, parts);
  picture.style.minWidth = `${Math.round(SMALLEST * width)}px`;
  return picture;
}

function legendOf(finding) {
  const kinds = [];
  if (finding.references.some((reference) => reference.cut)) kinds.push(["cut", "the reference to cut"]);
  if (finding.references.some((reference) => !reference.weak && !reference.cut)) {
    kinds.push(["strong", "owns"]);
  }
  if (finding.references.some((reference) => reference.weak)) kinds.push(["weak", "observes (weak)"]);
  if (finding.objects.some((object) => object.role === "retained")) {
    kinds.push(["retained", "kept alive, in no cycle itself"]);
  }
  return element("ul", { class: "legend" }, kinds.map(([kind, words]) =>
    element("li", { class: kind }, element("span", { class: "swatch", "aria-hidden": "true" }), words)));
}
