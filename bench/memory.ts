import { fork } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { parseArgs } from 'node:util'
import { median } from './median.ts'

// Memory of a process with one createMock of the built package (`npm run build`), after garbage collections. Requests come
// from this process, so that their client is not measured. Medians of rounds, each in a process of its own.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    package: { type: 'string', default: 'packages/mock' },
  },
})
const workspaces = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations'
const steps: Record<string, string | undefined> = {
  'Node alone': undefined,
  'the start': undefined,
  'the first list': workspaces,
  'the first report': `${workspaces}/usage.pdf`,
  'a report in many scripts': '/workspaces/ws_manyscripts00001/organizations/usage.pdf',
}

interface Memory {
  resident: number
  heap: number
  external: number
}
const measured: Record<string, Memory[]> = {}

for (let round = 0; round < Number(values.rounds); round++) {
  const child = fork(new URL('./mock-process.ts', import.meta.url), [values.package], {
    execArgv: ['--expose-gc'],
  })
  const tell = async (what: 'memory' | 'start') => {
    const reply = once(child, 'message')
    child.send(what)
    return (await reply)[0]
  }
  let mock = { url: '', token: '' }
  for (const [step, path] of Object.entries(steps)) {
    if (step === 'the start') mock = await tell('start')
    if (path) await download(mock.url + path, mock.token)
    measured[step] = [...(measured[step] ?? []), await tell('memory')]
  }
  child.disconnect()
  await once(child, 'exit')
}

const kinds = ['resident', 'heap', 'external'] as const
for (const [step, rounds] of Object.entries(measured))
  console.log(
    step.padEnd(26),
    ...kinds.map((kind) => `${kind} ${median(rounds.map((one) => one[kind])).toFixed(0)} MB `),
  )

async function download(url: string, token: string): Promise<void> {
  const [response] = await once(get(url, { headers: { Authorization: `Bearer ${token}` } }), 'response')
  if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode}`)
  response.resume()
  await once(response, 'end')
}
