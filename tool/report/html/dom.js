// dom.js - elements made of text: nothing that a report says ever becomes markup.
"use strict";

const SVG = "http://www.w3.org/2000/svg";

function furnish(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function element(tag, attributes, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

function drawing(tag, attributes, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

const byId = (id) => document.getElementById(id);

function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

const upperFirst = (words) => words.charAt(0).toUpperCase() + words.slice(1);

// Copies where the page may use the clipboard, else the way that works in any page.
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = element("textarea", { class: "off-screen", readonly: true }, text);
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}
