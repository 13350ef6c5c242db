import { dialogs, isAsking } from "./dialogs.svelte";
import { router } from "./router.svelte";

export const mac = /mac/i.test(navigator.platform);
const PLACES = ["#/", "#/paths", "#/library", "#/tools", "#/starters"];

export interface Shortcut {
  keys: string[];
  what: string;
}

const command = mac ? "⌘" : "Ctrl";

/** What the keyboard help lists. */
export const shortcuts: Shortcut[] = [
  { keys: [command, "K"], what: "Search" },
  { keys: ["/"], what: "Search" },
  { keys: mac ? ["⌘", "["] : ["Alt", "←"], what: "Back" },
  { keys: mac ? ["⌘", "]"] : ["Alt", "→"], what: "Forward" },
  { keys: [command, "1"], what: "Home; 2 Paths, 3 Library, 4 Tools, 5 Starters" },
  { keys: [command, ","], what: "Settings" },
  { keys: ["?"], what: "This list" },
  { keys: ["Esc"], what: "Close what is open" },
];

export function followKeys(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const act = chord(event);
  if (act) {
    // Also where nothing is done: some web views have a meaning of their own for Alt with an arrow.
    event.preventDefault();
    if (!isAsking()) act();
  } else if (!typing(event.target) && !open() && plain(event)) {
    event.preventDefault();
  }
}

function chord(event: KeyboardEvent): (() => void) | null {
  if (!mac && event.altKey && !event.ctrlKey && !event.metaKey) {
    if (event.key === "ArrowLeft") return () => router.back();
    return event.key === "ArrowRight" ? () => router.forward() : null;
  }
  if (!(mac ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey) return null;
  if (event.key.toLowerCase() === "k") return toggleSearch;
  if (mac && event.key === "[") return () => router.back();
  if (mac && event.key === "]") return () => router.forward();
  const place = event.key === "," ? "#/settings" : PLACES[Number(event.key) - 1];
  return place === undefined ? null : () => router.go(place);
}

function toggleSearch(): void {
  dialogs.keys = false;
  dialogs.search = !dialogs.search;
}

function plain(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "/") dialogs.search = true;
  else if (event.key === "?") dialogs.keys = true;
  else return false;
  return true;
}

function open(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null;
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio"].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}
