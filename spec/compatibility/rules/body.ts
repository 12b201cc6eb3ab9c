import type { Rules } from './rule.ts'

/** Request Body, Media Type, Encoding: OAS 3.0.3 §4.7.13 to §4.7.15. */
export const requestBodyRules = {
  'request-body-added': ['takes an optional request body.', 'harmless', 'harmless'],
  'required-request-body-added': ['demands a request body.', 'breaking', 'harmless'],
  'request-body-removed': ['no longer takes a request body.', 'breaking', 'harmless'],
  'request-body-became-required': ['demands the request body, which was optional.', 'breaking', 'harmless'],
  'request-body-became-optional': ['does without a request body.', 'harmless', 'risky'],
  'request-media-type-added': ['takes requests as {name}.', 'harmless', 'risky'],
  'request-media-type-removed': ['no longer takes requests as {name}.', 'breaking', 'harmless'],
  'request-media-type-changed': ['takes requests as {to}, before as {from}.', 'breaking', 'breaking'],
  'encoding-widened': ['takes the form field {name} in more media types.', 'harmless', 'risky'],
  'encoding-narrowed': ['takes the form field {name} in fewer media types.', 'breaking', 'harmless'],
  'encoding-changed': ['encodes the form field {name} differently.', 'breaking', 'breaking'],
} satisfies Rules

/** Responses, Response, Header, Link: OAS 3.0.3 §4.7.16, §4.7.17, §4.7.20, §4.7.21. */
export const responseRules = {
  'response-added': ['may now respond with {name}.', 'risky', 'harmless'],
  'response-range-added': ['may now respond with any {name}.', 'risky', 'harmless'],
  'response-removed': ['no longer responds with {name}.', 'breaking', 'risky'],
  'error-response-removed': ['no longer responds with {name}.', 'harmless', 'risky'],
  'response-range-removed': ['no longer responds with any {name}.', 'harmless', 'risky'],
  'response-body-added': ['sends a body with {status}.', 'harmless', 'risky'],
  'response-body-removed': ['sends no body with {status} any more.', 'breaking', 'risky'],
  'response-media-type-added': ['may send {name} with {status}.', 'risky', 'risky'],
  'response-media-type-removed': ['no longer sends {name} with {status}.', 'breaking', 'harmless'],
  'response-media-type-narrowed': ['sends only some of {name} with {status}.', 'harmless', 'risky'],
  'response-media-type-changed': ['sends {to} with {status}, before {from}.', 'breaking', 'breaking'],
  'response-header-added': ['may send {name} with {status}.', 'harmless', 'harmless'],
  'required-response-header-added': ['always sends {name} with {status}.', 'harmless', 'risky'],
  'response-header-removed': ['no longer sends {name} with {status}; it was optional.', 'risky', 'harmless'],
  'required-response-header-removed': [
    'no longer sends {name} with {status}; it was always there.',
    'breaking',
    'harmless',
  ],
  'response-header-became-required': ['always sends {name} with {status}.', 'harmless', 'risky'],
  'response-header-became-optional': [
    'may leave out {name} from {status}; it was always there.',
    'breaking',
    'harmless',
  ],
  'response-header-serialization-changed': [
    'writes {name} with {status} as {to}, before as {from}.',
    'breaking',
    'breaking',
  ],
  'link-added': ['offers the link {name} with {status}.', 'harmless', 'harmless'],
  'link-removed': ['no longer offers the link {name} with {status}.', 'risky', 'harmless'],
  'link-changed': ['offers another link as {name} with {status}.', 'risky', 'harmless'],
} satisfies Rules
