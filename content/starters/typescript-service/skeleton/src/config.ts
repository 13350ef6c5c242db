/** What the service needs to know to start. */
export interface Config {
  /** The interface to listen on. */
  readonly host: string;
  /** The port to listen on; 0 lets the system choose a free one. */
  readonly port: number;
}

/** The interface to listen on when `HOST` is not set: this machine only. */
export const DEFAULT_HOST = "127.0.0.1";

/** The port to listen on when `PORT` is not set. */
export const DEFAULT_PORT = ${{ values.port }};

/**
 * Reads `HOST` and `PORT`.
 *
 * @throws {Error} when `PORT` is not a port number.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  return {
    host: environment["HOST"] ?? DEFAULT_HOST,
    port: readPort(environment["PORT"]),
  };
}

function readPort(text: string | undefined): number {
  if (text === undefined) {
    return DEFAULT_PORT;
  }
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) {
    throw new Error(`PORT must be a number from 0 to 65535, but it is "${text}"`);
  }
  return port;
}
