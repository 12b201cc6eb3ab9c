import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import { loadDocument } from '../../spec/contract-document.ts'
import { allChecks } from '../catalogue/catalogue.ts'
import type { Check, Level } from '../catalogue/check.ts'
import { usageExport } from '../operations/usage-export.ts'
import type { Profile } from '../profile.ts'
import type { Report } from '../results/report.ts'
import { ownDeployment } from '../vitest.deployment.ts'
import { pdfReader } from '../vitest.pdf-reader.ts'
import { type RunOptions, runSuite } from './run.ts'

export const { baseUrl, profile } = ownDeployment()
const { title, version, sha256 } = await loadDocument()
export const contract = { title, version, sha256 }

/** The suite, run against our own server unless `options` say otherwise. */
export function run({
  profile: other = profile,
  ...options
}: Partial<RunOptions> & { profile?: Profile } = {}): Promise<Report> {
  const tool = { name: 'altostrat-contract', version: '1.0.0' }
  return runSuite(other, {
    baseUrl,
    checks: allChecks,
    tool,
    contract,
    failOn: 'contract',
    env: {},
    pdfReader,
    ...options,
  })
}

/** A check that does nothing but this. */
export function checkThat(run: Check['run'], level: Level = 'contract'): Check {
  const rest: Pick<Check, 'covers' | 'needs' | 'mutations'> = {
    covers: [],
    needs: [],
    mutations: [{ title: 'none' }],
  }
  return { id: 'TEST-001', title: 'A check', level, source: usageExport.inContract(), run, ...rest }
}

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** A server that is closed after the test. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
