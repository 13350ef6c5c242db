// Where the window can be. A route is written as a hash: `#/page/first-service/create?at=run-it`.

import type { ToolScope } from "../backend";

export type Route =
  | { name: "home" | "paths" | "library" | "starters" | "settings" | "problems" }
  | { name: "tools"; scope: ToolScope }
  | { name: "path"; id: string }
  | { name: "page"; id: string; at: string | null }
  | { name: "starter"; id: string; task: string | null }
  | { name: "lost"; hash: string };

const PLAIN = ["paths", "library", "starters", "settings", "problems"] as const;

export function parse(hash: string): Route {
  const [path = "", query = ""] = split(hash.replace(/^#?\/?/, ""), "?");
  const [name = "", rest = ""] = split(path, "/");
  const id = decode(rest.replace(/\/+$/, ""));
  if (path === "") return { name: "home" };
  if (path === "tools") return { name: "tools", scope: scopeIn(query) };
  if (id === "") {
    const plain = PLAIN.find((candidate) => candidate === name);
    return plain ? { name: plain } : { name: "lost", hash };
  }
  if (name === "path") return { name, id };
  if (name === "page") return { name, id, at: parameter(query, "at") };
  if (name === "starter") return { name, id, task: parameter(query, "task") };
  return { name: "lost", hash };
}

export function href(route: Route): string {
  switch (route.name) {
    case "home":
      return "#/";
    case "tools":
      return `#/tools${scopeQuery(route.scope)}`;
    case "path":
      return `#/path/${encodePath(route.id)}`;
    case "page":
      return `#/page/${encodePath(route.id)}${route.at ? `?at=${encodeURIComponent(route.at)}` : ""}`;
    case "starter":
      return `#/starter/${encodePath(route.id)}${route.task ? `?task=${encodeURIComponent(route.task)}` : ""}`;
    case "lost":
      return route.hash;
    default:
      return `#/${route.name}`;
  }
}

/** Two hashes with the same identity show the same screen, perhaps at another place in it. */
export function identity(route: Route): string {
  return route.name === "page" ? href({ ...route, at: null }) : href(route);
}

/** Where a link inside the roadbook leads. */
export function linkTo(link: { id: string; kind: string }): string {
  if (link.id === "library" || link.id === "paths" || link.id === "starters") return `#/${link.id}`;
  if (link.kind === "path") return href({ name: "path", id: link.id });
  if (link.kind === "starter") return href({ name: "starter", id: link.id, task: null });
  return href({ name: "page", id: link.id, at: null });
}

/** The tools of a folder or a path. */
export function toolsOf(scope: ToolScope): string {
  return href({ name: "tools", scope });
}

function scopeIn(query: string): ToolScope {
  const id = parameter(query, "path");
  if (id !== null) return { type: "path", id };
  const folder = parameter(query, "folder");
  return folder === null ? { type: "all" } : { type: "folder", folder };
}

function scopeQuery(scope: ToolScope): string {
  if (scope.type === "path") return `?path=${encodeURIComponent(scope.id)}`;
  if (scope.type === "folder") return `?folder=${encodeURIComponent(scope.folder)}`;
  return "";
}

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function parameter(query: string, name: string): string | null {
  for (const part of query.split("&")) {
    const [key, value] = split(part, "=");
    if (key === name && value !== "") return decode(value);
  }
  return null;
}

function encodePath(id: string): string {
  return id.split("/").map(encodeURIComponent).join("/");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
