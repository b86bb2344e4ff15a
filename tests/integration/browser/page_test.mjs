// page_test.mjs - the HTML report in Chromium: what a reader does with it, by mouse and by keyboard.
//
// The environment says where things are: GORDIAN_PAGES makes pages of programs that never ran (made_up_pages.cpp),
// GORDIAN_SAMPLES_BIN has README's samples, GORDIAN_PLAYWRIGHT is Playwright. Nothing here measures time:
// a wait ends when what is waited for is there, and only a page that hangs runs into its limit.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

const CHROMIUM = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find(existsSync);
const LIMIT = 120_000; // milliseconds, on two busy cores

let browser;
let directory;

before(async () => {
  const playwright = process.env.GORDIAN_PLAYWRIGHT;
  assert.ok(existsSync(playwright), `${playwright} is missing; scripts/setup test gets it`);
  assert.ok(CHROMIUM, "Chromium is missing; scripts/setup test installs it");
  directory = mkdtempSync(join(tmpdir(), "gordian-pages-"));
  execFileSync(process.env.GORDIAN_PAGES, [directory]);
  const { chromium } = createRequire(import.meta.url)(playwright);
  // Tests run as root in containers, where Chromium's sandbox does not work; the pages are our own.
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"], timeout: LIMIT });
});

after(async () => {
  await browser?.close();
  if (directory) rmSync(directory, { recursive: true });
});

// The report of a sample of README's, as its runtime writes it.
function sampleReport(sample) {
  const page = join(directory, `${sample}.html`);
  const { status } = spawnSync(join(process.env.GORDIAN_SAMPLES_BIN, sample), {
    env: { ...process.env, GORDIAN_OPTIONS: `block_stacks=1:html=${page}` },
  });
  assert.equal(status, 23);
  return page;
}

