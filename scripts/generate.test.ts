import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generate } from './generate.ts'

const files = await generate()

test.each(Object.keys(files))('%s is current; `npm run generate` writes it', (file) => {
  expect(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).toBe(files[file])
})
