import { backend } from "../backend";
import { announce } from "./announce.svelte";
import { closeDialogs } from "./dialogs.svelte";
import { href, identity, parse, type Route } from "./route";
import { scrolls } from "./scrolls";

/** The window's history: where it is, where it was, and how far down the page. */
class Router {
  route = $state.raw<Route>({ name: "home" });
  /** Grows with every navigation, also to another place on the same page. */
  visit = $state(0);
  canGoBack = $state(false);
  canGoForward = $state(false);
  #index = 0;
  #last = 0;
  #arrived = 0;
  #offset: number | null = null;
  #heights = new Map<number, number>();

  /** Begins where the address says, otherwise at `place` (a route without `#/`). */
  begin(place: string | null): void {
    history.scrollRestoration = "manual";
    const wanted = location.hash.length > 2 ? location.hash : `#/${place ?? ""}`;
    history.replaceState({ index: 0 }, "", wanted);
    addEventListener("popstate", (event) => this.#popped(event));
    addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#show(parse(wanted), scrolls.of(identity(parse(wanted))));
  }

  go(hash: string, how: { replace?: boolean } = {}): void {
    const route = parse(hash);
    if (how.replace) {
      history.replaceState({ index: this.#index }, "", href(route));
    } else if (href(route) !== href(this.route)) {
      this.#index += 1;
      this.#last = this.#index;
      history.pushState({ index: this.#index }, "", href(route));
    }
    this.#show(route, null);
  }

  back(): void {
    if (this.canGoBack) history.back();
  }

  forward(): void {
    if (this.canGoForward) history.forward();
  }

  /** Called by the screen once it stands: title, announcement, focus and scroll position. */
  arrive(title: string): void {
    document.title = title === "" ? "Roadbook" : `${title} – Roadbook`;
    if (this.#arrived === this.visit) return;
    this.#arrived = this.visit;
    announce(title);
    const heading = document.querySelector<HTMLElement>("main h1");
    heading?.focus({ preventScroll: true });
    const at = this.route.name === "page" ? this.route.at : null;
    if (this.#offset !== null) scrollTo(0, this.#offset);
    else if (!at || !reveal(at)) scrollTo(0, 0);
  }

  #show(route: Route, offset: number | null): void {
    this.canGoBack = this.#index > 0;
    this.canGoForward = this.#index < this.#last;
    this.#offset = offset;
    this.route = route;
    this.visit += 1;
    closeDialogs();
    void backend.setPlace(href(route).slice(2)).catch(() => undefined);
  }

  #popped(event: PopStateEvent): void {
    const state = event.state as { index?: number } | null;
    if (typeof state?.index === "number") {
      this.#index = state.index;
      this.#last = Math.max(this.#last, this.#index);
    } else {
      // Somebody typed an address or followed a plain link.
      this.#index += 1;
      this.#last = this.#index;
      history.replaceState({ index: this.#index }, "");
    }
    this.#show(parse(location.hash), this.#heights.get(this.#index) ?? null);
  }

  #scrolled(): void {
    if (this.#arrived !== this.visit) return;
    this.#heights.set(this.#index, scrollY);
    scrolls.keep(identity(this.route), scrollY);
  }
}

/** Brings the element with this anchor into view; `false` where there is none. */
export function reveal(anchor: string): boolean {
  const target = document.getElementById(anchor);
  if (!target) return false;
  const details = target.closest("details");
  if (details) details.open = true;
  target.scrollIntoView();
  if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  return true;
}

export const router = new Router();
