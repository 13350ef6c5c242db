import { tick } from "svelte";
import type { Attachment } from "svelte/attachments";

/** What takes the focus; `lost` is what had it, with what was taken away around it. */
export type NextFocus = (box: HTMLElement, lost: Element) => HTMLElement | null | undefined;

const CONTROL = ":is(button, input, select, textarea):not(:disabled), a[href]";
const DIALOG = "[role='dialog']";

/** Numbers the parts that keep their focus, so that one knows itself again by its attribute. */
let parts = 0;

/** The first control within. */
export function firstControl(box: ParentNode): HTMLElement | null {
  return box.querySelector<HTMLElement>(CONTROL);
}

/**
 * Keeps the focus in a part of the page whose controls come and go. When the one that has it is taken away, or was
 * while a dialog that it opened had the focus, `next` takes it; one that is disabled for a moment gets it back.
 * Without this the focus falls to the page, and the keyboard begins again at its top.
 */
export function keepsFocus(next: NextFocus = firstControl): Attachment<HTMLElement> {
  return (box) => {
    let last: Element | null = null;
    // The innermost part around it: as long as that one stands, it decides.
    let keeper: HTMLElement | null = null;
    // Not by comparing elements: a form of the tests' DOM is not the same object from inside and from outside.
    const part = String(++parts);
    box.dataset.keepsFocus = part;

    function moved({ target }: FocusEvent): void {
      if (!(target instanceof Element)) return;
      if (box.contains(target)) {
        last = target;
        keeper = target.closest<HTMLElement>("[data-keeps-focus]");
      }
      // A dialog gives the focus back.
      else if (!target.closest(DIALOG)) last = null;
    }

    function left({ target, relatedTarget }: FocusEvent): void {
      if (relatedTarget !== null) return;
      // Some web views tell of it before the control is gone, some do not tell at all.
      queueMicrotask(() => {
        // Who presses beside everything leaves a control that is still there; another window is no other place.
        if (last === target && stands(last) && document.activeElement !== last) last = null;
      });
    }

    async function restore(): Promise<void> {
      if (last === null || !isLost() || (keeper?.isConnected && keeper.dataset.keepsFocus !== part)) return;
      // A place that was chosen for what has just happened goes first.
      await tick();
      if (last === null || !isLost() || !box.isConnected) return;
      // What a dialog over it asks comes first; its closing is looked at again.
      if (box.closest(DIALOG) !== document.querySelector(DIALOG)) return;
      const to = stands(last) ? last : next(box, last);
      if (!(to instanceof HTMLElement)) return;
      if (!to.matches(`${CONTROL}, summary, [tabindex]`)) to.tabIndex = -1;
      to.focus();
    }

    function isLost(): boolean {
      const now = document.activeElement;
      return now === null || now === document.body || !stands(now);
    }

    const observer = new MutationObserver(() => void restore());
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["disabled"],
    });
    document.addEventListener("focusin", moved);
    box.addEventListener("focusout", left);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", moved);
      box.removeEventListener("focusout", left);
    };
  };
}

/** Whether it is there and can have the focus. */
function stands(element: Element | null): boolean {
  return element !== null && element.isConnected && !element.matches(":disabled");
}
