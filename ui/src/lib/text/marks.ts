export interface Piece {
  text: string;
  marked: boolean;
}

/** Cuts a text at its marked ranges. Ranges count characters, not UTF-16 units. */
export function pieces(text: string, ranges: [number, number][]): Piece[] {
  const characters = Array.from(text);
  const result: Piece[] = [];
  let at = 0;
  const take = (end: number, marked: boolean) => {
    if (end > at) result.push({ text: characters.slice(at, end).join(""), marked });
    at = Math.max(at, end);
  };
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    take(Math.min(start, characters.length), false);
    take(Math.min(end, characters.length), true);
  }
  take(characters.length, false);
  return result;
}
