import assert from "node:assert/strict";
import { test } from "node:test";

import { respond, SERVICE_NAME } from "../src/routes.js";

test("the greeting names the service", () => {
  const answer = respond("GET", "/");

  assert.equal(answer.status, 200);
  assert.equal(answer.body["service"], SERVICE_NAME);
});

test("health is ok, with or without a query", () => {
  for (const url of ["/health", "/health?verbose"]) {
    assert.deepEqual(respond("GET", url), { status: 200, body: { status: "ok" } });
  }
});

test("an unknown path is not found", () => {
  assert.equal(respond("GET", "/nowhere").status, 404);
});

test("a wrong method is refused and the right ones are named", () => {
  const answer = respond("POST", "/health");

  assert.equal(answer.status, 405);
  assert.equal(answer.headers?.["allow"], "GET, HEAD");
});
