import { expect, test } from 'vitest'
import { Progress } from './progress.ts'
import { result } from './vitest.sample.ts'

function run(columns?: number): string {
  let text = ''
  const progress = new Progress({ columns, write: (more) => (text += more) })
  for (let done = 1; done <= 20; done++)
    progress.show(result('AUTH-001', done === 5 ? 'failed' : 'passed'), done, 20)
  return text
}

test('a terminal has one line that is written over and is gone at the end', () => {
  const text = run(40)
  expect(text).not.toContain('\n')
  const states = text.split('\r\x1b[K')
  expect(states.at(-1)).toBe('')
  expect(states[10]).toMatch(/^━{10}╌{10} 10\/20, 1 failed/)
  for (const state of states) expect(state.length).toBeLessThan(40)
})

test('a log has a line for each failure and for each tenth, and nothing that steers a terminal', () => {
  const lines = run().trimEnd().split('\n')
  expect(lines).toHaveLength(11)
  expect(lines).toContain('✗ AUTH-001 The statement of AUTH-001')
  expect(lines.at(-1)).toBe('20/20 checks, 1 failed')
  expect(lines.join()).not.toMatch(/[\r\x1b]/)
})
