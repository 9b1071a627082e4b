/** The house's one-way streets (README "The house"). */
const layer = (suffix) => `^server/src/features/[^/]+/[^/]*\\.${suffix}\\.ts$`;
module.exports = {
  forbidden: [
    // A Svelte part may contain itself (a list in a list).
    {
      name: 'no-circles',
      severity: 'error',
      from: { pathNot: '\\.svelte$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'schema-imports-neither', severity: 'error', from: { path: '^schema/' }, to: { path: '^(server|web|test)/' } },
    { name: 'web-and-server-apart', severity: 'error', from: { path: '^web/' }, to: { path: '^server/' } },
    {
      name: 'server-and-web-apart',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(web|test)/', pathNot: '^test/(harness|builders)/' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: layer('rules') },
      to: {
        path: '^server/src',
        pathNot: '^server/src/(platform/(outcome|clock)\\.ts|features/[^/]+/[^/]*\\.(rules|model)\\.ts|features/[^/]+/index\\.ts)$',
      },
    },
    {
      name: 'rules-need-no-database',
      severity: 'error',
      from: { path: layer('rules') },
      to: { path: 'node_modules/(typeorm|type-graphql|mysql2|@apollo)/' },
    },
    {
      name: 'entities-are-tables-only',
      severity: 'error',
      from: { path: layer('entity') },
      to: { path: '\\.(service|store|resolver|types)\\.ts$' },
    },
    {
      name: 'stores-know-no-services',
      severity: 'error',
      from: { path: layer('store') },
      to: { path: '\\.(service|resolver|types)\\.ts$' },
    },
    {
      name: 'services-know-no-wire',
      severity: 'error',
      from: { path: layer('service') },
      to: { path: '\\.(resolver|types)\\.ts$|^server/src/transport/' },
    },
    {
      name: 'features-by-their-front-door',
      severity: 'error',
      from: { path: '^server/src/features/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/src/features/([^/]+)/', pathNot: ['^server/src/features/$1/', '/index\\.ts$', '\\.types\\.ts$'] },
    },
    {
      name: 'nobody-imports-assessment',
      severity: 'error',
      from: { path: '^server/src/features/(?!assessment/|imports/)' },
      to: { path: '^server/src/features/assessment/' },
    },
    {
      name: 'platform-has-no-domain',
      severity: 'error',
      from: { path: '^server/src/platform/' },
      to: { path: '^server/src/(features|transport)/' },
    },
    { name: 'ui-parts-are-dumb', severity: 'error', from: { path: '^web/src/lib/ui/' }, to: { path: '^web/src/lib/features/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|build|\\.svelte-kit|generated|paraglide)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'server/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'default'],
      extensions: ['.ts', '.js', '.svelte'],
    },
  },
};
