import type { Impact } from '../change.ts'

/** A sentence whose `{facts}` are filled in for each change, and the impact on client and server. */
export type Rule = [says: string, client: Impact, server: Impact]
export type Rules = Record<string, Rule>

/** How a schema's set of valid values changed; the message's direction decides whom that affects ({@link effects}). */
export type Effect =
  | 'narrowed'
  | 'widened'
  | 'changed'
  | 'added'
  | 'extended'
  | 'withdrawn'
  | 'hastened'
  | 'reinterpreted'
  | 'unsettled'
  | 'annotated'
export type SchemaRules = Record<string, [says: string, effect: Effect]>
export type Direction = 'sent' | 'received'

/** Impacts on client and server, for values that the client sends and for values that it receives. */
export const effects: Record<Effect, Record<Direction, [client: Impact, server: Impact]>> = {
  narrowed: { sent: ['breaking', 'harmless'], received: ['harmless', 'risky'] },
  widened: { sent: ['harmless', 'risky'], received: ['breaking', 'harmless'] },
  changed: { sent: ['breaking', 'breaking'], received: ['breaking', 'breaking'] },
  added: { sent: ['harmless', 'harmless'], received: ['harmless', 'harmless'] },
  extended: { sent: ['harmless', 'risky'], received: ['harmless', 'harmless'] },
  hastened: { sent: ['breaking', 'harmless'], received: ['breaking', 'harmless'] },
  withdrawn: { sent: ['breaking', 'harmless'], received: ['risky', 'harmless'] },
  reinterpreted: { sent: ['breaking', 'risky'], received: ['risky', 'risky'] },
  unsettled: { sent: ['risky', 'risky'], received: ['risky', 'risky'] },
  annotated: { sent: ['harmless', 'harmless'], received: ['harmless', 'harmless'] },
}
