// Uses the chat page as a person does: asks, follows a figure to its statement and rows, by mouse and by keyboard alone, light and
// dark, English and Korean, wide and narrow. Questions come from the page's own suggestions, so any warehouse will do.
//   node page.mjs URL SCREENSHOT_FOLDER
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.env.NODE_MODULES, "x.js"));
const { chromium } = require("playwright-core");
const [url, shots] = process.argv.slice(2);
mkdirSync(shots, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
const problems = [];

async function open(options) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US", colorScheme: "light", ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(`script: ${error}`));
  page.on("console", (message) => { if (message.type() === "error") problems.push(`console: ${message.text()}`); });
  page.on("request", (request) => { if (!request.url().startsWith(url)) problems.push(`left the program: ${request.url()}`); });
  await page.goto(url);
  await page.waitForSelector(".suggestion");
  return page;
}

const shot = (page, name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
const answered = (page, count) => page.waitForFunction((wanted) => document.querySelectorAll(".answer").length >= wanted, count, { timeout: 60_000 });

async function check(name, work) {
  const before = problems.length;
  await work();
  assert.deepEqual(problems.slice(before), [], `${name}: the page had problems`);
  console.log(`ok ${name}`);
}

await check("a question is answered and a figure leads to its statement and rows", async () => {
  const page = await open({});
  await shot(page, "01-welcome-light");
  await page.click(".suggestion >> nth=0");
  await page.waitForSelector(".agent");
  await answered(page, 1);
  await shot(page, "02-answer-light");
  const figure = page.locator(".answer button.figure-fact, .answer button.figure-calc").first();
  const shown = await figure.textContent();
  await figure.click();
  await page.waitForSelector("#proof:not([hidden])");
  assert.equal(await page.textContent(".proof-shown"), shown);
  assert.match(await page.textContent("#proof"), /s\d{6}/, "the snapshot stands in the panel");
  assert.ok(await page.locator("#proof .rows tbody tr").count() > 0, "rows are shown");
  assert.ok(await page.locator("#proof td.cited").count() > 0, "the cited cell is marked");
  assert.match(await page.locator("#proof pre.statement").first().textContent(), /select/i);
  await shot(page, "03-evidence-light");
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#proof").isHidden(), "Escape closes the panel");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), shown, "the focus returns to the figure");
  await page.click("#theme");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await figure.click();
  await shot(page, "04-evidence-dark");
  await page.keyboard.press("Escape");
  await page.reload();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark", "the theme is kept");
  await page.waitForSelector(".kept");
  await page.click(".kept >> nth=0");
  await answered(page, 1);
  assert.ok(await page.locator(".answer button.figure").count() > 0, "a kept answer has its figures");
  await shot(page, "05-kept-dark");
});

await check("the page works by keyboard alone", async () => {
  const page = await open({ colorScheme: "dark" });
  await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => document.activeElement.className + " " + document.activeElement.id);
  await page.focus("#question");
  await page.keyboard.type("What was the billed cost by month?");
  await page.keyboard.press("Enter");
  await answered(page, 1);
  for (let step = 0; step < 60 && !(await focused()).includes("figure"); step += 1) await page.keyboard.press("Shift+Tab");
  assert.match(await focused(), /figure/, "a figure is reached by Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "proof", "the panel takes the focus");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("#proof") !== null), "Tab goes into the panel");
  await shot(page, "06-keyboard-dark");
  await page.keyboard.press("Escape");
  assert.match(await focused(), /figure/, "the focus returns");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "question", "a slash goes to the question");
});

await check("the page speaks Korean", async () => {
  const page = await open({ locale: "ko-KR" });
  assert.equal(await page.evaluate(() => document.documentElement.lang), "ko");
  assert.match(await page.textContent("#welcome-title"), /비용/);
  await shot(page, "07-welcome-korean");
  await page.click(".suggestion >> nth=0");
  await answered(page, 1);
  assert.equal(await page.getAttribute(".answer", "lang"), "ko");
  await page.locator(".answer button.figure").first().click();
  assert.match(await page.textContent("#proof-title"), /근거/);
  await shot(page, "08-evidence-korean");
  await page.click("[data-language=en]");
  assert.match(await page.getAttribute("#question", "placeholder"), /Ask/);
});

await check("what cannot be answered and what is hostile stays text", async () => {
  const page = await open({});
  await page.fill("#question", "<img src=x onerror=alert(1)> **weather** in `Seoul`?");
  await page.keyboard.press("Enter");
  await answered(page, 1);
  assert.equal(await page.locator(".turns img, .turns script").count(), 0);
  assert.match(await page.textContent(".asked"), /<img src=x/);
  await shot(page, "09-declined");
});

const lastParts = (page) => page.evaluate(() => [...[...document.querySelectorAll(".turn")].at(-1).querySelectorAll(".part")].map((part) => [part.className.match(/part-(\w+)/)[1], part.querySelector(".part-body").textContent]));
const part = async (page, kind) => (await lastParts(page)).filter(([name]) => name === kind).map(([, shown]) => shown);

