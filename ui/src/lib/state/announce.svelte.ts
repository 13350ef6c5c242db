/** What a screen reader is told, politely; `App` holds the live region. */
export const announcement = $state({ text: "" });

export function announce(text: string): void {
  announcement.text = text;
}
