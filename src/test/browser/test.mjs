// Uses dev mode's page as a person does, in a real browser: test.mjs ADDRESS [SCREENSHOT]
import assert from "node:assert/strict";
import {chromium} from "playwright-core";

const [address, screenshot] = process.argv.slice(2);

// The authorization table on the demo data: which rule decides for whom, and about which group. By hand, so that neither the page nor the
// service can agree with itself; the statuses of the table of src/test/resources/authorization.csv.
const GROUPS = {Support: "301", Sales: "302", "Night shift": "303", "Loose ends": "304", Everybody: "305", "Ferry crew": "306", Surgery: "307", Operators: "308"};
const OWN = {Vera: ["Support", "Sales", "Loose ends"], Olaf: ["Support", "Sales", "Loose ends"], Max: ["Night shift"], Victor: ["Surgery"], Olga: ["Everybody"]};
const RESOLD = {
  Rita: ["Support", "Sales", "Loose ends", "Night shift", "Operators"],
  Rune: ["Support", "Sales", "Loose ends", "Night shift", "Operators"],
  Sune: ["Ferry crew"],
};
const NEVER = ["Nora", "Per", "Randi"];
const WITHOUT_TOKEN = ["Expired", "Nobody"];

function expected(name, group) {
  if (WITHOUT_TOKEN.includes(name)) return "401 –";
  if (NEVER.includes(name)) return "403 level";
  if (!(group in GROUPS)) return "404 –";
  if (name === "Ada") return "200 admin";
  if (OWN[name]?.includes(group)) return "200 own-customer";
  return RESOLD[name]?.includes(group) ? "200 reseller" : "403 foreign";
}

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const callers = await (await fetch(`${address}/demo/callers`)).json();
assert.equal(callers.length, 14);

async function open(options) {
  const context = await browser.newContext({viewport: {width: 1200, height: 900}, ...options});
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", error => page.problems.push(String(error)));
  page.on("console", message => {
    // The browser itself reports each answer of 400 and more; those are what the page is there to show.
    if (["error", "warning"].includes(message.type()) && !message.text().startsWith("Failed to load resource")) page.problems.push(message.text());
  });
  page.on("request", request => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:")) page.problems.push(`asked for ${request.url()}`);
  });
  await page.goto(address);
  await answered(page, 0);
  return page;
}
const turn = page => page.evaluate(() => Number(document.body.dataset.asked ?? 0));
const answered = (page, before) => page.waitForFunction(n => Number(document.body.dataset.asked ?? 0) > n, before);
/** Does something that asks, and waits for the answer to be on the page. */
async function asking(page, action) {
  const before = await turn(page);
  await action();
  await answered(page, before);
}
const text = (page, id) => page.locator(`#${id}`).innerText();
const caller = (page, name) => page.locator(`.caller[data-name="${name}"]`);

