import assert from 'node:assert/strict'
import type { Check } from '../../catalogue/check.ts'
import { usageExport } from '../../operations/usage-export.ts'
import { runInThread } from './suite-thread.ts'

const check = (id: Check['id'], run: Check['run']): Check => ({
  id,
  title: `The check ${id}`,
  level: 'contract',
  source: usageExport.inContract(),
  covers: [],
  needs: [],
  mutations: [{ title: 'none' }],
  run,
})

/**
 * A check that passes, one that fails, one that never ends in the way that the last one reads, one after it, and one that
 * stands still for 5 s without computing.
 */
await runInThread([
  check('TEST-001', async (target) => {
    assert.equal((await target.request()).status, 200)
  }),
  check('TEST-002', async (target) => {
    assert.equal((await target.request()).status, 204, 'the status')
  }),
  check('TEST-003', async (target) => {
    const { status } = await target.request({ query: 'endless=1' })
    for (;;) assert.equal(status, 200)
  }),
  check('TEST-004', async (target) => {
    const { status } = await target.request({ query: 'greedy=1' })
    const kept: number[][] = []
    for (;;) kept.push(new Array(1e5).fill(status))
  }),
  check('TEST-005', async () => {}),
  check('TEST-006', async () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000)
  }),
])
