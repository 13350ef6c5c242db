import { SERVICE_NAME } from "./routes.js";

export type Level = "INFO" | "WARN" | "ERROR";

/** Writes one line of JSON to standard output, where the platform collects it. */
export function log(level: Level, message: string, fields: Record<string, unknown> = {}): void {
  const line = { timestamp: new Date().toISOString(), level, message, service: SERVICE_NAME, ...fields };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
