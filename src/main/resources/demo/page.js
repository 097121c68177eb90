// The page shows what the service answers, and why as the service itself tells it (/demo/decisions): it knows no rule of its own.
const $ = id => document.getElementById(id);
const RIGHTS = ["pickup", "steal", "spy", "setPresence", "queueMember", "viewOtherParty", "sms",
  "readCalendar", "writeCalendar", "readPhonebook", "writePhonebook"];
const STRATEGIES = {ALL: "rings all at once", SEQUENTIAL: "rings one after the other", RANDOM: "rings in random order"};
const FREE = "";
const SHOWN = 8;
const PARALLEL = 6;

const [callers, data] = await Promise.all(["/demo/callers", "/demo/data"].map(async url => (await fetch(url)).json()));
const targets = [
  ...data.groups.map(group => ({...group, of: data.customers[group.owner]})),
  {id: "65f000000000000000000201", name: "Reception", of: "an extension, no group"},
  {id: "65f000000000000000000999", name: "Nothing", of: "no item has this id"},
];
const etags = new Map();
let caller;
let asked = 0;

/** An element with attributes and children; texts are never read as HTML. */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false && value != null) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter(child => child != null));
  return element;
}
const kind = status => status === 200 ? "good" : [401, 403].includes(status) || status >= 500 ? "bad" : "other";
const facts = entries => entries.filter(([, value]) => value != null && value !== "")
  .map(([key, value]) => el("div", {}, el("dt", {}, key), el("dd", {}, value)));

// --- Asking

async function ask(who, path, headers = {}) {
  const requestId = crypto.randomUUID();
  if (who.token) headers.Authorization = `Bearer ${who.token}`;
  const began = performance.now();
  const response = await fetch(path, {headers: {...headers, "X-Request-Id": requestId}, cache: "no-store"});
  const body = await response.text();
  const milliseconds = Math.round(performance.now() - began);
  const decision = await (await fetch(`/demo/decisions/${requestId}`)).json();
  const json = response.headers.get("content-type")?.startsWith("application/json") && body ? JSON.parse(body) : null;
  return {status: response.status, headers: response.headers, body, json, milliseconds, decision: decision.rule ? decision : null};
}

function path() {
  const id = $("group").value || encodeURIComponent($("free-id").value);
  const flags = ["expandExtension", "expandGoto"].filter(flag => $(flag).checked).map(flag => `${flag}=true`);
  return `/pbx/group/${id}${flags.length ? "?" + flags.join("&") : ""}`;
}

async function show() {
  const turn = ++asked;
  const target = path();
  const conditional = $("ifNoneMatch").checked && etags.get(target);
  const answer = await ask(caller, target, conditional ? {"If-None-Match": conditional} : {});
  if (turn !== asked) return;
  const etag = answer.headers.get("etag");
  if (etag) etags.set(target, etag);
  $("ifNoneMatch").disabled = !etags.has(target);
  showCurl(target, conditional);
  showOutcome(answer);
  showChain(answer.decision);
  showDetails(answer);
  showGroup(answer.status === 200 ? answer.json : null);
  document.body.dataset.asked = turn;
}

// --- Who asks, and for what

function showCallers() {
  $("callers").replaceChildren(...callers.map(one => {
    const button = el("button", {type: "button", class: "caller", "aria-pressed": one === caller, "data-name": one.name},
      el("span", {}, el("b", {}, one.name), el("span", {class: "level"}, one.level)),
      el("span", {class: `badge ${kind(one.status)}`}, el("span", {class: "hidden"}, "expects "), String(one.status)),
      el("span", {class: "about"}, one.about));
    button.onclick = async () => {
      await choose(one);
      if (matchMedia("(max-width: 900px)").matches) $("answer").scrollIntoView();
    };
    return el("li", {}, button);
  }));
}

function choose(one, target = one.path) {
  caller = one;
  document.querySelectorAll(".caller").forEach(button => button.setAttribute("aria-pressed", button.dataset.name === one.name));
  if (target) {
    const url = new URL(target, location);
    select(url.pathname.split("/").pop());
    for (const flag of ["expandExtension", "expandGoto"]) $(flag).checked = url.searchParams.get(flag) === "true";
  }
  $("ifNoneMatch").checked = false;
  return show();
}

function select(id) {
  const known = targets.some(target => target.id === id);
  $("group").value = known ? id : FREE;
  if (!known) $("free-id").value = id;
  $("free").hidden = known;
}

