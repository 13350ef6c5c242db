/** The name under which the service greets and logs. */
export const SERVICE_NAME = "${{ values.name }}";

/** An answer that knows nothing about sockets, so that a test can ask for it directly. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

type Handler = () => Answer;

/** All routes. A new one is a line here and a function below. */
const routes: ReadonlyMap<string, Handler> = new Map([
  ["/", greet],
  ["/health", health],
]);

/** Answers a request; `url` is its target, such as `/health?verbose`. */
export function respond(method: string, url: string): Answer {
  const path = url.split("?", 1)[0] ?? "/";
  const handler = routes.get(path);
  if (handler === undefined) {
    return { status: 404, body: { error: "not found" } };
  }
  if (method !== "GET" && method !== "HEAD") {
    return { status: 405, body: { error: "method not allowed" }, headers: { allow: "GET, HEAD" } };
  }
  return handler();
}

function greet(): Answer {
  return { status: 200, body: { service: SERVICE_NAME, message: `Hello from ${SERVICE_NAME}` } };
}

/**
 * Says that the process can answer. What must be there before the service may get traffic (a database, say)
 * belongs to a readiness route of its own, or a slow dependency gets healthy processes restarted.
 */
function health(): Answer {
  return { status: 200, body: { status: "ok" } };
}
