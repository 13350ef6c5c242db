import type { OwnerCard, PageView } from "../../backend";

/** What a task may do to the page that it stands on. */
export interface StepContext {
  /** `path/step`. */
  id: string;
  /** Who can be asked about it. */
  owner: OwnerCard | null;
  /** Shows the page that a command answered with. */
  show(page: PageView): void;
  /** Reads the page again: a job has ended. */
  reload(): Promise<void>;
}