function showCurl(target, etag) {
  const line = token => ["curl", token && `-H 'Authorization: Bearer ${token}'`, etag && `-H 'If-None-Match: ${etag}'`,
    `'${location.origin}${target}'`].filter(Boolean).join(" ");
  $("curl").textContent = line(caller.token && `${caller.token.slice(0, 8)}…${caller.token.slice(-6)}`);
  $("copy").onclick = async () => {
    await navigator.clipboard.writeText(line(caller.token));
    $("copy").textContent = "Copied";
    setTimeout(() => $("copy").textContent = "Copy", 1500);
  };
}

// --- The answer, and why

function showOutcome({status, json, decision}) {
  const error = json?.error;
  $("status").textContent = status;
  $("status").className = kind(status);
  $("code").textContent = error?.code ?? {200: "OK", 304: "Not Modified"}[status] ?? "";
  $("message").textContent = error?.message ?? (status === 304 ? "The caller has this representation already." : "");
  $("rule").textContent = decision?.rule ?? "";
  $("because").textContent = decision?.because ?? "No rule was asked: the request ended before that.";
  const ends = status === 401 ? 0 : status === 400 ? 1 : decision?.rule === "level" ? 2 : status === 404 ? 3
    : status === 403 ? 4 : status < 400 ? 5 : -1;
  $("steps").replaceChildren(...["Token", "Id and flags", "Level", "Group found", "Scope"].map((step, i) => ends < 0 ? null
    : el("li", {class: i < ends ? "good" : i === ends ? "bad" : null}, `${i < ends ? "✓" : i === ends ? "✗" : "·"} ${step}`))
    .filter(Boolean));
}

function showChain(decision) {
  const chain = $("chain");
  chain.className = `chain ${decision?.allowed ? "allowed" : "denied"}`;
  if (!decision) return chain.replaceChildren();
  const {edge} = decision;
  const node = (title, customer, decides) => el("div", {class: `node ${customer.id || customer.level ? "" : "absent"} ${decides ? "decides" : ""}`},
    el("small", {}, title), el("b", {}, customer.name));
  const link = (text, decides) => el("div", {class: `link ${decides ? "decides" : ""}`}, text);
  const level = {name: decision.levels || "none", level: true};
  chain.replaceChildren(
    edge === "level" ? node("Caller's level", level, true)
      : node(`Caller's ${decision.callerIs} · ${level.name}`, decision.caller, edge),
    link(edge === "owner" ? "is the same" : edge === "level" ? "decides alone" : "is not", edge === "owner"),
    node("Group's customer", decision.owner, edge && edge !== "level"),
    link(edge === "parentReseller" ? "has as parent" : "parent", edge === "parentReseller"),
    node(edge === "parentReseller" ? "Parent reseller · the caller's" : "Parent reseller", decision.parentReseller, edge === "parentReseller"));
}

function showDetails({status, headers, body, json, milliseconds}) {
  $("headers").replaceChildren(...facts([["ETag", headers.get("etag")], ["Cache-Control", headers.get("cache-control")],
    ["WWW-Authenticate", headers.get("www-authenticate")], ["X-Request-Id", headers.get("x-request-id")], ["Time", `${milliseconds} ms`]]));
  $("size").textContent = body ? `${new Blob([body]).size.toLocaleString("en")} bytes` : "none";
  $("body").textContent = json ? JSON.stringify(json, null, 2) : body || "(none)";
  $("claims").replaceChildren(...facts(claims(caller.token)));
}

