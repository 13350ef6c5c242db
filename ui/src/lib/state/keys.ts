import { dialogs } from "./dialogs.svelte";
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
  if (chord(event) || (!typing(event.target) && !open() && plain(event))) event.preventDefault();
}

function chord(event: KeyboardEvent): boolean {
  if (!mac && event.altKey && !event.ctrlKey && !event.metaKey) {
    if (event.key === "ArrowLeft") router.back();
    else if (event.key === "ArrowRight") router.forward();
    else return false;
    return true;
  }
  if (!(mac ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey) return false;
  const place = PLACES[Number(event.key) - 1];
  if (event.key.toLowerCase() === "k") toggleSearch();
  else if (mac && event.key === "[") router.back();
  else if (mac && event.key === "]") router.forward();
  else if (event.key === ",") router.go("#/settings");
  else if (place !== undefined) router.go(place);
  else return false;
  return true;
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
