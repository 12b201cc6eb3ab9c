import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { compareContracts } from '../spec/compatibility/compare.ts'
import { largeContract } from '../spec/compatibility/pairs/large-contract.ts'
import { patched } from '../spec/compatibility/pairs/patch.ts'
import { loadDocument } from '../spec/contract-document.ts'

// The comparison of two large contracts that differ in one type, each pair read and compared by a process of its own.

const [megabytes = '3', base, head] = process.argv.slice(2)

if (base && head) await compare(base, head)
else {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const document = largeContract(Number(megabytes) * 1e6)
  const changed = patched(document, { set: { '/components/schemas/Thing7/properties/name/type': 'integer' } })
  for (const [ending, write] of [
    ['json', JSON.stringify],
    ['yaml', stringify],
  ] as const) {
    const files = [document, changed].map((contract, i) => {
      const file = join(folder, `${i}.${ending}`)
      writeFileSync(file, write(contract))
      return file
    })
    console.log(`${megabytes} MB as ${ending}:`)
    spawnSync(process.execPath, [import.meta.filename, megabytes, ...files], { stdio: 'inherit' })
  }
  rmSync(folder, { recursive: true })
}

async function compare(...files: [base: string, head: string]) {
  const contracts = [await loadDocument(files[0]), await loadDocument(files[1])]
  const read = process.cpuUsage()
  const changes = await compareContracts(contracts[0]!.openapi, contracts[1]!.openapi)
  const compared = process.cpuUsage(read)
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  const seconds = ({ user, system }: NodeJS.CpuUsage) => `${((user + system) / 1e6).toFixed(2)} s`
  console.log(
    `  start and reading ${seconds(read)} of processor time, comparing ${seconds(compared)}, ${peak} MB at most; ` +
      `changes: ${changes.map(({ id }) => id).join(', ')}`,
  )
}