function claims(token) {
  if (!token) return [["", "no token is sent"]];
  try {
    const bytes = Uint8Array.from(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
    return Object.entries(JSON.parse(new TextDecoder().decode(bytes))).map(([name, value]) => [name,
      ["exp", "iat", "nbf"].includes(name) ? new Date(value * 1000).toLocaleString()
        : typeof value === "string" ? value + (data.customers[value] ? ` (${data.customers[value]})` : "") : JSON.stringify(value)]);
  } catch {
    return [["", "this is no JWT"]];
  }
}

// --- The group as a picture

function reference(ref) {
  if (typeof ref === "string") return el("li", {class: "item"}, el("small", {}, ref));
  if (ref.number == null && ref.name == null && ref.type == null) {
    return el("li", {class: "item unresolved", title: "Deleted, of the wrong type, or another customer's: the service does not say which."},
      el("span", {}, "Unresolved"), el("small", {}, ref._id));
  }
  return el("li", {class: "item"},
    el("span", {}, ref.type && el("span", {class: "type"}, ref.type), ref.number && el("span", {class: "number"}, ref.number), ref.name ?? ""),
    el("small", {}, ref._id));
}

function references(refs, none) {
  if (!refs.length) return [el("li", {class: "none"}, none)];
  const more = refs.length - SHOWN;
  return [...refs.slice(0, SHOWN).map(reference),
    ...(more > 0 ? [el("li", {class: "more"}, `… ${more.toLocaleString("en")} more`)] : [])];
}

function showGroup(group) {
  $("picture").hidden = !group;
  if (!group) return;
  $("controllers").replaceChildren(...references(group.controllers, "None"));
  $("rights").replaceChildren(...RIGHTS.map(right => el("li", {class: group[right] ? null : "off"},
    group[right] ? "✓ " : "✗ ", right)));
  $("called").textContent = group.number ? `Calls to ${group.number}` : "Has no number to call";
  $("group-card").replaceChildren(el("b", {}, group.name ?? "(no name)"), el("small", {}, group.notes ?? ""));
  const seconds = group.ringTime ? `for ${group.ringTime} s` : "without end";
  $("strategy").textContent = group.redirect ? `redirected to ${group.redirect}`
    : `${STRATEGIES[group.strategy]}, ${seconds} · ${group.members.length.toLocaleString("en")} members`;
  $("members").className = group.strategy === "SEQUENTIAL" ? "items ordered" : "items";
  $("members").replaceChildren(...references(group.members, "No members"));
  $("after").textContent = group.ringTime ? `after ${group.ringTime} s` : "never: it rings without end";
  $("goto").replaceChildren(...references(group.timeoutGoto == null ? [] : [group.timeoutGoto], "The call ends"));
}

// --- The whole table

async function askAll() {
  $("ask-all").disabled = true;
  const heads = targets.map(target => el("th", {scope: "col"}, target.name, el("small", {}, target.of)));
  const cells = [];
  const rows = callers.map(one => el("tr", {}, el("th", {scope: "row"}, one.name, el("small", {}, one.level)), ...targets.map(target => {
    const cell = el("td");
    cells.push({one, target, cell});
    return cell;
  })));
  $("table").replaceChildren(el("thead", {}, el("tr", {}, el("td"), ...heads)), el("tbody", {}, ...rows));
  $("table").hidden = false;
  let done = 0;
  const waiting = cells.values();
  await Promise.all(Array.from({length: PARALLEL}, async () => {
    for (const {one, target, cell} of waiting) {
      const {status, decision} = await ask(one, `/pbx/group/${target.id}`);
      const button = el("button", {type: "button", class: kind(status), "data-caller": one.name, "data-group": target.id,
        "data-rule": decision?.rule, "aria-label": `${one.name}, ${target.name}: ${status} ${decision?.rule ?? ""}`},
        String(status), el("small", {}, decision?.rule ?? "\u2013"));
      button.onclick = async () => {
        await choose(one, `/pbx/group/${target.id}`);
        $("answer").focus();
      };
      cell.replaceChildren(button);
      $("progress").textContent = `${++done} of ${cells.length}`;
    }
  }));
  $("ask-all").disabled = false;
}

// --- Start

function notice(text) {
  $("notice").textContent = text;
  $("notice").hidden = false;
}

if (!data.loaded) notice("The database is your own and has no demo data: choose an id of yours, or start with -Dpbx.demo.load=true.");
if (callers.every(one => !one.token)) notice("A public key of yours is configured, so dev mode cannot sign tokens: paste one of your own.");

$("group").append(...targets.map(target => el("option", {value: target.id}, `${target.name} · ${target.of}`)),
  el("option", {value: FREE}, "Another id …"));
$("group").onchange = () => {
  $("free").hidden = $("group").value !== FREE;
  $("ifNoneMatch").checked = false;
  if (!$("free").hidden) $("free-id").focus();
  show();
};
["expandExtension", "expandGoto"].forEach(flag => $(flag).onchange = () => {
  $("ifNoneMatch").checked = false;
  show();
});
$("ifNoneMatch").onchange = show;
$("request").onsubmit = event => {
  event.preventDefault();
  show();
};
$("use-token").onclick = () => choose({name: "Your token", token: $("token").value.trim()}, null);
$("token").onkeydown = event => {
  if (event.key === "Enter") $("use-token").click();
};
$("ask-all").onclick = askAll;
showCallers();
choose(callers.find(one => one.name === "Vera"));
