import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { Config } from "./config.js";
import { log } from "./log.js";
import { respond } from "./routes.js";

/** How long requests in flight may take after the service was asked to stop, in milliseconds. */
export const GRACE_MS = 10_000;

/** Starts to listen, and resolves once requests are answered; rejects when the address cannot be had. */
export function start(config: Config): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = respond(request.method ?? "GET", request.url ?? "/");
    const body = JSON.stringify(answer.body);
    response.writeHead(answer.status, {
      ...answer.headers,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    });
    response.end(body);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, () => {
      server.off("error", reject);
      log("INFO", "listening", { host: config.host, port: portOf(server) });
      resolve(server);
    });
  });
}

/** Takes no new connections, and resolves when the requests in flight are finished or {@link GRACE_MS} are over. */
export function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => {
      log("WARN", "gave up on requests that were still running");
      server.closeAllConnections();
    }, GRACE_MS);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
  });
}

/** The port that a listening server has. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
