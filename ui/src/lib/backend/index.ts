import { tauri } from "./tauri";
import type { Backend } from "./types";

export { failureOf, type Backend, type Job, type JobAsk } from "./types";
export type * from "./wire.gen";

/** Who answers: the desktop shell, unless a test put somebody else here. */
export const backend: Backend = { ...tauri };

export function install(other: Backend): void {
  Object.assign(backend, other);
}
