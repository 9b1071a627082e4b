/**
 * Reads our message files for the compiler, so that a build needs nothing from the network.
 *
 *   "save_waiting": "Sparas inte sedan {time}."                       text with inputs in braces
 *   "days": { "one": "{count} dag", "other": "{count} dagar" }        plural by the input `count`
 *
 * Keys are snake_case and unique across the files of a locale. Several files per locale, one per feature (`pathPattern` in project.inlang/settings.json).
 * The module is evaluated from its text, so it may import nothing.
 */
const KEY = 'plugin.samsyn.messages';

/** "Hej {name}" → pattern parts */
function patternOf(text) {
  return text
    .split(/(\{[a-zA-Z_]\w*\})/)
    .filter((part) => part !== '')
    .map((part) =>
      /^\{\w+\}$/.test(part)
        ? { type: 'expression', arg: { type: 'variable-reference', name: part.slice(1, -1) } }
        : { type: 'text', value: part },
    );
}

function inputsOf(texts) {
  const names = new Set(texts.flatMap((text) => [...text.matchAll(/\{([a-zA-Z_]\w*)\}/g)].map((match) => match[1])));
  return names;
}

const plural = {
  type: 'local-variable',
  name: 'countPlural',
  value: {
    type: 'expression',
    arg: { type: 'variable-reference', name: 'count' },
    annotation: { type: 'function-reference', name: 'plural', options: [] },
  },
};

function variantsOf(key, locale, value) {
  if (typeof value === 'string') return [{ messageBundleId: key, messageLocale: locale, matches: [], pattern: patternOf(value) }];
  return Object.entries(value).map(([category, text]) => ({
    messageBundleId: key,
    messageLocale: locale,
    matches: [
      category === 'other'
        ? { type: 'catchall-match', key: 'countPlural' }
        : { type: 'literal-match', key: 'countPlural', value: category },
    ],
    pattern: patternOf(text),
  }));
}

export default {
  key: KEY,
  toBeImportedFiles: ({ settings }) =>
    settings.locales.flatMap((locale) =>
      settings[KEY].pathPattern.map((pattern) => ({ locale, path: pattern.replace('{locale}', locale) })),
    ),
  importFiles: ({ files }) => {
    const bundles = new Map();
    const messages = [];
    const variants = [];
    const seen = new Set();
    for (const file of files) {
      for (const [key, value] of Object.entries(JSON.parse(new TextDecoder().decode(file.content)))) {
        const place = `${file.locale}/${key}`;
        if (seen.has(place)) throw new Error(`The message ${place} is written twice.`);
        seen.add(place);
        const isPlural = typeof value !== 'string';
        const bundle = bundles.get(key) ?? { id: key, inputs: new Set(), isPlural: false };
        for (const name of inputsOf(isPlural ? Object.values(value) : [value])) bundle.inputs.add(name);
        if (isPlural) bundle.inputs.add('count');
        bundle.isPlural ||= isPlural;
        bundles.set(key, bundle);
        messages.push({
          bundleId: key,
          locale: file.locale,
          selectors: isPlural ? [{ type: 'variable-reference', name: 'countPlural' }] : [],
        });
        variants.push(...variantsOf(key, file.locale, value));
      }
    }
    return {
      bundles: [...bundles.values()].map(({ id, inputs, isPlural }) => ({
        id,
        declarations: [...[...inputs].sort().map((name) => ({ type: 'input-variable', name })), ...(isPlural ? [plural] : [])],
      })),
      messages,
      variants,
    };
  },
};
