import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contractFile } from '../../../spec/contract-document.ts'
import type { CheckOutcome } from '../../run-check.ts'
import type { ContractInputs } from './contract-inputs.ts'

const ours = fileURLToPath(new URL('../../../spec/redocly.yaml', import.meta.url))

/** Runs Redocly's rules; its severities are kept. */
export async function lint({
  contract,
  file,
  lintConfig,
}: Omit<ContractInputs, 'fixtures'>): Promise<CheckOutcome> {
  const { BaseResolver, createConfig, lintDocument, loadConfig, Source } = await import('./redocly.ts')
  const configPath = lintConfig ?? (resolve(contract.file) === contractFile ? ours : undefined)
  const config = configPath
    ? await loadConfig({ configPath })
    : await createConfig({ extends: ['recommended'] })
  const problems = await lintDocument({
    // Already one document, whose references are all internal: nothing is fetched.
    document: { source: new Source(contract.file, ''), parsed: contract.openapi },
    config,
    externalRefResolver: new BaseResolver(config.resolve),
  })
  const findings = problems.map(({ ruleId, severity, message, location: [at] }) => {
    const line = contract.lineOf(at?.pointer ?? '')
    return {
      rule: `lint/${ruleId}`,
      severity: severity === 'error' ? ('error' as const) : ('warning' as const),
      message,
      place: { file, ...(line && { line }) },
    }
  })
  const isOlder = contract.openapi.openapi.startsWith('3.0.')
  return { examined: countRules(config.rules[isOlder ? 'oas3_0' : 'oas3_1']), findings }
}

function countRules(rules: object): number {
  const severities = Object.values(rules).map((rule) => (typeof rule === 'object' ? rule?.severity : rule))
  return severities.filter((severity) => severity !== 'off').length
}
