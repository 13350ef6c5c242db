// Paths of files as the rows of a tree.

import type { PreviewedFile } from "../backend";

/** A row: a folder, or a file. */
export interface TreeRow {
  /** The whole path. */
  path: string;
  /** What is shown: the last part, or several folders that hold nothing else. */
  name: string;
  /** From 1. */
  level: number;
  /** None for a folder. */
  file: PreviewedFile | null;
  /** The folder that it is in; empty at the top. */
  folder: string;
}

interface Folder {
  folders: Map<string, Folder>;
  files: PreviewedFile[];
}

/** Folders first, both by name; a folder that holds only a folder is one row with it. */
export function treeOf(files: PreviewedFile[]): TreeRow[] {
  const top: Folder = { folders: new Map(), files: [] };
  for (const file of files) {
    let folder = top;
    for (const part of file.path.split("/").slice(0, -1)) {
      let below = folder.folders.get(part);
      if (!below) {
        below = { folders: new Map(), files: [] };
        folder.folders.set(part, below);
      }
      folder = below;
    }
    folder.files.push(file);
  }
  return rowsOf(top, "", 1);
}

function rowsOf(folder: Folder, path: string, level: number): TreeRow[] {
  const rows: TreeRow[] = [];
  for (const [first, start] of [...folder.folders].sort(([a], [b]) => a.localeCompare(b))) {
    let [name, below] = [first, start];
    for (;;) {
      const [only] = below.folders;
      if (!only || below.folders.size > 1 || below.files.length > 0) break;
      name = `${name}/${only[0]}`;
      below = only[1];
    }
    const whole = path === "" ? name : `${path}/${name}`;
    rows.push({ path: whole, name, level, file: null, folder: path }, ...rowsOf(below, whole, level + 1));
  }
  for (const file of [...folder.files].sort((a, b) => a.path.localeCompare(b.path))) {
    rows.push({ path: file.path, name: file.path.split("/").pop() ?? "", level, file, folder: path });
  }
  return rows;
}

/** The rows that are in view while these folders are closed. */
export function openRows(rows: TreeRow[], closed: ReadonlySet<string>): TreeRow[] {
  return rows.filter(
    ({ folder }) => ![...closed].some((one) => folder === one || folder.startsWith(`${one}/`)),
  );
}
