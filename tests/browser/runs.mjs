// Opens the runs behind answers as a person does: timeline and graph, by mouse and by keyboard, light and dark, English and
// Korean, wide and narrow. Questions come from the page's own suggestions, or from the command line after the folder.
//   node runs.mjs URL SCREENSHOT_FOLDER [QUESTION…]
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.env.NODE_MODULES, "x.js"));
const { chromium } = require("playwright-core");
const [url, shots, ...questions] = process.argv.slice(2);
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

async function openRun(page, question) {
  if (question) {
    await page.fill("#question", question);
    await page.press("#question", "Enter");
  } else {
    await page.click(".suggestion >> nth=2");
  }
  await page.waitForSelector(".answer", { timeout: 120_000 });
  await page.click(".answer:last-of-type details.made > summary");
  await page.click(".run-open");
  await page.waitForSelector("dialog.run[open] .run-bar");
}

async function check(name, work) {
  const before = problems.length;
  await work();
  assert.deepEqual(problems.slice(before), [], `${name}: the page had problems`);
  console.log(`ok ${name}`);
}

await check("a run opens as a timeline; a bar tells what was asked and what came back", async () => {
  const page = await open({});
  await openRun(page, questions[0]);
  await shot(page, "01-timeline-light");
  const tools = page.locator(".run-bar.run-tool");
  assert.ok(await tools.count() > 0, "tool calls are drawn");
  await tools.first().click();
  assert.match(await page.textContent(".run-detail"), /Arguments/);
  await shot(page, "02-tool-light");
  assert.ok(await page.locator(".run-detail table tbody tr").count() > 0, "rows are shown");
  await page.locator(".run-bar.run-chat").nth(1).click();
  assert.match(await page.textContent(".run-detail"), /What it read/);
  await page.click("dialog.run [data-key=time]");
  await shot(page, "03-chat-by-time-light");
  await page.click("dialog.run [data-key=graph]");
  assert.ok(await page.locator(".run-node.run-agent").count() >= 2, "agents are drawn");
  await shot(page, "04-graph-light");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog.run", { state: "detached" });
  await page.context().close();
});

await check("the keyboard alone reaches every bar", async () => {
  const page = await open({ colorScheme: "dark", locale: "ko-KR" });
  await openRun(page, questions[1]);
  const bars = await page.locator(".run-timeline [role=button]").count();
  await page.locator(".run-timeline [role=button]").first().focus();
  await page.keyboard.press("Home");
  const seen = new Set();
  for (let step = 0; step < bars; step += 1) {
    seen.add(await page.evaluate(() => document.activeElement.getAttribute("aria-label")));
    await page.keyboard.press(step < await page.locator(".run-lane-name").count() - 1 ? "ArrowDown" : "ArrowRight");
  }
  assert.ok(seen.size > bars / 2, `${seen.size} of ${bars} were reached`);
  await page.keyboard.press("Enter");
  assert.ok(await page.locator(".run-bar.chosen").count() === 1, "Enter chooses");
  await shot(page, "05-timeline-dark-ko");
  await page.click("dialog.run [data-key=graph]");
  await shot(page, "06-graph-dark-ko");
  await page.context().close();
});

await check("a narrow screen shows both halves", async () => {
  const page = await open({ viewport: { width: 390, height: 844 }, locale: "ko-KR", hasTouch: true });
  await openRun(page, questions[2] ?? questions[1]);
  await page.locator(".run-bar").first().click();
  assert.ok(await page.locator(".run-detail").isVisible());
  await shot(page, "07-narrow-ko");
  await page.context().close();
});

for (const [index, question] of questions.slice(3).entries()) {
  await check(`a run of "${question}"`, async () => {
    const page = await open({ colorScheme: index % 2 ? "dark" : "light", locale: /[가-힣]/.test(question) ? "ko-KR" : "en-US" });
    await openRun(page, question);
    await page.locator(".run-bar.run-tool").first().click();
    await shot(page, `${String(index + 8).padStart(2, "0")}-more`);
    await page.context().close();
  });
}

await browser.close();
