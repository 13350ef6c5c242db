// Renders cases with the package that Backstage renders with. Reads { context, cases, options } from its input and
// prints one answer for each case: { text }, { value }, { undefined } or { error }. The folder that the package is
// installed in is the first argument.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(`${process.argv[2]}/render.mjs`);
const { createTemplateRenderer } = require('nunjitsu');

const { context, cases, options } = JSON.parse(readFileSync(0, 'utf8'));

// Backstage adds four filters; these do what its own do, as far as that can be told from its documentation.
const filters = {
  parseRepoUrl(address) {
    const url = new URL(`https://${address}`);
    const spec = { host: url.host };
    for (const key of ['owner', 'repo', 'organization', 'workspace', 'project']) {
      if (url.searchParams.has(key)) spec[key] = url.searchParams.get(key).replace(/^\/+|\/+$/g, '');
    }
    if (!spec.repo) throw new Error('no repo');
    return spec;
  },
  projectSlug(address) {
    const { owner, repo } = filters.parseRepoUrl(address);
    return `${owner}/${repo}`;
  },
  pick(value, path) {
    if (value?.[path] !== undefined) return value[path];
    return path
      .split(/[.[\]]/)
      .filter(Boolean)
      .reduce((found, key) => found?.[key], value);
  },
  parseEntityRef(ref, defaults) {
    const found = typeof ref === 'string' ? /^(?:([^:/]+):)?(?:([^/]+)\/)?(.+)$/.exec(ref) : null;
    const parts = found ? { kind: found[1], namespace: found[2], name: found[3] } : ref;
    const kind = parts.kind ?? defaults?.defaultKind;
    if (!kind || (found && ref.startsWith(':'))) throw new Error('no kind');
    return { kind, namespace: parts.namespace ?? (defaults?.defaultNamespace || 'default'), name: parts.name };
  },
};

const renderer = createTemplateRenderer({ filters, allowRegexExecution: true, ...options.renderer });

const answers = cases.map((source) => {
  try {
    if (!options.value) return { text: renderer.render(source, context) };
    const value = renderer.renderValue(source, context);
    return value === undefined ? { undefined: true } : { value };
  } catch (error) {
    return { error: error.message };
  }
});
process.stdout.write(JSON.stringify(answers));
