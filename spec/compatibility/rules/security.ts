import type { Rules } from './rule.ts'

/** Security Scheme, OAuth Flows, Security Requirement: OAS 3.0.3 §4.7.27 to §4.7.30. */
export const securityRules = {
  'security-required': ['can no longer be called without {to}.', 'breaking', 'harmless'],
  'security-lifted': ['can be called without credentials, before with {from}.', 'harmless', 'risky'],
  'security-alternative-added': ['can be called with {to} as well.', 'harmless', 'risky'],
  'security-alternative-removed': ['can no longer be called with {from}.', 'breaking', 'harmless'],
  'security-tightened': ['demands {to}, before {from}.', 'breaking', 'harmless'],
  'security-loosened': ['is content with {to}, before {from}.', 'harmless', 'risky'],
  'security-changed': ['demands {to}, before {from}.', 'breaking', 'breaking'],
  'security-scheme-changed': [
    'wants another credential as {name}: {to}, before {from}.',
    'breaking',
    'breaking',
  ],
  'security-flow-added': ['hands out {name} by the flow {flow} as well.', 'harmless', 'risky'],
  'security-flow-removed': ['no longer hands out {name} by the flow {flow}.', 'breaking', 'harmless'],
  'security-flow-changed': ['has {to} as the {field} of {name}, before {from}.', 'breaking', 'breaking'],
} satisfies Rules
