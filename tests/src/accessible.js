const BY_INPUT = {
  button: "button", submit: "button", reset: "button", image: "button", checkbox: "checkbox", radio: "radio",
  range: "slider", number: "spinbutton", search: "searchbox",
};
const BY_TAG = {
  A: (e) => (e.hasAttribute("href") ? "link" : "generic"),
  ARTICLE: () => "article", ASIDE: () => "complementary", BUTTON: () => "button", DIALOG: () => "dialog",
  DETAILS: () => "group", FIELDSET: () => "group", FORM: () => "form", IMG: () => "img", LI: () => "listitem",
  H1: () => "heading", H2: () => "heading", H3: () => "heading", H4: () => "heading", H5: () => "heading",
  H6: () => "heading", INPUT: (e) => BY_INPUT[e.type] ?? "textbox", MAIN: () => "main", NAV: () => "navigation",
  OL: () => "list", UL: () => "list", OPTION: () => "option", OUTPUT: () => "status", PROGRESS: () => "progressbar",
  SECTION: (e) => (e.hasAttribute("aria-label") || e.hasAttribute("aria-labelledby") ? "region" : "generic"),
  SELECT: (e) => (e.multiple || e.size > 1 ? "listbox" : "combobox"), SUMMARY: () => "button", TABLE: () => "table",
  TEXTAREA: () => "textbox", TR: () => "row", TD: () => "cell", TH: () => "columnheader",
};
const ACTED_ON = ["button", "link", "checkbox", "radio", "switch", "textbox", "searchbox", "spinbutton", "combobox",
  "slider", "option", "menuitem", "menuitemradio", "menuitemcheckbox", "tab", "listbox"];

function roleOf(element) {
  const explicit = element.getAttribute("role");
  return explicit ? explicit.split(" ")[0] : (BY_TAG[element.tagName]?.(element) ?? "generic");
}

function hidden(element) {
  if (element.closest("[aria-hidden=true], [inert], [hidden]")) return true;
  const style = getComputedStyle(element);
  // An option of a closed list has no box of its own.
  return style.visibility !== "visible" || (element.getClientRects().length === 0 && element.tagName !== "OPTION");
}

function textOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true") return "";
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden") return "";
  const named = node.getAttribute("aria-label") ?? (node.tagName === "IMG" ? node.alt : null);
  if (named) return named;
  const inner = [...node.childNodes].map(textOf).join("");
  return style.display.startsWith("inline") ? inner : ` ${inner} `;
}

function nameOf(element) {
  const others = element.getAttribute("aria-labelledby");
  if (others) return tidy(others.split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean).map(textOf).join(" "));
  const own = element.getAttribute("aria-label");
  if (own) return tidy(own);
  if (element.labels?.length) return tidy([...element.labels].map(textOf).join(" "));
  if (element.tagName === "FIELDSET" && element.querySelector("legend")) return tidy(textOf(element.querySelector("legend")));
  if (element.tagName === "IMG") return tidy(element.alt);
  if (element.tagName === "INPUT" && BY_INPUT[element.type] === "button") return tidy(element.value);
  const field = ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
  const text = field ? "" : tidy([...element.childNodes].map(textOf).join(""));
  return text || tidy(element.getAttribute("title") ?? element.getAttribute("placeholder") ?? "");
}

function tidy(text) {
  return (text ?? "").replace(/\s+/g, " ").trim();
}

function find(role, mode, name) {
  const wanted = tidy(name);
  return [...document.querySelectorAll("*")].filter((element) => {
    if (roleOf(element) !== role || hidden(element)) return false;
    return mode === "any" || (mode === "is" ? nameOf(element) === wanted : nameOf(element).includes(wanted));
  });
}

function line(element) {
  return `${roleOf(element)} ${JSON.stringify(nameOf(element))}`;
}

function offered() {
  return [...document.querySelectorAll("*")]
    .filter((element) => ACTED_ON.includes(roleOf(element)) && !hidden(element)).map(line).join("\n");
}

function focused() {
  const element = document.activeElement;
  return !element || element === document.body ? "none" : line(element);
}
