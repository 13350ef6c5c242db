// Addresses of repositories, while they are typed. The engine has the last word; here the person is told early.

/** `https://host/path` and the like. */
const URL_FORM = /^([a-z][a-z\d+.-]*):\/\/(?:[^\s/?#]*@)?([^\s/?#@]*)(\S*)$/i;
/** `git@host:path`; one letter in front of the colon is a drive of Windows. */
const SCP_FORM = /^(?:[^\s@:/\\]+@)?([^\s@:/\\]{2,}):(?!:)(\S*)$/;
const SCHEMES = ["https", "ssh", "http"];
const FORMS = "Write an address such as https://git.example/team/shop or git@git.example:team/shop.";

/** What is wrong with the address of a repository, as a sentence; `null` when nothing is. */
export function addressComplaint(typed: string): string | null {
  const text = typed.trim();
  if (text === "") return "Write the address of the repository.";
  if (/\s/.test(text)) return "An address has no spaces.";
  const url = URL_FORM.exec(text);
  if (url && !SCHEMES.includes(url[1]?.toLowerCase() ?? ""))
    return `Nothing is cloned from ${url[1]}:// addresses. ${FORMS}`;
  const [host, path] = url ? [url[2] ?? "", url[3] ?? ""] : (SCP_FORM.exec(text)?.slice(1) ?? []);
  if (host === undefined || path === undefined || text.startsWith("-") || host.startsWith("-")) return FORMS;
  if (host === "" || host.startsWith(":")) return "The address names no server.";
  if (/^\/*$/.test(path)) return `The address names the server ${host} and no repository on it.`;
  return null;
}

/** Whether typing on may make an address of it: until then it is not wrong yet. */
export function isUnfinished(typed: string): boolean {
  const text = typed.trimStart();
  if (/\s|^-/.test(text)) return false;
  const scheme = text.toLowerCase();
  if (SCHEMES.some((name) => `${name}://`.startsWith(scheme))) return true;
  const url = URL_FORM.exec(text);
  if (url) return SCHEMES.includes(url[1]?.toLowerCase() ?? "") && /^\/?$/.test(url[3] ?? "");
  return /^[^:/\\]*:?$/.test(text);
}

/** What the folder of a clone is called: the last part of the path, without `.git`. */
export function repositoryName(typed: string): string {
  const text = typed.trim();
  const path = URL_FORM.exec(text)?.[3] ?? SCP_FORM.exec(text)?.[2] ?? "";
  return lastPart(path.replace(/[?#].*$/, ""));
}

/** The last part of a path or an id. */
export function lastPart(path: string): string {
  return (
    path
      .replace(/\/+$/, "")
      .replace(/\.git$/, "")
      .split(/[/:]/)
      .pop() ?? ""
  );
}
