/** What a screen reader is told, politely; `App` holds the live region. */
export const announcement = $state({ text: "" });

export function announce(text: string): void {
  // A live region tells what changes: said twice, the same words differ by a space that nobody hears.
  announcement.text = announcement.text === text ? `${text}\u00a0` : text;
}
