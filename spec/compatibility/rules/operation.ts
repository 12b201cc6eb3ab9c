import type { Rules } from './rule.ts'

/** Paths, Path Item, Operation, Callback, Server: OAS 3.0.3 §4.7.5, §4.7.8 to §4.7.10, §4.7.18. */
export const operationRules = {
  'operation-added': ['is new.', 'harmless', 'harmless'],
  'operation-removed': ['is gone{deprecated}.', 'breaking', 'harmless'],
  'operation-moved': ['is now called as {to}.', 'breaking', 'breaking'],
  'path-prefix-moved': [
    'has {prefix} in {to} now, before in {from}; requests go to the same paths.',
    'harmless',
    'harmless',
  ],
  'operation-id-changed': [
    'has the operationId {to}, before {from}: generated clients and stubs rename it.',
    'risky',
    'risky',
  ],
  'operation-deprecated': ['is deprecated; it works as before.', 'harmless', 'harmless'],
  'operation-restored': ['is no longer deprecated.', 'harmless', 'harmless'],
  'callback-added': ['announces the callback {name}.', 'harmless', 'risky'],
  'callback-removed': ['no longer calls back with {name}.', 'breaking', 'harmless'],
  'webhook-added': ['announces the webhook {name}.', 'harmless', 'risky'],
  'webhook-removed': ['no longer calls the webhook {name}.', 'breaking', 'harmless'],
  'server-added': ['is served at {to} as well.', 'harmless', 'risky'],
  'server-named': ['is served at {to}; no address was named.', 'risky', 'risky'],
  'server-removed': ['is no longer served at {from}.', 'breaking', 'harmless'],
  'server-changed': ['is served at {to}, before at {from}.', 'breaking', 'breaking'],
  'server-variable-values-added': ['allows {values} for the server variable {name}.', 'harmless', 'risky'],
  'server-variable-values-removed': [
    'no longer allows {values} for the server variable {name}.',
    'breaking',
    'harmless',
  ],
  'documentation-changed': ['differs in its {field}; nothing else follows.', 'harmless', 'harmless'],
} satisfies Rules
