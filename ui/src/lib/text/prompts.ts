const CONSOLES = new Set(["console", "shell-session", "sh-session", "shellsession"]);

/** What a copy button takes from a block: from a console only the commands, without their prompts. */
export function copyable(language: string, code: string): string {
  const text = code.replace(/\n$/, "");
  if (!CONSOLES.has(language)) return text;
  const commands: string[] = [];
  let continued = false;
  for (const line of text.split("\n")) {
    const prompt = /^[$#>] (.*)$/.exec(line);
    if (prompt) commands.push(prompt[1] ?? "");
    else if (continued) commands.push(line);
    else continue;
    continued = line.endsWith("\\");
  }
  return commands.length > 0 ? commands.join("\n") : text;
}
