import { backend, failureOf, type Failure, type Settings, type Start } from "../backend";
import { drafts } from "./drafts";
import { recent } from "./recent.svelte";
import { router } from "./router.svelte";
import { scrolls } from "./scrolls";
import { applyTheme } from "./theme";
import { ticks } from "./ticks";

/** What the frame needs: the roadbook, the settings, the notices. */
class AppState {
  start = $state.raw<Start | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Something that went wrong outside of any screen, such as a link that could not be opened. */
  trouble = $state.raw<Failure | null>(null);

  async load(): Promise<void> {
    try {
      const start = await backend.start();
      this.failure = null;
      applyTheme(start.settings.theme);
      for (const kept of [recent, scrolls, ticks, drafts]) kept.begin(start.book.id);
      router.begin(start.place);
      this.start = start;
    } catch (reason) {
      this.failure = failureOf(reason);
    }
  }

  /** Rejects with a `Failure`; what was there stays. */
  async save(change: Partial<Settings>): Promise<void> {
    if (!this.start) return;
    this.start = await backend.saveSettings({ ...this.start.settings, ...change });
    applyTheme(this.start.settings.theme);
  }

  async dismiss(notice: string): Promise<void> {
    if (!this.start) return;
    this.start = { ...this.start, notices: this.start.notices.filter(({ id }) => id !== notice) };
    await backend.dismissNotice(notice).catch(() => undefined);
  }

  /** The `lang` of what the roadbook says; the app's own words are English, as the document is. */
  get language(): string | undefined {
    return this.start?.book.language || undefined;
  }

  /** Whether the person is still to be asked for a role. */
  get asksForRole(): boolean {
    return this.start !== null && this.start.roles.length > 0 && !this.start.settings.welcomed;
  }
}

export const app = new AppState();
