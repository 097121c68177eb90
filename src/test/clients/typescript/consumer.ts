import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./pbx.js";

type Group = components["schemas"]["Group"];
type ErrorCode = components["schemas"]["ErrorCode"];

function env(name: string): string {
  const value = process.env[name];
  assert(value, name);
  return value;
}

const clientOf = (token?: string) =>
  createClient<paths>({ baseUrl: env("BASE_URL"), headers: token ? { Authorization: `Bearer ${token}` } : {} });
const client = clientOf(env("TOKEN"));

async function read(id: string, expandExtension = false, expandGoto = false): Promise<Group> {
  const { data, error } = await client.GET("/pbx/group/{id}", { params: { path: { id }, query: { expandExtension, expandGoto } } });
  assert(data, error?.error.message);
  return data;
}

async function refused(id: string, caller: typeof client, status: number, code: ErrorCode): Promise<void> {
  const { error } = await caller.GET("/pbx/group/{id}", { params: { path: { id } } });
  assert(error);
  assert.deepEqual([error.error.status, error.error.code], [status, code]);
}

for (const extensions of [false, true]) {
  for (const goto of [false, true]) {
    const group = await read(env("GROUP"), extensions, goto);
    assert.deepEqual([group.name, group.strategy, group.ringTime, group.pickup], ["Sales", "SEQUENTIAL", 30, true]);
    assert.deepEqual([group.members.length, group.controllers.length], [3, 1]);
    for (const reference of [...group.members, ...group.controllers]) {
      assert.equal(typeof reference === "string", !extensions);
    }
    if (extensions) {
      const names = group.members.map((member) => (typeof member === "string" ? "an id" : member.name));
      assert.deepEqual(names, ["Reception", "Back office", null]);
    }
    const target = group.timeoutGoto;
    assert(target !== null);
    if (goto) {
      assert(typeof target !== "string");
      assert.deepEqual([target.type, target.name], ["QUEUE", "Night"]);
    } else {
      assert(typeof target === "string");
    }
  }
}

assert.equal((await read(env("GROUP_WITHOUT_GOTO"), false, true)).timeoutGoto, null);
const lost = (await read(env("GROUP_WITH_LOST_GOTO"), false, true)).timeoutGoto;
assert(lost !== null && typeof lost !== "string");
assert.deepEqual([lost.type, lost.number, lost.name], [null, null, null]);

await refused("x", client, 400, "bad_request");
await refused(env("GROUP"), clientOf(), 401, "credentials_invalid");
await refused(env("GROUP"), clientOf(env("EXPIRED_TOKEN")), 401, "expired");
await refused(env("GROUP"), clientOf(env("PERSONAL_TOKEN")), 403, "access_denied");
await refused(env("FOREIGN_GROUP"), client, 403, "access_denied");
await refused(env("NO_GROUP"), client, 404, "not_found");

const ask = (tag: string, expandGoto: boolean) =>
  client.GET("/pbx/group/{id}", { params: { path: { id: env("GROUP") }, query: { expandGoto }, header: { "If-None-Match": tag } } });
const etag = (await ask('"another"', false)).response.headers.get("ETag");
assert(etag);
const again = await ask(etag, false);
assert.equal(again.response.status, 304);
assert.equal(again.data, undefined);
assert.equal((await ask(etag, true)).response.status, 200);
