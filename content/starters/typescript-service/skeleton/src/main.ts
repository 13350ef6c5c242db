import { readConfig } from "./config.js";
import { log } from "./log.js";
import { start, stop } from "./server.js";

try {
  const server = await start(readConfig(process.env));
  // SIGTERM comes from an orchestrator, SIGINT from Ctrl-C. A second signal ends the process at once.
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log("INFO", "stopping", { signal });
      void stop(server);
    });
  }
} catch (error) {
  log("ERROR", "failed", { error: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}
