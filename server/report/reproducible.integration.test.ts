import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { atFullSize } from '../../vitest.sampling.ts'

const places = [
  { TZ: 'UTC', LANG: 'C' },
  { TZ: 'Pacific/Kiritimati', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' },
  { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
]

const script = `
  import { createHash } from 'node:crypto'
  import { readFileSync } from 'node:fs'
  import { renderReport } from './server/report/render.ts'
  for (const id of ['ws_a1b2c3d4e5f6g7h8', 'ws_manyscripts00001']) {
    const pdf = await renderReport(JSON.parse(readFileSync('fixtures/workspaces/' + id + '.json', 'utf8')))
    console.log(createHash('sha256').update(pdf).digest('hex'))
  }
`

atFullSize('the same data gives the same bytes in any time zone and locale', async () => {
  const run = (env: Record<string, string>) =>
    promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: new URL('../..', import.meta.url),
      env: { PATH: process.env.PATH, ...env },
    })
  const printed = await Promise.all(places.map(async (place) => (await run(place)).stdout))
  expect(printed[0]).toMatch(/^([0-9a-f]{64}\n){2}$/)
  expect(new Set(printed).size).toBe(1)
})
