import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { DEFAULT_HOST } from "../src/config.js";
import { SERVICE_NAME } from "../src/routes.js";
import { portOf, start, stop } from "../src/server.js";

const main = fileURLToPath(new URL("../src/main.js", import.meta.url));

test("the server answers /health on a port that the system chooses", async () => {
  const server = await start({ host: DEFAULT_HOST, port: 0 });
  try {
    const response = await fetch(`http://${DEFAULT_HOST}:${portOf(server)}/health`);

    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.deepEqual(await response.json(), { status: "ok" });
  } finally {
    await stop(server);
  }
});

test("a port in use is reported", async () => {
  const server = await start({ host: DEFAULT_HOST, port: 0 });
  try {
    await assert.rejects(start({ host: DEFAULT_HOST, port: portOf(server) }), { code: "EADDRINUSE" });
  } finally {
    await stop(server);
  }
});

// Windows has no SIGTERM: it ends the process without asking.
test("the program logs its start and ends cleanly on SIGTERM", { skip: process.platform === "win32" }, async () => {
  const program = spawn(process.execPath, [main], {
    env: { ...process.env, HOST: DEFAULT_HOST, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(createInterface(program.stdout), "line")) as [string];
    const entry = JSON.parse(line) as Record<string, unknown>;
    assert.equal(entry["message"], "listening");
    assert.equal(entry["service"], SERVICE_NAME);
    const response = await fetch(`http://${DEFAULT_HOST}:${String(entry["port"])}/health`);
    assert.equal(response.status, 200);
    await response.text();

    const ended = once(program, "exit");
    program.kill("SIGTERM");

    assert.deepEqual(await ended, [0, null]);
  } finally {
    program.kill("SIGKILL");
  }
});
