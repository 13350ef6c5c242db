import type { Attachment } from "svelte/attachments";
import { announce } from "../../state/announce.svelte";
import { ticks } from "../../state/ticks";
import { copy } from "../../text/copy";
import { copyable } from "../../text/prompts";

/**
 * Gives every code block of a rendered page its copy button, and every box of a task list its name. On a page that
 * has an id the reader may tick the boxes.
 */
export function enhance(html: string, page: string | null): Attachment<HTMLElement> {
  return (root) => {
    // Reading `html` makes the attachment run again when the page changes.
    if (html === "") return;
    for (const block of root.querySelectorAll<HTMLElement>(".code")) {
      if (!block.querySelector(":scope > .copy-code")) block.append(copyButton(block));
    }
    for (const box of root.querySelectorAll<HTMLInputElement>("li > input[type=checkbox]")) {
      const text = ownText(box);
      box.setAttribute("aria-label", text);
      if (page !== null) tickable(box, page, text);
    }
  };
}

/** The text of a box's item, without the items below it. */
function ownText(box: HTMLInputElement): string {
  const item = box.closest("li")?.cloneNode(true);
  if (!(item instanceof HTMLElement)) return "";
  for (const list of item.querySelectorAll("ul, ol")) list.remove();
  return item.textContent.trim().replace(/\s+/g, " ");
}

function tickable(box: HTMLInputElement, page: string, text: string): void {
  box.disabled = false;
  box.checked = ticks.of(page, text) ?? box.defaultChecked;
  box.addEventListener("change", () => ticks.keep(page, text, box.checked));
}

function copyButton(block: HTMLElement): HTMLButtonElement {
  const button = document.createElement("button");
  const title = block.querySelector(".code-title")?.textContent.trim();
  const name = (word: string) => {
    button.textContent = word;
    button.setAttribute("aria-label", title ? `${word}: code of ${title}` : `${word}: code`);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  button.type = "button";
  button.className = "button bare copy-code";
  name("Copy");
  button.addEventListener("click", () => {
    const code = block.querySelector("pre")?.textContent ?? "";
    void copy(copyable(block.dataset.language ?? "", code)).then((done) => {
      name(done ? "Copied" : "Not copied");
      announce(button.textContent);
      clearTimeout(timer);
      timer = setTimeout(() => name("Copy"), 2000);
    });
  });
  return button;
}
