import { backend, failureOf } from "../backend";
import { app } from "./app.svelte";
import { isAsking } from "./dialogs.svelte";
import { reveal, router } from "./router.svelte";

/** The one place where links are followed, however they were pressed and wherever they were written. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || (event.type === "auxclick" && event.button !== 1)) return;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  const address = link?.getAttribute("href");
  if (!link || !address) return;
  event.preventDefault();
  if (address.startsWith("#/")) router.go(address);
  else if (address.startsWith("#")) reveal(decodeURIComponent(address.slice(1)));
  else void openOutside(address);
}

async function openOutside(address: string): Promise<void> {
  try {
    await backend.openExternal(address);
  } catch (reason) {
    app.trouble = failureOf(reason);
  }
}

/** The buttons on the side of a mouse. */
export function followMouseButtons(event: MouseEvent): void {
  if (event.button !== 3 && event.button !== 4) return;
  event.preventDefault();
  if (isAsking()) return;
  if (event.button === 3) router.back();
  else router.forward();
}
