// The rings of tests, from the heart outwards. A test file belongs to the first ring whose pattern fits its path below
// the project folder; `npm test -- --ring NAME` runs one.
export const rings = [
  { name: 'golden', pattern: /golden[^/]*\.test\.ts$/, what: 'events ever written still decode' },
  { name: 'properties', pattern: /propert(y|ies)\.test\.ts$/, what: 'invariants under generated input' },
  { name: 'domain', pattern: /^libs\/(kernel|domain)\//, what: 'decider specs: the charter, rule by rule' },
  { name: 'ports', pattern: /^libs\/(ports|adapters)\//, what: 'port contracts on every adapter' },
  { name: 'vault', pattern: /^libs\/(vault|evidence)\//, what: 'sealing, key cells, tombstones' },
  { name: 'application', pattern: /^libs\/(application|views|testing)\//, what: 'commands, projections, rebuilds' },
  { name: 'leak', pattern: /leak[^/]*\.test\.ts$/, what: 'planted tokens in raw bytes, before and after an erasure' },
  { name: 'crash', pattern: /crash[^/]*\.test\.ts$/, what: 'kill -9 amid acknowledged commands' },
  { name: 'http', pattern: /^(libs\/nest-shell|apps\/service)\//, what: 'the HTTP slice' },
  { name: 'command line', pattern: /^apps\/(cli|composition)\//, what: 'the temoin command and its folder' },
  { name: 'project', pattern: /./, what: 'scripts, rules, generators, demonstrations' },
];

/** @param {string} path of a test source, relative to the project folder */
export const ringOf = (path) => rings.find((ring) => ring.pattern.test(path)) ?? rings[rings.length - 1];
