const states = new Map<string, unknown>();

/** State that outlives its screen: a job goes on, and a half-filled form is kept, while another page is read. */
export function held<T>(key: string, make: () => T): T {
  let state = states.get(key) as T | undefined;
  if (state === undefined) {
    state = make();
    states.set(key, state);
  }
  return state;
}

export function letGo(key: string): void {
  states.delete(key);
}
