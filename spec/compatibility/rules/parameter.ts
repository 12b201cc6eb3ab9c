import type { Rules } from './rule.ts'

/** Parameter Object: OAS 3.0.3 §4.7.12. */
export const parameterRules = {
  'parameter-added': ['takes a new optional parameter, {name}.', 'harmless', 'harmless'],
  'required-parameter-added': ['demands a new parameter, {name}.', 'breaking', 'harmless'],
  'parameter-removed': ['no longer takes the parameter {name}.', 'breaking', 'harmless'],
  'parameter-renamed': ['calls the parameter {from} now {to}.', 'breaking', 'breaking'],
  'parameter-moved': [
    'takes the parameter {name} in the {to}, before in the {from}.',
    'breaking',
    'breaking',
  ],
  'parameter-became-required': ['demands the parameter {name}, which was optional.', 'breaking', 'harmless'],
  'parameter-became-optional': ['does without the parameter {name}.', 'harmless', 'risky'],
  'parameter-became-list': ['takes several values as {name}, before one.', 'harmless', 'risky'],
  'parameter-became-single': ['takes one value as {name}, before several.', 'breaking', 'harmless'],
  'parameter-serialization-changed': [
    'wants the parameter {name} written as {to}, before as {from}.',
    'breaking',
    'breaking',
  ],
  'reserved-characters-allowed': [
    'takes reserved characters in {name} without percent-encoding.',
    'harmless',
    'risky',
  ],
  'reserved-characters-forbidden': [
    'no longer takes reserved characters in {name} without percent-encoding.',
    'breaking',
    'harmless',
  ],
  'empty-value-allowed': ['takes the parameter {name} without a value.', 'harmless', 'risky'],
  'empty-value-forbidden': ['no longer takes the parameter {name} without a value.', 'breaking', 'harmless'],
  'parameter-deprecated': ['deprecates the parameter {name}; it works as before.', 'harmless', 'harmless'],
  'parameter-restored': ['no longer deprecates the parameter {name}.', 'harmless', 'harmless'],
} satisfies Rules