// Opens `file` and gives the page to `look`. Whatever else the page asks for, logs or throws is an error, and
// so is what its policy had to forbid.
async function open(file, options, look) {
  // Colours that change slowly would be looked at halfway.
  const still = { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" };
  const context = await browser.newContext({ ...still, ...options });
  const faults = [];
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(LIMIT);
    const url = pathToFileURL(file).href;
    page.on("console", (message) => faults.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => faults.push(`dialog: ${dialog.message()}`));
    page.on("request", (request) => {
      if (request.url().split("#")[0] !== url) faults.push(`request: ${request.url().slice(0, 200)}`);
    });
    await page.goto(url);
    await look(page);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

const made = (name) => join(directory, name);
const ids = (page) => page.locator("#list .id").allTextContents();
const shownId = (page) => page.locator("#detail article").getAttribute("data-id");
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);

test("a real report shows its cycle, and a click on the cut opens its stack, type and source", async () => {
  await open(sampleReport("intrusive_tree"), {}, async (page) => {
    assert.equal(await page.locator("h1").textContent(), "intrusive_tree");
    assert.equal(await page.locator(".picture .box").count(), 3);
    assert.equal(await page.locator(".picture .arrow").count(), 4);
    assert.equal(await page.locator(".picture .cut").count(), 2);
    assert.match(await page.locator(".fix").textContent(), /Cut Node::parent.*Make it a plain Node\*\./s);
    const cut = page.locator(".picture .cut").first();
    await cut.locator(".label").click();
    assert.ok(await cut.evaluate((node) => node.classList.contains("chosen")));
    const item = page.locator(".reference.chosen");
    assert.match(await item.textContent(), /Node::parent.*boost::intrusive_ptr<Node>/s);
    assert.ok(await item.evaluate((node) => node.open));
    await page.locator(".picture .box").first().click();
    const stack = page.locator(".object.chosen .stack");
    assert.match(await stack.innerText(), /in main\(\) at .*intrusive_tree\.cpp:15/);
  });
});

test("what the mouse rests on tells its whole name, place and source line", async () => {
  await open(made("all_parts.html"), {}, async (page) => {
    await page.locator(".picture .box").nth(2).hover();
    const hint = page.locator("#hint");
    await hint.waitFor();
    const words = await hint.innerText();
    assert.match(words, /std::map<std::string, std::vector<std::shared_ptr<net::Handler<net::Http>>>>/);
    assert.match(words, /net::Session::open\(net::Endpoint const&\) at article\.cpp:88/);
    assert.match(words, /std::make_shared<Session>\(endpoint\)/);
    await page.locator("#detail").evaluate((node) => {
      node.scrollBy(0, 20);
      return new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
    });
    assert.ok(await hint.isVisible());
    await page.mouse.move(5, 5);
    await hint.waitFor({ state: "hidden" });
  });
});

test("of a long cycle the page says what is left out, retained, weak, held, and not enough", async () => {
  await open(made("all_parts.html"), {}, async (page) => {
    const words = await page.locator("#detail").textContent();
    for (const part of ["1703 reference cycles of 5 to 40 objects each", "One of them is shown, of 40 objects.",
      "… and 35 more objects in the cycle", "Kept alive with it", "… and 7 more objects", "observes (weak)",
      "(not enough alone)", "Taken", "net::Server::accept() at article.cpp:120"]) {
      assert.ok(words.includes(part), part);
    }
    assert.equal(await page.locator(".picture .left-out").count(), 3);
    assert.equal(await page.locator(".picture .box.retained").count(), 2);
    assert.equal(await page.locator(".picture .arrow.weak").count(), 1);
    assert.match(await page.locator("#notes").textContent(), /2 notes.*libssl\.so\.3/s);
    await page.locator(".row", { hasText: "0rphan00" }).click();
    assert.match(await page.locator(".fix").textContent(), /nothing points to any more/);
    await page.locator(".row", { hasText: "Knot" }).click();
    assert.match(await page.locator(".fix").textContent(), /No single member breaks this cycle/);
  });
});

test("a large knot is told by its members, hubs and what hangs on it; a small one has no such part", async () => {
  await open(made("all_parts.html"), {}, async (page) => {
    const structure = page.locator(".structure");
    assert.equal(await structure.locator("h3").textContent(), "It is held together by 7 members, most of all by:");
    assert.deepEqual(await structure.locator("tr").first().locator("th, td").allTextContents(), [
      "net::Connection::session_", "39 references to net::Session",
      "shortest cycle net::Connection::session_ -> net::Session::connection_"]);
    assert.match(await structure.locator("tr").nth(1).textContent(), /-> … \(9 in all\)$/);
    assert.match(await structure.locator("tr").nth(2).textContent(), /3 referencesthe object itself$/);
    assert.equal(await structure.locator("li").textContent(), "Hub: one net::Session, held by 39 references, holds 2");
    assert.deepEqual(await page.locator(".tails li").allTextContents(),
      ["20.5 kB in 7 objects by net::Session::buffer_", "100 bytes by net::Session::name_"]);
    await page.locator(".row", { hasText: "Knot" }).click();
    assert.equal(await page.locator(".structure, .tails, .holder, .held").count(), 0);
  });
});

test("an orphan says where the lost handles lie, and who allocated these blocks", async () => {
  await open(made("all_parts.html"), {}, async (page) => {
    assert.equal(await page.locator(".holder").count(), 0);
    await page.locator(".row", { hasText: "0rphan00" }).click();
    const holder = page.locator(".holder").first();
    assert.equal(await holder.locator("summary").textContent(), "The handle net::Job::owner_ 8 bytes into a heap block of " +
      "40 bytes that nothing points toallocated in net::Session::open(net::Endpoint const&) at article.cpp:88");
    assert.ok(await holder.locator(".stack").isHidden());
    await holder.locator("summary").press("Enter");
    assert.match(await holder.locator(".stack").innerText(), /net::Server::accept\(\) at article\.cpp:120/);
    assert.match(await holder.locator(".facts").innerText(), /Offset\s+8 bytes\s+Block\s+40 bytes/);
    assert.match(await page.locator(".holder").nth(1).textContent(), /allocation stack was not recorded/);
    const leading = page.locator(".holder").nth(2);
    assert.match(await leading.locator("summary").textContent(), /^A heap block of 96 bytes that nothing points to leads to the handle /);
    await leading.locator("summary").press("Enter");
    assert.match(await leading.locator(".stack").first().innerText(), /net::Server::accept\(\) at article\.cpp:120/);
    assert.match(await leading.locator(".facts").innerText(), /References\s+2 like this/);
    assert.match(await page.locator(".walk").textContent(), /2 of 3 strong references were found nowhere\./);
    await page.locator("#filter").fill("job::owner_");
    assert.equal(await page.locator("#shown").textContent(), "1 of 3 findings");
  });
});

test("a finding that others hold leads to them, by mouse, by keyboard and back, whatever the filter lists", async () => {
  await open(made("all_parts.html"), {}, async (page) => {
    const held = page.locator(".held");
    assert.equal(await held.textContent(), "Held by cycles 00000003, 5ee4e44e: cut those first.");
    assert.equal(await held.locator("a").count(), 1); // the other one is not in this report
    await page.locator("#filter").fill("session_");
    assert.equal(await page.locator("#shown").textContent(), "1 of 3 findings");
    await held.locator("a").focus();
    await page.keyboard.press("Enter");
    await page.locator("article[data-id='00000003']").waitFor();
    assert.equal(await focused(page), "H2");
    assert.equal(await page.locator("#shown").textContent(), "3 findings");
    await page.goBack();
    await page.locator("article[data-id='0badcafe']").waitFor();
    await held.locator("a").click();
    await page.locator("article[data-id='00000003']").waitFor();
  });
});

test("a page without findings says so", async () => {
  await open(made("clean.html"), {}, async (page) => {
    assert.match(await page.locator("#detail").textContent(), /Nothing was found\./);
  });
});

test("ten thousand findings are all listed, and few of them are in the page at a time", async () => {
  await open(made("many.html"), {}, async (page) => {
    assert.equal(await page.locator("#shown").textContent(), "10,000 findings");
    assert.ok((await page.locator(".row").count()) < 60);
    await page.locator("#list").focus();
    await page.keyboard.press("End");
    assert.equal(await shownId(page), "10009999");
    assert.ok((await ids(page)).includes("10009999"));
    assert.equal(await page.locator("[aria-selected=true]").getAttribute("aria-posinset"), "10000");
    assert.match(await page.locator(".canvas").textContent(), /Only the first 1000 findings are drawn\./);
    assert.match(await page.locator(".walk").textContent(), /shop::Order9999.*allocated.*shop::Item::order/s);
  });
});

test("the filter finds by type, member, function, place and id; all its words must match", async () => {
  await open(made("many.html"), {}, async (page) => {
    const found = async (text) => {
      await page.locator("#filter").fill(text);
      return page.locator("#shown").textContent();
    };
    assert.equal(await found("order1234"), "1 of 10,000 findings");
    assert.equal(await shownId(page), "10001234");
    assert.equal(await found("10000077"), "1 of 10,000 findings");
    assert.equal(await found("ORDER777 items"), "11 of 10,000 findings");
    assert.equal(await found("article.cpp:399"), "33 of 10,000 findings");
    assert.equal(await found("item4 make_order article.cpp:103"), "34 of 10,000 findings");
    assert.equal(await found("order12345"), "0 of 10,000 findings");
    assert.match(await page.locator("#detail").textContent(), /No finding matches/);
    assert.equal(await found(""), "10,000 findings");
    await page.locator("#show").selectOption("likely");
    assert.equal(await page.locator("#shown").textContent(), "1,000 of 10,000 findings");
    await page.locator("#show").selectOption("open");
    assert.equal(await page.locator("#shown").textContent(), "9,990 of 10,000 findings");
    await page.locator("#show").selectOption("accepted");
    assert.equal(await page.locator("#shown").textContent(), "10 of 10,000 findings");
    assert.match(await page.locator("#detail").textContent(), /Accepted: own\.suppressions:3: type:shop::Order999 because it is meant\./);
  });
});

test("findings are sorted by memory, objects, instances and type, and back by rank", async () => {
  await open(made("many.html"), {}, async (page) => {
    const firstBy = async (order) => {
      await page.locator("#sort").selectOption(order);
      await page.locator("#list").focus();
      await page.keyboard.press("Home");
      return shownId(page);
    };
    const value = (key) => page.evaluate(`Math.max(...report.findings.map((finding) => finding.${key}))`);
    const shown = (key) => page.evaluate(`list.selected.${key}`);
    for (const key of ["bytes", "count", "instances"]) {
      await firstBy(key);
      assert.equal(await shown(key), await value(key));
    }
    assert.equal(await firstBy("name"), "10000000");
    await page.keyboard.press("j");
    assert.equal(await shownId(page), "10000001");
    assert.equal(await firstBy("rank"), "10000000");
  });
});

test("the keyboard alone leads through list, filter, finding and picture", async () => {
  await open(made("many.html"), {}, async (page) => {
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press("j", "j", "k");
    assert.equal(await shownId(page), "10000001");
    await press("/");
    assert.equal(await focused(page), "filter");
    await page.keyboard.type("order55 /j");
    assert.equal(await page.locator("#filter").inputValue(), "order55 /j");
    await press("Escape");
    assert.equal(await page.locator("#filter").inputValue(), "");
    assert.equal(await page.locator("#shown").textContent(), "10,000 findings");
    await press("Escape");
    assert.equal(await focused(page), "list");
    await press("Home", "ArrowDown", "ArrowDown", "ArrowUp", "PageDown", "PageUp");
    assert.equal(await shownId(page), "10000001");
    await press("Enter");
    assert.equal(await focused(page), "H2");
    const part = () => page.evaluate(() => document.activeElement.getAttribute("class"));
    for (let i = 0; i < 5 && !/arrow cut/.test((await part()) ?? ""); ++i) await press("Tab");
    assert.match(await part(), /arrow cut/);
    assert.ok(await page.locator("#hint").isVisible());
    await press("Enter");
    assert.equal(await page.locator(".reference.cut.chosen").count(), 1);
    await press("ArrowDown");
    assert.match(await part(), /^box/);
    await press("ArrowUp", " ");
    assert.match(await part(), /arrow cut/);
    await press("Escape");
    assert.equal(await focused(page), "list");
    assert.ok(await page.locator("#hint").isHidden());
  });
});

test("the address names the finding, and opens it", async () => {
  await open(made("many.html"), {}, async (page) => {
    await page.keyboard.press("j");
    assert.match(page.url(), /#10000001$/);
    await page.goto(page.url().replace("10000001", "10004321"));
    await page.locator("article[data-id='10004321']").waitFor();
    await page.reload();
    assert.equal(await shownId(page), "10004321");
  });
});

// What WCAG asks of text: 4.5 to 1, between what is computed for a node and what lies behind it.
const contrast = (page, selector) => page.locator(selector).first().evaluate((node) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = (colour) => {
    const [r, g, b] = [...rgba(colour)].slice(0, 3).map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const isText = node instanceof SVGElement;
  let behind = isText ? node.parentElement.querySelector("rect") : node;
  const paint = () =>
    getComputedStyle(behind)[behind instanceof SVGElement ? "fill" : "backgroundColor"];
  while (behind !== document.documentElement && rgba(paint())[3] === 0) behind = behind.parentElement;
  const style = getComputedStyle(node);
  const [low, high] = [light(isText ? style.fill : style.color), light(paint())].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
});

test("text can be read in light and in dark, as the system says and as the button switches", async () => {
  const grounds = new Set();
  for (const colorScheme of ["light", "dark"]) {
    await open(made("all_parts.html"), { colorScheme }, async (page) => {
      const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const first = await ground();
      grounds.add(first);
      for (let i = 0; i < 2; ++i) {
        for (const text of ["#headline", "h2", ".because", ".fix h3", ".fix .reason", ".row-facts", ".row .id",
          ".keys", "dt", ".about", ".source", ".cut-tag", ".picture .cut .path", ".picture .box .type", ".picture .box .small",
          ".picture .strong .path", ".legend", "#shown",
          ".held", ".held a", ".structure h3", ".structure th", ".structure td", ".structure li", ".tails li"]) {
          const ratio = await contrast(page, text);
          assert.ok(ratio >= 4.5, `${colorScheme}, switched ${i} times: ${text} has ${ratio.toFixed(2)}`);
        }
        await page.locator("#theme").click();
        if (i === 0) assert.notEqual(await ground(), first);
      }
      assert.equal(await ground(), first);
      await page.locator("#theme").click();
      const chosen = await ground();
      await page.reload();
      assert.equal(await ground(), chosen);
    });
  }
  assert.equal(grounds.size, 2);
});

test("everything that can be used has a role and a name", async () => {
  await open(made("all_parts.html"), {}, async (page) => {
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll("button, input, select, [role=button], [role=listbox], nav, svg[role]")]
        .filter((node) => !(node.ariaLabel || node.labels?.length || node.textContent.trim()))
        .map((node) => node.outerHTML.slice(0, 80)));
    assert.deepEqual(nameless, []);
    const twice = await page.evaluate(() => {
      const all = [...document.querySelectorAll("[id]")].map((node) => node.id);
      return all.filter((id, i) => all.indexOf(id) !== i);
    });
    assert.deepEqual(twice, []);
    const active = await page.locator("#list").getAttribute("aria-activedescendant");
    assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
    assert.ok((await page.getByRole("button", { name: /net::Connection::session_.*cut here/ }).count()) > 0);
  });
});

