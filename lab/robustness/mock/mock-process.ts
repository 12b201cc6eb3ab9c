import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const executable = fileURLToPath(new URL('../../../bin/altostrat-contract.js', import.meta.url))

/** Of our fixtures: one of thirteen organizations, and one of a thousand, whose report takes long. */
export const workspaces = { small: 'ws_a1b2c3d4e5f6g7h8', largest: 'ws_largestlegal0001' } as const

/** `altostrat-contract mock` in a process of its own. */
export interface MockProcess {
  url: string
  token: string
  /** Resolves once the process has ended. */
  kill(): Promise<void>
  /** Of the process, in MiB; 0 where the operating system has no /proc. */
  peakMiB(): number
}

/** `before` are the words of the command that runs the mock: what limits the size of files, for instance. */
export async function startMock(args: string[] = [], before: string[] = []): Promise<MockProcess> {
  const command = [...before, process.execPath, executable, 'mock', '--port', '0', ...args]
  const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'pipe', 'ignore'] })
  const url = await listening(child)
  const token = (await (await fetch(`${url}/_mock/token?persona=owner`)).json()) as { access_token: string }
  return {
    url,
    token: token.access_token,
    async kill() {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
    peakMiB() {
      try {
        const [, kB] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
        return Math.round(Number(kB ?? 0) / 1024)
      } catch {
        return 0
      }
    },
  }
}

async function listening(child: ChildProcess): Promise<string> {
  let said = ''
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    said += chunk
    const [, url] = /listening on (\S+)/.exec(said) ?? []
    if (url) {
      child.stdout!.resume()
      return url
    }
  }
  throw new Error(`the mock ended: ${said}`)
}

/** Sets the usage of all product types. Returns the status, or undefined where no response came. */
export async function setUsage(
  url: string,
  workspace: string,
  organization: string,
  amount: number,
): Promise<number | undefined> {
  try {
    const response = await fetch(`${url}/_mock/workspaces/${workspace}/organizations/${organization}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ usage: { users: amount, locations: amount, sso: amount } }),
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    return undefined
  }
}

/** The users of each organization, by id. */
export async function usersOf(url: string, workspace: string): Promise<Map<string, number>> {
  const response = await fetch(`${url}/_mock/workspaces/${workspace}`)
  const { organizations } = (await response.json()) as {
    organizations: { id: string; usage: { usage: { users?: number } } }[]
  }
  return new Map(organizations.map(({ id, usage }) => [id, usage.usage.users ?? 0]))
}
