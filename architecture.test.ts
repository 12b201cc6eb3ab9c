import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** Which part may import which. A suite that shares code with the server it judges agrees with its mistakes. */
const allowed: Record<string, string[]> = {
  spec: [],
  fixtures: ['spec'],
  server: ['spec', 'fixtures'],
  conformance: ['spec', 'fixtures'],
  cli: ['spec', 'fixtures', 'server', 'conformance'],
}

const importLine = /(?:from|import|import\()\s*['"](\.{1,2}\/[^'"]+)['"]/g

function importsOf(part: string): { file: string; to: string }[] {
  const files = readdirSync(part, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(part, name))
  return files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(importLine)].map((match) => ({
      file,
      to: normalize(join(dirname(file), match[1] as string)),
    })),
  )
}

test.each(Object.keys(allowed))('%s imports only what it may', (part) => {
  const strays = importsOf(part)
    .map(({ file, to }) => ({ file, to: to.split('/')[0] as string }))
    .filter(({ to }) => to !== part && !allowed[part]?.includes(to))
    .map(({ file, to }) => `${file} -> ${to}`)
  expect(strays).toEqual([])
})

/** What makes a judgement of bytes, in this order: each knows those before it only. */
const steps = ['structure', 'text', 'reading', 'judging'].map((step) => join('conformance', 'pdf', step))

test.each(steps)('%s knows no step after it', (step) => {
  const later = steps.slice(steps.indexOf(step) + 1)
  const strays = importsOf(step).filter(({ to }) => later.includes(dirname(to)))
  expect(strays).toEqual([])
})