test("on paper every listed finding is there, unfolded, and nothing to click", async () => {
  await open(made("all_parts.html"), { colorScheme: "dark" }, async (page) => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.ok(await page.locator(".app").isHidden());
    const paper = page.locator("#paper");
    assert.equal(await paper.locator("article").count(), 3);
    assert.equal(await paper.locator("details:not([open])").count(), 0);
    assert.match(await paper.innerText(), /net::Server::accept\(\) at article\.cpp:120/);
    assert.match(await paper.innerText(), /net::Connection::session_\s+39 references to net::Session/);
    assert.match(await paper.innerText(), /Block allocated\s+in net::Session::open/);
    assert.match(await paper.innerText(), /Note: no debug info in libssl\.so\.3/);
    assert.equal(await paper.locator("input, select").count(), 0);
    assert.ok((await contrast(page, "#paper h2")) > 12);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await paper.locator("article").count(), 0);
  });
  await open(made("many.html"), {}, async (page) => {
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await page.locator("#paper article").count(), 200);
    assert.match(await page.locator("#paper").textContent(), /… and 9,800 more findings, not printed/);
  });
});

test("without scripts the page is the text report", async () => {
  await open(sampleReport("article_cycle"), { javaScriptEnabled: false }, async (page) => {
    const text = await page.locator("noscript pre").innerText();
    assert.match(text, /gordian: 1 cycle keeps 3 objects/);
    assert.match(text, /◀── cut here/);
    assert.ok(await page.locator(".app").isHidden());
  });
});

