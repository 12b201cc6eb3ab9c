import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type MockProcess, setUsage, startMock, usersOf, workspaces } from './mock-process.ts'

/** What was acknowledged: the last value of each organization, and how many changes. */
interface Acknowledged {
  values: Map<string, number>
  count: number
  refused: number
}

/** Changes one organization after the other until no response comes. */
async function change(
  mock: MockProcess,
  organization: string,
  from: number,
  seen: Acknowledged,
): Promise<void> {
  for (let users = from; ; users++) {
    const status = await setUsage(mock.url, workspaces.small, organization, users)
    if (status === undefined) return
    if (status === 200) {
      seen.values.set(organization, users)
      seen.count += 1
    } else seen.refused += 1
  }
}

/** Kills the mock again and again under writes. `lost`: acknowledged changes that the next process did not have. */
export async function killUnderWrites(
  kills: number,
): Promise<{ acknowledged: number; lost: number; leftovers: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-kills-'))
  const args = ['--state', join(folder, 'state.json')]
  const seen: Acknowledged = { values: new Map(), count: 0, refused: 0 }
  let lost = 0
  for (let round = 0; round < kills; round++) {
    const mock = await startMock(args)
    lost += await lostIn(mock, seen)
    const from = 1 + Math.max(0, ...seen.values.values())
    const organizations = [...(await usersOf(mock.url, workspaces.small)).keys()]
    const writers = organizations.slice(0, 4).map((organization) => change(mock, organization, from, seen))
    await setTimeout(100 + Math.random() * 400)
    await mock.kill()
    await Promise.all(writers)
  }
  const last = await startMock(args)
  lost += await lostIn(last, seen)
  await last.kill()
  const leftovers = readdirSync(folder).filter((name) => /damaged/.test(name))
  rmSync(folder, { recursive: true })
  return { acknowledged: seen.count, lost, leftovers }
}

/** A change that was not acknowledged may be there: the value may be higher. */
async function lostIn(mock: MockProcess, { values }: Acknowledged): Promise<number> {
  const found = await usersOf(mock.url, workspaces.small)
  return [...values].filter(([id, users]) => (found.get(id) ?? -1) < users).length
}

/**
 * Files may grow to the size of the state and no further: changes are refused with 503 and undone, and the file stays a
 * whole state. `wrong` is how many values differ from what was acknowledged, in memory and after a restart.
 */
export async function fillTheDisk(): Promise<{
  acknowledged: number
  refused: number
  wrong: number
  files: string[]
}> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-disk-'))
  const file = join(folder, 'state.json')
  const args = ['--state', file]
  await (await startMock(args)).kill()
  // In blocks of 1024 bytes: what the state takes, and less than usage of further product types adds.
  const blocks = Math.ceil(readFileSync(file).length / 1024)
  const mock = await startMock(args, ['bash', '-c', `ulimit -f ${blocks}; exec "$@"`, 'bash'])
  const seen: Acknowledged = { values: await usersOf(mock.url, workspaces.small), count: 0, refused: 0 }
  for (let digits = 1; digits <= 9; digits++)
    await Promise.all(
      [...seen.values.keys()].map(async (organization) => {
        const users = 10 ** (digits - 1)
        const status = await setUsage(mock.url, workspaces.small, organization, users)
        if (status === 200) {
          seen.values.set(organization, users)
          seen.count += 1
        } else if (status === 503) seen.refused += 1
        else throw new Error(`a change was answered ${status}`)
      }),
    )
  const differing = async (running: MockProcess) => {
    const found = await usersOf(running.url, workspaces.small)
    return [...seen.values].filter(([id, users]) => found.get(id) !== users).length
  }
  const wrong = await differing(mock)
  await mock.kill()
  const files = readdirSync(folder).filter((name) => !/^state\.json(\.lock)?$/.test(name))
  const next = await startMock(args)
  const wrongLater = await differing(next)
  await next.kill()
  rmSync(folder, { recursive: true })
  return { acknowledged: seen.count, refused: seen.refused, wrong: wrong + wrongLater, files }
}
