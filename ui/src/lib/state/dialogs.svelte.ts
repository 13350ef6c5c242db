/** Dialogs that can be opened from anywhere. */
export const dialogs = $state({ search: false, keys: false });

/** The place changes: what stood over the one before goes with it. */
export function closeDialogs(): void {
  dialogs.search = false;
  dialogs.keys = false;
}

/** Whether a dialog that belongs to a screen is open. It asks something, which has to be answered or left first. */
export function isAsking(): boolean {
  const open = document.querySelector('[role="dialog"][data-state="open"]');
  return open !== null && !dialogs.search && !dialogs.keys;
}