test("a narrow window needs no sideways scrolling, and the picture stays legible", async () => {
  await open(made("all_parts.html"), { viewport: { width: 400, height: 800 } }, async (page) => {
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.ok(await page.evaluate(() => {
      const box = document.querySelector(".picture").getBoundingClientRect();
      return box.width >= 0.79 * list.selected.picture.width;
    }));
  });
});

test("hostile names stay text: the page has the elements of the tame one, and runs nothing", async () => {
  const elements = (page) => page.evaluate(() =>
    [...document.body.querySelectorAll("*")].filter((node) => !node.closest("script, noscript"))
      .map((node) => `${node.tagName} ${[...node.attributes].map((attribute) => attribute.name)}`));
  const everything = async (page) => {
    const seen = [];
    for (let i = 0; i < 3; ++i) {
      seen.push(await elements(page));
      await page.keyboard.press("j");
    }
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    return [...seen, await elements(page)];
  };
  let tame;
  await open(made("tame.html"), {}, async (page) => {
    tame = await everything(page);
  });
  const hostile = readdirSync(directory).filter((name) => name.startsWith("hostile-"));
  assert.ok(hostile.length >= 11);
  for (const name of hostile) {
    await open(made(name), {}, async (page) => assert.deepEqual(await everything(page), tame, name));
  }
});
