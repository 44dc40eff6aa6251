const quoted = /\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|;/g;

/** The statements of a script, without what is between them. A `;` in a body, a literal, a name or a comment ends none. */
export function splitSql(script) {
  const statements = [];
  let from = 0;
  for (const found of script.matchAll(quoted)) {
    if (found[0] !== ";") continue;
    statements.push(script.slice(from, found.index));
    from = found.index + 1;
  }
  statements.push(script.slice(from));
  return statements
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, "").trim() !== "");
}
