import type { Rules } from './rule.ts'

/** Announcements: `x-sunset`, a day or instant (RFC 8594 §3 names it in a header), and `x-stability-level`. */
export const lifecycleRules = {
  'sunset-added': ['is announced to be removed on {to}.', 'harmless', 'harmless'],
  'sunset-removed': ['is no longer announced to be removed on {from}.', 'harmless', 'harmless'],
  'sunset-postponed': ['is to be removed on {to}, before on {from}.', 'harmless', 'harmless'],
  'sunset-advanced': [
    'is to be removed on {to}, before on {from}: clients had until then.',
    'breaking',
    'harmless',
  ],
  'stability-raised': ['is {to} now, before {from}.', 'harmless', 'risky'],
  'stability-lowered': ['is {to} now, before {from}: it promises less.', 'breaking', 'harmless'],
} satisfies Rules
