import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contractFile } from '../../../spec/contract-document.ts'
import { percentDecoded } from '../../../spec/percent-decoded.ts'
import { runBounded } from '../../bounded.ts'
import { placeInContract } from '../../place-in-contract.ts'
import type { CheckOutcome } from '../../run-check.ts'
import type { ContractInputs } from './contract-inputs.ts'

const ours = fileURLToPath(new URL('../../../spec/redocly.yaml', import.meta.url))

/** What Redocly says about a contract; `pointer` is a JSON pointer into it. */
interface LintResult {
  rules: number
  problems: { ruleId: string; severity: string; message: string; pointer: string }[]
}

/** Runs Redocly's rules; its severities are kept. */
export async function lint({
  contract,
  file,
  lintConfig,
  sandbox,
}: Omit<ContractInputs, 'fixtures'>): Promise<CheckOutcome> {
  const configPath = lintConfig ?? (resolve(contract.file) === contractFile ? ours : undefined)
  const task = { module: import.meta.url, name: runRedocly.name }
  const input = { openapi: contract.openapi, file: contract.file, configPath }
  const linted = await runBounded<LintResult>(sandbox, task, input)
  if ('cantTell' in linted) return linted
  const findings = linted.value.problems.map(({ ruleId, severity, message, pointer }) => ({
    rule: `lint/${ruleId}`,
    severity: severity === 'error' ? ('error' as const) : ('warning' as const),
    message,
    place: placeInContract(contract, file, pointer),
  }))
  return { examined: linted.value.rules, findings }
}

/** Runs in the sandbox. */
export async function runRedocly({
  openapi,
  file,
  configPath,
}: {
  openapi: { openapi: string }
  file: string
  configPath?: string
}): Promise<LintResult> {
  const { BaseResolver, createConfig, lintDocument, loadConfig, Source } = await import('./redocly.ts')
  const config = configPath
    ? await loadConfig({ configPath })
    : await createConfig({ extends: ['recommended'] })
  const problems = await lintDocument({
    // Already one document, whose references are all internal: nothing is fetched.
    document: { source: new Source(file, ''), parsed: openapi },
    config,
    externalRefResolver: new BaseResolver(config.resolve),
  })
  return {
    rules: countRules(config.rules[openapi.openapi.startsWith('3.0.') ? 'oas3_0' : 'oas3_1']),
    problems: problems.map(({ ruleId, severity, message, location: [at] }) => {
      // Redocly percent-encodes what a pointer in a URI cannot hold.
      return { ruleId, severity, message, pointer: percentDecoded((at?.pointer ?? '').replace(/^#/, '')) }
    }),
  }
}

function countRules(rules: object): number {
  const severities = Object.values(rules).map((rule) => (typeof rule === 'object' ? rule?.severity : rule))
  return severities.filter((severity) => severity !== 'off').length
}