await check("a follow-up refines the question and the reading is corrected by keyboard alone", async () => {
  const page = await open({});
  const ask = async (question, count) => {
    await page.fill("#question", question);
    await page.keyboard.press("Enter");
    await answered(page, count);
  };
  await ask("What was the billed cost by month?", 1);
  assert.deepEqual(await part(page, "by"), ["by month"]);
  assert.deepEqual(await part(page, "measure"), ["billed cost"]);
  await ask("by cloud service", 2);
  assert.deepEqual(await part(page, "by"), ["by cloud service"], "the grouping is replaced");
  await ask("top 3 only", 3);
  assert.deepEqual(await part(page, "top"), ["top 3"]);
  assert.equal(await page.locator(".turn:last-child .text tbody tr").count(), 3);
  assert.equal(await page.evaluate(() => document.scrollingElement.scrollTop), 0, "the frame stays in place");
  await page.waitForTimeout(400);
  await page.locator(".turn:last-child .reading").scrollIntoViewIfNeeded();
  await shot(page, "13-reading");
  await page.locator(".turn:last-child .part-measure button").focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "SELECT", "the editor takes the focus");
  await shot(page, "14-reading-open");
  await page.keyboard.press("Escape");
  assert.match(await page.evaluate(() => document.activeElement.className), /part-body/, "Escape gives it back");
  await page.keyboard.press("Enter");
  await page.selectOption(".turn:last-child .part-editor select", "effective_cost");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await answered(page, 4);
  assert.deepEqual(await part(page, "measure"), ["effective cost"]);
  assert.deepEqual(await part(page, "top"), ["top 3"], "the rest of the reading stays");
  await page.locator(".turn:last-child .part-by .part-drop").focus();
  await page.keyboard.press("Enter");
  await answered(page, 5);
  assert.deepEqual(await part(page, "by"), []);
  await page.locator(".turn:last-child .part-more").click();
  await page.selectOption(".turn:last-child .part-editor select", "provider");
  await page.click(".turn:last-child .part-editor button[type=submit]");
  await answered(page, 6);
  assert.deepEqual(await part(page, "by"), ["by provider"]);
  await page.waitForTimeout(300);
  await shot(page, "15-reading-corrected");
  await page.click("#theme");
  await page.locator(".turn:last-child .part-period button").first().click();
  await shot(page, "16-reading-dark");
  await page.reload();
  await page.waitForSelector(".kept");
  await page.click(".kept >> nth=0");
  await answered(page, 6);
  assert.deepEqual(await part(page, "by"), ["by provider"], "kept readings are shown again");
});

await check("the reading is in Korean and fits a phone", async () => {
  const page = await open({ viewport: { width: 390, height: 844 }, locale: "ko-KR" });
  await page.fill("#question", "월별 청구 비용은?");
  await page.keyboard.press("Enter");
  await answered(page, 1);
  await page.fill("#question", "그럼 리전별로는?");
  await page.keyboard.press("Enter");
  await answered(page, 2);
  assert.deepEqual(await part(page, "by"), ["리전별"]);
  assert.deepEqual(await part(page, "measure"), ["청구 비용"]);
  await page.locator(".turn:last-child .part-period .part-body").click();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `nothing sticks out sideways, but the page is ${width} wide`);
  await page.locator(".turn:last-child .reading").scrollIntoViewIfNeeded();
  await shot(page, "17-reading-korean-phone");
});

await check("the page fits a phone", async () => {
  const page = await open({ viewport: { width: 390, height: 844 }, locale: "ko-KR" });
  await page.click(".suggestion >> nth=0");
  await answered(page, 1);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `nothing sticks out sideways, but the page is ${width} wide`);
  await shot(page, "10-phone");
  await page.locator(".answer button.figure").first().click();
  await shot(page, "11-phone-evidence");
  await page.keyboard.press("Escape");
  await page.click("#side-open");
  await page.waitForSelector("#side", { state: "visible" });
  await page.waitForTimeout(300);
  await shot(page, "12-phone-history");
});

await check("what a person confirms comes back apart from the figures, and is theirs to correct and forget", async () => {
  const page = await open({});
  const { last_day: lastDay } = await (await page.request.get(`${url}/v1/status`)).json();
  const month = (back) => new Date(Date.UTC(Number(lastDay.slice(0, 4)), Number(lastDay.slice(5, 7)) - 1 - back, 1)).toLocaleString("en", { month: "long", year: "numeric", timeZone: "UTC" });
  const question = `How did the billed cost change from ${month(1)} to ${month(0)}?`;
  await page.fill("#question", question);
  await page.keyboard.press("Enter");
  await answered(page, 1);
  await page.click(".confirm summary");
  await page.fill(".confirm input", "the promotion <b>doubled</b> the orders");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".confirm form").hidden);
  const headline = await page.textContent(".headline");
  await page.click("#new");
  await page.fill("#question", question);
  await page.keyboard.press("Enter");
  await answered(page, 1);
  assert.match(await page.textContent(".remembered"), /<b>doubled<\/b>/, "the words come back as text");
  assert.equal(await page.locator(".remembered button.figure").count(), 0, "nothing in them opens evidence");
  assert.equal(await page.textContent(".headline"), headline, "the answer stays what it was");
  await page.locator(".remembered").scrollIntoViewIfNeeded();
  await shot(page, "18-remembered");
  await page.focus("#remember");
  await page.keyboard.press("Enter");
  const cause = page.locator(".memories li", { hasText: "doubled" });
  await cause.waitFor();
  await cause.getByRole("button", { name: "Correct" }).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("the promotion tripled the orders");
  await page.keyboard.press("Enter");
  await page.locator(".memories li", { hasText: "tripled" }).waitFor();
  await shot(page, "19-memories");
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#proof").isHidden(), "Escape closes the panel");
  assert.equal(await page.evaluate(() => document.activeElement.id), "remember", "the focus returns");
  await page.keyboard.press("Enter");
  await page.click(".memory-all summary");
  await page.click(".memory-all .danger");
  await page.waitForFunction(() => document.querySelectorAll(".memories .memory-text").length === 0);
  assert.ok(await page.locator(".kept").count() > 0, "conversations stay where they are not asked for");
});

await browser.close();
console.log(`screenshots in ${shots}`);
