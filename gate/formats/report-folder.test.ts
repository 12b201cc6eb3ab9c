import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pipelineOutputs, prepareReportFolder, reportFiles } from './report-folder.ts'

describe('the folder of reports', () => {
  const everywhere = ['json', 'junit', 'markdown', 'changelog', 'sarif'].map((format) => [format, true])

  test.each([
    ['anywhere', {}, everywhere],
    ['on GitHub', { GITHUB_ACTIONS: 'true' }, [...everywhere, ['github', false]]],
    ['on GitLab', { GITLAB_CI: 'true' }, [...everywhere, ['codequality', true]]],
    ['where the variable says no', { GITHUB_ACTIONS: 'false' }, everywhere],
  ])('%s has what is of use there', (_, env, wanted) => {
    const outputs = pipelineOutputs('reports', env)
    expect(outputs.map(({ format, file }) => [format, file !== undefined])).toEqual(wanted)
    expect(outputs[0]).toEqual({ format: 'json', file: join('reports', 'gate.json') })
  })

  test('is made, and loses the reports of an earlier run, nothing else', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'reports-')), 'new')
    expect(prepareReportFolder(folder)).toBe(folder)
    for (const file of [...reportFiles, 'gate.yml']) writeFileSync(join(folder, file), '')
    prepareReportFolder(folder)
    expect(readdirSync(folder)).toEqual(['gate.yml'])
  })
})
