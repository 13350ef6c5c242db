/** A value in the window's own storage; where there is none, it lasts as long as the window. */
export function kept<T>(key: string, empty: T): { read(): T; write(value: T): void } {
  return {
    read() {
      try {
        const text = localStorage.getItem(key);
        return text === null ? empty : (JSON.parse(text) as T);
      } catch {
        return empty;
      }
    },
    write(value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // Full or forbidden: nothing that the person would miss.
      }
    },
  };
}
