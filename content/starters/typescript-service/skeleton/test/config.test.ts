import assert from "node:assert/strict";
import { test } from "node:test";

import { DEFAULT_HOST, DEFAULT_PORT, readConfig } from "../src/config.js";

test("an empty environment gives the defaults", () => {
  assert.deepEqual(readConfig({}), { host: DEFAULT_HOST, port: DEFAULT_PORT });
});

test("the environment sets host and port", () => {
  assert.deepEqual(readConfig({ HOST: "0.0.0.0", PORT: "9000" }), { host: "0.0.0.0", port: 9000 });
});

for (const text of ["", "http", "-1", "65536", "80.5", "0x50"]) {
  test(`the port "${text}" is refused`, () => {
    assert.throws(() => readConfig({ PORT: text }), { message: new RegExp(`0 to 65535.*"${text}"$`) });
  });
}
