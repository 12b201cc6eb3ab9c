import { expect, test } from 'vitest'
import { judgePdf } from '../../conformance/pdf/judge/judge.ts'
import { appendRevision, firstContentOf, objectIn, textStream } from '../../lab/servers/report/revision.ts'
import { layouts } from './corpus/layouts.ts'
import { rowsOf } from './corpus/mutations.ts'
import { organizationsOf } from './corpus/organizations.ts'
import { wordings } from './corpus/wordings.ts'

const organizations = organizationsOf(7, 3)
const foreign = organizationsOf(8, 1).map((each) => ({
  ...each,
  id: 'org_elsewhere1234567',
  name: 'Obsidian Clockworks',
}))
const report = await layouts.keyValues!(rowsOf(organizations, wordings.plain!), wordings.plain!)

/** The report as a last revision, after one whose first page says something else. */
function afterPage(text: string): Buffer {
  const content = firstContentOf(report)
  const earlier = appendRevision(report, { [content]: textStream([text], 'F1') })
  return appendRevision(earlier, { [content]: objectIn(report, content) })
}

test('an earlier revision that names organizations of others is found, though no page shows them', async () => {
  const { verdict, findings } = await judgePdf(afterPage('Obsidian Clockworks: 12 users'), {
    organizations,
    foreign,
  })
  expect(verdict).toBe('nonconforming')
  expect(findings).toEqual([
    expect.objectContaining({
      kind: 'foreign-organization',
      organization: 'org_elsewhere1234567',
      message: expect.stringContaining('an earlier revision'),
    }),
  ])
})

test('earlier revisions that name only the own organizations conform', async () => {
  expect(await judgePdf(afterPage('Draft'), { organizations, foreign })).toMatchObject({
    verdict: 'conforming',
  })
})