const tests = {
  async "each caller gets the status and the rule of the authorization table"(page) {
    for (const {name, status, path} of callers) {
      await asking(page, () => caller(page, name).click());
      const group = Object.keys(GROUPS).find(key => path.includes(`0${GROUPS[key]}`));
      const [, rule] = expected(name, group).split(" ");
      assert.equal(await text(page, "status"), String(status), name);
      assert.equal(`${await text(page, "status")} ${await text(page, "rule") || "–"}`, `${status} ${rule}`, name);
      assert.equal(expected(name, group), `${status} ${rule}`, name);
      assert.equal(await caller(page, name).getAttribute("aria-pressed"), "true");
      assert.equal(await page.locator("#picture").isVisible(), status === 200, name);
    }
  },

  async "the edge that decided is marked"(page) {
    const marked = () => page.locator("#chain .decides").allInnerTexts();
    await asking(page, () => caller(page, "Vera").click());
    assert.deepEqual(await marked(), ["Caller's customer · VIEWER\nAalborg Bikes", "is the same", "Group's customer\nAalborg Bikes"]);
    await asking(page, () => caller(page, "Rita").click());
    assert.deepEqual(await marked(), ["Caller's reseller · RESELLER\nNordTel", "Group's customer\nAalborg Bikes", "has as parent", "Parent reseller · the caller's\nNordTel"]);
    await asking(page, () => caller(page, "Rune").click());
    assert.deepEqual(await marked(), []);
    assert.match(await text(page, "chain"), /Christianso Ferries[^]*Parent reseller\s+NordTel Islands/);
    await asking(page, () => caller(page, "Nora").click());
    assert.deepEqual(await marked(), ["Caller's level\nNO_LOGIN"]);
  },

  async "a group is drawn with what cannot be resolved, and a large one in short"(page) {
    await asking(page, () => caller(page, "Olaf").click());
    assert.equal(await page.locator("#members .item").count(), 5);
    assert.equal(await page.locator("#members .unresolved").count(), 3);
    assert.equal(await page.locator("#goto .unresolved").count(), 1);
    assert.equal(await page.locator("#rights li").count(), 11);
    await asking(page, () => caller(page, "Olga").click());
    assert.equal(await page.locator("#members .item").count(), 8);
    assert.equal(await page.locator("#members .more").innerText(), "… 992 more");
  },

  async "an id that is none is 400, and an own token is asked with"(page) {
    await page.locator("#group").selectOption({label: "Another id …"});
    await asking(page, async () => {
      await page.locator("#free-id").fill("42");
      await page.locator("#free-id").press("Enter");
    });
    assert.equal(await text(page, "status"), "400");
    assert.equal(await text(page, "code"), "bad_request");
    await asking(page, async () => {
      await page.locator("#token").fill("not.a.token");
      await page.locator("#use-token").click();
    });
    assert.equal(await text(page, "status"), "401");
    assert.equal(await text(page, "code"), "invalid_token");
  },

  async "If-None-Match gives 304, and the rule is told all the same"(page) {
    await asking(page, () => caller(page, "Vera").click());
    await asking(page, () => page.locator("#ifNoneMatch").check());
    assert.equal(await text(page, "status"), "304");
    assert.equal(await text(page, "rule"), "own-customer");
  },

  async "the curl line is copied whole, and works"(page) {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await asking(page, () => caller(page, "Vera").click());
    await page.locator("#copy").click();
    await page.waitForFunction(() => document.getElementById("copy").textContent === "Copied");
    const line = await page.evaluate(() => navigator.clipboard.readText());
    const [, token, url] = line.match(/^curl -H 'Authorization: Bearer (\S+)' '(\S+)'$/);
    assert.equal((await fetch(url, {headers: {Authorization: `Bearer ${token}`}})).status, 200);
  },

  async "the whole table is the authorization table"(page) {
    await page.locator("#ask-all").click();
    await page.waitForFunction(() => !document.getElementById("ask-all").disabled);
    const names = (await page.locator("#table thead th").allInnerTexts()).map(head => head.split("\n")[0]);
    assert.equal(names.length, 10);
    for (const {name} of callers) {
      const row = page.locator("#table tbody tr", {has: page.locator("th", {hasText: new RegExp(`^${name}`)})});
      const cells = (await row.locator("td").allInnerTexts()).map(cell => cell.replace(/\s+/, " "));
      assert.deepEqual(cells, names.map(group => expected(name, group)), name);
    }
    await asking(page, () => page.locator('#table button[data-caller="Sune"][data-group$="301"]').click());
    assert.equal(await text(page, "rule"), "foreign");
    assert.equal(await page.evaluate(() => document.activeElement.id), "answer");
  },

  async "the keyboard reaches every caller, the answer and the body"(page) {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    for (let i = 0; i < 3 + 2; i++) await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.name), "Per");
    await asking(page, () => page.keyboard.press("Enter"));
    assert.equal(await text(page, "status"), "403");
    await page.locator("summary", {hasText: "Body"}).focus();
    await page.keyboard.press("Space");
    assert.match(await text(page, "body"), /access_denied/);
  },

  async "whatever is asked has a name that a screen reader can say"(page) {
    const nameless = await page.evaluate(() => [...document.querySelectorAll("button, input, select, [role=region]")]
      .filter(one => !(one.labels?.length || one.textContent.trim() || one.getAttribute("aria-label") || one.getAttribute("aria-labelledby")))
      .map(one => one.outerHTML));
    assert.deepEqual(nameless, []);
    assert.equal(await page.locator("#outcome").getAttribute("aria-live"), "polite");
  },

  async "Swagger UI shows the operation without a search, says what to paste, and asks with it"(page) {
    await page.goto(`${address}/q/swagger-ui/`);
    const execute = page.getByRole("button", {name: "Execute"});
    const {y, height} = await execute.boundingBox();
    assert.ok(y + height < 1.5 * 900, `Execute ends at ${y + height} px`);
    assert.ok(await page.evaluate(() => document.body.scrollHeight) < 4 * 900);

    await page.getByRole("button", {name: "Authorize"}).click();
    const dialog = page.locator(".modal-ux");
    assert.match(await dialog.innerText(), /without the word Bearer/);
    await dialog.getByRole("textbox").fill(callers.find(one => one.name === "Olaf").token);
    await dialog.getByRole("button", {name: "Apply credentials"}).click();
    await dialog.getByRole("button", {name: "Close"}).click();
    await execute.click();
    assert.equal(await page.locator(".live-responses-table .response-col_status").last().innerText(), "200");
  },
};

for (const colorScheme of ["light", "dark"]) {
  tests[`texts are readable in ${colorScheme} mode, and nothing is wider than the window`] = async page => {
    await page.emulateMedia({colorScheme});
    for (const name of ["Olaf", "Rita", "Nora"]) {
      await asking(page, () => caller(page, name).click());
      assert.deepEqual(await page.evaluate(faint), [], name);
      for (const width of [1200, 420]) {
        await page.setViewportSize({width, height: 900});
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} at ${width}`);
      }
    }
  };
}

/** Texts whose contrast is under 4.5 to 1 (WCAG AA). Runs in the page. */
function faint() {
  const rgba = color => color.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const backdrop = element => {
    for (let e = element; e; e = e.parentElement) {
      const color = rgba(getComputedStyle(e).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  return [...document.body.querySelectorAll("*")]
    .filter(e => [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim()) && e.checkVisibility() && !e.disabled && e.tagName !== "OPTION")
    .map(e => {
      const [a, b] = [luminance(rgba(getComputedStyle(e).color)), luminance(backdrop(e))].sort((x, y) => y - x);
      return [(a + .05) / (b + .05), e];
    })
    .filter(([contrast]) => contrast < 4.5)
    .map(([contrast, e]) => `${contrast.toFixed(2)} ${e.tagName} ${e.textContent.trim().slice(0, 40)}`);
}

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  const page = await open();
  try {
    await test(page);
    assert.deepEqual(page.problems, []);
    console.log(`ok      ${name}`);
  } catch (failure) {
    failed++;
    console.log(`FAILED  ${name}\n${failure.message}`);
  }
  await page.context().close();
}
if (screenshot && !failed) {
  const page = await open({viewport: {width: 1200, height: 1076}});
  await asking(page, () => caller(page, "Rita").click());
  await page.screenshot({path: screenshot});
}
await browser.close();
process.exit(failed ? 1 : 0);
