import type { Operation } from '../../spec/operation.ts'
import type { ApiResponse } from '../http/api-response.ts'
import type { RefusalForm } from '../http/response-guard.ts'
import type { Kept } from '../persistence/kept.ts'
import type { RuleBook, RuleEntry, RuleKind } from './rule-book.ts'
import type { ScenarioName } from './scenarios/catalogue.ts'

/** A call of an operation that a rule may apply to. */
export interface ScheduledCall {
  operation: Operation
  /** The caller's name; undefined where the caller is not a persona. */
  persona: string | undefined
  /** What is wrong with the request's token: then only responses of the client's own apply. */
  refusal?: string
  /** The request, as the fetch standard has it. */
  request(): Request
  /** Carries the operation out, once however often it is called, and gives its response. */
  respond(): Promise<ApiResponse>
  /** The same with the full body, whatever conditions and range the request has. */
  respondUnconditionally(): Promise<ApiResponse>
  refuse: RefusalForm
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
  /**
   * The response to send. Undefined where there is nothing to change: the call is then not counted. `played`: the
   * number of this call among those that the rule applies to, from 1.
   */
  play(call: ScheduledCall, played: number): Promise<ApiResponse | undefined> | ApiResponse | undefined
}

/** A response, and the rule that made it. */
export type PlayedResponse = ApiResponse & { rule?: { kind: RuleKind; id: string; scenario?: ScenarioName } }

/** Plays the rules that are set. Of several that apply to a call, only the one set last is played. */
export interface Schedule {
  /** The response to a call: that of the rule which applies to it, or else the operation's own. */
  play(call: ScheduledCall): Promise<PlayedResponse>
}

/** `readRule` gives what an entry describes; undefined where its handler is that of another replica. */
export function createSchedule(
  rules: Kept<RuleBook>,
  readRule: (entry: RuleEntry) => Rule | undefined,
): Schedule {
  return {
    async play(call) {
      for (const entry of [...rules.current().entries]) {
        if (call.refusal !== undefined && entry.kind !== 'response') continue
        const rule = readRule(entry)
        if (!rule || !isInScope(rule, entry, call)) continue
        const { id, name: scenario } = entry.active
        const played = await rules.change((book) => countCall(find(book, id), rule))
        if (played === 0) continue
        const response = await rule.play(call, played)
        if (response) return { ...response, rule: { kind: entry.kind, id, ...(scenario && { scenario }) } }
        await rules.change((book) => discountCall(find(book, id)))
      }
      return call.respond()
    },
  }
}

const find = ({ entries }: RuleBook, id: string) => entries.find(({ active }) => active.id === id)

function isInScope({ scope, isPlayable }: Rule, entry: RuleEntry, call: ScheduledCall): boolean {
  const { persona, operation } = scope
  return (
    (persona === undefined || persona === call.persona) &&
    (operation === undefined || operation === call.operation.operationId) &&
    !isOver(scope, entry) &&
    isPlayable(call.operation)
  )
}

function isOver({ after = 0, calls = Number.POSITIVE_INFINITY }: RuleScope, { callsInScope }: RuleEntry) {
  return callsInScope >= after + calls
}

/** Counts a call in the rule's scope. Returns how often it is played with this call; 0: not for this call. */
function countCall(entry: RuleEntry | undefined, { scope }: Rule): number {
  // Another call may have been the last one meanwhile.
  if (!entry || isOver(scope, entry)) return 0
  entry.callsInScope += 1
  if (entry.callsInScope <= (scope.after ?? 0)) return 0
  entry.active.played += 1
  return entry.active.played
}

function discountCall(entry: RuleEntry | undefined): void {
  if (!entry) return
  entry.active.played -= 1
  entry.callsInScope -= 1
}
