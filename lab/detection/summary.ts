import { levels } from '../../conformance/catalogue/check.ts'
import type { Mutant } from '../servers/declaration.ts'
import type { DetectionResult } from './examine.ts'
import type { Measurement } from './measurement.ts'

/** The measurement for the console. `isDetailed` lists the checks that killed each mutant. */
export function consoleSummary(measurement: Measurement, isDetailed: boolean): string {
  const { mutants, correct, unusedChecks, lost } = measurement
  const survivors = mutants.filter(({ detecting }) => detecting.length === 0)
  const failing = correct.filter(({ falsePositives }) => falsePositives.length > 0)
  const lines = [
    killRateTable(measurement),
    '',
    `Correct servers: ${correct.length}, with false positives: ${failing.length}`,
    ...failing.flatMap(({ declaration, falsePositives }) => [
      `  ${declaration.id}: ${declaration.title}`,
      ...falsePositives.map(({ check, level, reason }) => `    ${check} (${level}) ${reason.split('\n')[0]}`),
    ]),
    '',
    ...causeSummary(measurement),
    '',
    `Surviving mutants: ${survivors.length}`,
    ...survivors.map(({ declaration, result }) => `  ${describeSurvivor(declaration, result)}`),
    '',
    ...(isDetailed
      ? mutants.map(({ declaration, detecting }) => `${declaration.id}: ${detecting.join(' ')}`)
      : []),
    `Checks that failed on no mutant: ${[unusedChecks.length, ...unusedChecks].join(' ')}`,
    ...(lost.length > 0 ? [`Killed before, surviving now: ${lost.join(' ')}`] : []),
  ]
  return lines.join('\n')
}

/** How many defects are told as one cause, and on which correct servers failures above advice have a cause. */
function causeSummary({ mutants, correct }: Measurement): string[] {
  const failing = mutants.filter(({ result }) => result.causes.length > 0)
  const several = failing.filter(({ result }) => result.causes.length > 1)
  const share = ((100 * (failing.length - several.length)) / Math.max(failing.length, 1)).toFixed(1)
  const blamed = correct.filter(({ result }) => result.causes.some(({ level }) => level !== 'advice'))
  return [
    `Mutants told as one cause: ${failing.length - several.length} of ${failing.length} (${share} %)`,
    ...several.map(
      ({ declaration, result }) =>
        `  ${declaration.id}: ${result.causes.map(({ title }) => title.slice(0, 80)).join(' | ')}`,
    ),
    `Correct servers with a cause above advice: ${blamed.length}`,
    ...blamed.map(({ declaration }) => `  ${declaration.id}`),
  ]
}

function describeSurvivor(
  { id, area, level, title }: Mutant,
  { failed, undecided }: DetectionResult,
): string {
  const lenient = failed.map(({ check }) => check).join(' ')
  const hint = lenient
    ? `; failed, but of a lower level: ${lenient}`
    : undecided.length > 0
      ? `; undecided: ${undecided.join(' ')}`
      : ''
  return `${id} (${area}, ${level}): ${title}${hint}`
}

/** The measurement for the README, in Markdown. */
export function markdownSummary(measurement: Measurement, at: Date, version: string): string {
  const { mutants, correct } = measurement
  const killed = mutants.filter(({ detecting }) => detecting.length > 0).length
  const failing = correct.filter(({ falsePositives }) => falsePositives.length > 0).length
  return [
    killRateTable(measurement),
    '',
    `Killed ${killed} of ${mutants.length} mutants; false positives on ${failing} of ${correct.length} correct servers. Measured on ${at.toISOString().slice(0, 10)} with version ${version} (\`npm run detection\`).`,
  ].join('\n')
}

/** A Markdown table of kill rates, an area in each row and a level in each column. */
function killRateTable({ mutants }: Measurement): string {
  const rate = (some: Measurement['mutants']) =>
    some.length === 0
      ? '–'
      : `${some.filter(({ detecting }) => detecting.length > 0).length} of ${some.length}`
  const row = (name: string, some: Measurement['mutants']) => {
    const cells = levels.map((level) => rate(some.filter(({ declaration }) => declaration.level === level)))
    return `| ${[name, ...cells, rate(some)].join(' | ')} |`
  }
  const areas = [...new Set(mutants.map(({ declaration }) => declaration.area))]
  const inArea = (area: string) => mutants.filter(({ declaration }) => declaration.area === area)
  return [
    `| area | ${levels.join(' | ')} | all |`,
    `| --- |${' --- |'.repeat(levels.length + 1)}`,
    ...areas.map((area) => row(area, inArea(area))),
    row('**all**', mutants),
  ].join('\n')
}
