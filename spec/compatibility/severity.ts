import { ContractError, lineOf } from '../contract-error.ts'
import { readContractText } from '../contract-text.ts'
import { isObject, join } from '../pointer.ts'
import { parseYaml } from '../yaml.ts'
import { type Change, type Impact, impacts, worstImpact } from './change.ts'
import { matchesPattern } from './pattern.ts'
import { ruleIds } from './rules/rule-ids.ts'

/** What a change of a rule means in this pipeline; `rule` may be a pattern ({@link matchesPattern}). */
export interface SeverityOverride {
  rule: string
  severity: Impact
}

/** A change whose severity was set; `usual` is the verdict that its rule gives. */
export type WeightedChange = Change & { usual?: Impact }

/** Applies the last override that names a change's rule. Worst changes come first afterwards. */
export function applySeverity(changes: Change[], overrides: SeverityOverride[]): WeightedChange[] {
  return changes
    .map((change): WeightedChange => {
      const severity = overrides.findLast(({ rule }) => matchesPattern(rule, change.id))?.severity
      return severity && severity !== change.verdict ? weighted(change, severity) : change
    })
    .sort((a, b) => impacts.indexOf(a.verdict) - impacts.indexOf(b.verdict))
}

/** Sides that had the verdict get the new one; no side is affected worse than that. */
function weighted(change: Change, severity: Impact): WeightedChange {
  const impactOn = (side: Impact) =>
    side === change.verdict || worstImpact(side, severity) === side ? severity : side
  return {
    ...change,
    client: impactOn(change.client),
    server: impactOn(change.server),
    verdict: severity,
    usual: change.verdict,
  }
}

/**
 * Reads a file of severities, YAML or JSON: `rule-or-pattern: breaking | risky | harmless`. Throws
 * {@link ContractError} with file and line, also where no rule has the name.
 */
export function readSeverity(file: string): SeverityOverride[] {
  const source = readContractText(file)
  const entries = parseYaml(file, source)
  if (!isObject(entries))
    throw new ContractError(file, 1, 'expected a map of rules to breaking, risky or harmless')
  return Object.entries(entries).map(([name, severity]) => {
    const refuse = (reason: string) =>
      new ContractError(file, lineOf(source, join('', name)), `${name}: ${reason}`)
    const rule = name.replace(/^change\//, '')
    if (!ruleIds.some((id) => matchesPattern(rule, id)))
      throw refuse('no rule of that name; reports name the rules of changes')
    if (!impacts.includes(severity as Impact))
      throw refuse(`${JSON.stringify(severity)}, expected one of ${impacts.join(', ')}`)
    return { rule, severity: severity as Impact }
  })
}
