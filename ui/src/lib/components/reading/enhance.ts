import type { Attachment } from "svelte/attachments";
import { announce } from "../../state/announce.svelte";
import { copy } from "../../text/copy";
import { copyable } from "../../text/prompts";

/** Gives every code block of a rendered page its copy button, and every box of a task list its name. */
export function enhance(html: string): Attachment<HTMLElement> {
  return (root) => {
    // Reading `html` makes the attachment run again when the page changes.
    if (html === "") return;
    for (const block of root.querySelectorAll<HTMLElement>(".code")) {
      if (!block.querySelector(":scope > .copy-code")) block.append(copyButton(block));
    }
    for (const box of root.querySelectorAll<HTMLInputElement>("li > input[type=checkbox]")) {
      box.setAttribute("aria-label", box.closest("li")?.textContent.trim() ?? "");
    }
  };
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
