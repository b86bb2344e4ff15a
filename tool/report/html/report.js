// report.js - what the page is about, and words for parts of it.
"use strict";

const report = JSON.parse(byId("data").textContent);
report.findings.forEach((finding, rank) => {
  finding.rank = rank;
});

function framesOf(stack) {
  return stack === null ? [] : report.stacks[stack].map((index) => report.frames[index]);
}

const objectOf = (finding, id) => finding.objects.find((object) => object.id === id);

const reportedIds = new Set(report.findings.map((finding) => finding.id));
const isReported = (id) => reportedIds.has(id);

const nameOf = (object) => `${object.type} #${object.id}`;

// The types round the cycle, as often as they follow each other: "Parent → Child".
function typesOf(finding) {
  const own = finding.objects.filter((object) => object.role !== "retained").map((object) => object.type);
  return own.filter((type, i) => type !== own[i - 1]).join(" → ");
}

// Everything that the filter looks at, in lower case; made when somebody filters.
function wordsOf(finding) {
  if (finding.words === undefined) {
    const words = [finding.kind, finding.id, finding.evidence, finding.accepted];
    for (const object of finding.objects) {
      words.push(object.type, object.address, ...framesOf(object.stack).map((frame) => frame.at));
    }
    for (const reference of finding.references) {
      words.push(reference.path, reference.type, reference.declared?.at);
      words.push(...framesOf(reference.taken).map((frame) => frame.at));
    }
    for (const member of finding.structure?.members ?? []) words.push(member.path);
    for (const tail of finding.tails) words.push(tail.path);
    for (const holder of finding.lost) {
      words.push(holder.path);
      words.push(...[...framesOf(holder.stack), ...framesOf(holder.above)].map((frame) => frame.at));
    }
    for (const cut of finding.cuts) words.push(cut.name, cut.advice);
    finding.words = words.filter(Boolean).join("\n").toLowerCase();
  }
  return finding.words;
}

const orders = {
  rank: (a, b) => a.rank - b.rank,
  bytes: (a, b) => b.bytes - a.bytes || a.rank - b.rank,
  count: (a, b) => b.count + b.retained - a.count - a.retained || a.rank - b.rank,
  instances: (a, b) => b.instances - a.instances || a.rank - b.rank,
  name: (a, b) => typesOf(a).localeCompare(typesOf(b)) || a.rank - b.rank,
};

// Whether a finding is of the kind, or in the state, that `show` names; "" names any.
function isOf(finding, show) {
  if (show === "accepted" || show === "open") return (finding.accepted !== null) === (show === "accepted");
  return show === "" || finding.kind === show || finding.evidence === show;
}

// The findings with every word of `text` in them, of those that `show` names.
function chosenFindings(text, show, sort) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return report.findings
    .filter((finding) => isOf(finding, show))
    .filter((finding) => words.every((word) => wordsOf(finding).includes(word)))
    .sort(orders[sort]);
}
