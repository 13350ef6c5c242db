/** A value in the window's own storage; where there is none, it lasts as long as the window. */
export interface Kept<T> {
  read(): T;
  write(value: T): void;
}

export function kept<T>(key: string, empty: T): Kept<T> {
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

/** As `kept`, with a value for each roadbook: pages of one are not those of another. */
export function keptPer<T>(key: string, empty: T): (book: string) => Kept<T> {
  return (book) => kept(`${key}:${book}`, empty);
}
