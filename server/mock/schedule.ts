import type { Operation } from '../../spec/operation.ts'
import type { ApiResponse } from '../http/api-response.ts'
import type { ScenarioName } from './scenarios/catalogue.ts'

/** A call of an operation that a rule may apply to. */
export interface ScheduledCall {
  operation: Operation
  /** The caller's name; undefined where the caller is not a persona. */
  persona: string | undefined
  /** The request, as the fetch standard has it. */
  request(): Request
  /** Carries the operation out, once however often it is called, and gives its response. */
  respond(): Promise<ApiResponse>
  /** The same with the full body, whatever conditions and range the request has. */
  respondUnconditionally(): Promise<ApiResponse>
  sleep(ms: number): Promise<unknown>
}

/** Which calls a rule applies to. */
export interface RuleScope {
  persona?: string | undefined
  operation?: string | undefined
  /** How many of these calls get a normal response first; default 0. */
  after?: number | undefined
  /** How many calls it applies to; default: all until it is removed. */
  calls?: number | undefined
}

/** What happens to calls in the place of a normal response: a scenario, or a response of the client's own. */
export interface Rule {
  scope: RuleScope
  /** Whether it can apply to the operation at all. If not, its calls are not counted. */
  isPlayable(operation: Operation): boolean
  /** The response to send. Undefined where there is nothing to change: the call is then not counted. */
  play(call: ScheduledCall): Promise<ApiResponse | undefined> | ApiResponse | undefined
}

export type RuleKind = 'scenario' | 'response'

/** A rule that is set, as `S` describes it, and to how many calls it has been applied. */
export type Active<S> = S & { id: string; played: number }

/** A response, and the rule that made it. */
export type PlayedResponse = ApiResponse & { rule?: { kind: RuleKind; id: string; scenario?: ScenarioName } }

/** The rules that are set. Of several that apply to a call, only the one set last is played. */
export interface Schedule {
  /** `setting` is what is listed. */
  set<S extends object>(kind: RuleKind, setting: S, rule: Rule): Active<S>
  list(kind: RuleKind): Active<object>[]
  /** Returns whether there was one with this id. */
  remove(id: string, kind?: RuleKind): boolean
  clear(kind?: RuleKind): void
  /** The response to a call: that of the rule which applies to it, or else the operation's own. */
  play(call: ScheduledCall): Promise<PlayedResponse>
}

interface Entry {
  kind: RuleKind
  active: Active<object & { name?: ScenarioName }>
  rule: Rule
  /** Calls so far that this entry applies to, those before `after` included. */
  callsInScope: number
}

export function createSchedule(): Schedule {
  /** The one set last comes first. */
  let entries: Entry[] = []
  let lastId = 0
  return {
    set(kind, setting, rule) {
      const active = { ...setting, id: `${kind}-${++lastId}`, played: 0 }
      entries = [{ kind, active, rule, callsInScope: 0 }, ...entries]
      return { ...active }
    },
    list: (kind) => entries.filter((entry) => entry.kind === kind).map(({ active }) => ({ ...active })),
    remove(id, kind) {
      const before = entries.length
      entries = entries.filter((entry) => entry.active.id !== id || (kind && entry.kind !== kind))
      return entries.length < before
    },
    clear(kind) {
      entries = kind ? entries.filter((entry) => entry.kind !== kind) : []
    },
    async play(call) {
      for (const entry of entries) {
        const { kind, active, rule } = entry
        if (!countCall(entry, call)) continue
        active.played += 1
        const response = await rule.play(call)
        const { id, name: scenario } = active
        if (response) return { ...response, rule: { kind, id, ...(scenario && { scenario }) } }
        active.played -= 1
        entry.callsInScope -= 1
      }
      return call.respond()
    },
  }
}

/** Counts a call in the entry's scope. Returns whether the entry is to be played for it. */
function countCall(entry: Entry, call: ScheduledCall): boolean {
  const { persona, operation, after = 0, calls = Number.POSITIVE_INFINITY } = entry.rule.scope
  const isInScope =
    (persona === undefined || persona === call.persona) &&
    (operation === undefined || operation === call.operation.operationId) &&
    entry.callsInScope < after + calls &&
    entry.rule.isPlayable(call.operation)
  if (isInScope) entry.callsInScope += 1
  return isInScope && entry.callsInScope > after
}
