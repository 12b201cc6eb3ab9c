import { block, blocks } from '../../report/blocks.ts'
import { changeEntry, contentOf, type Entry } from '../../report/content.ts'
import { inArea } from '../area.ts'
import { entryNamed, withContent, withEntry } from './changed-content.ts'

const withoutEntries = (isDropped: (entry: Entry, index: number) => boolean) =>
  withContent((content) => ({
    ...content,
    entries: content.entries.filter((entry, index) => !isDropped(entry, index)),
  }))

const sample: Entry[] = ['Sample Organization', 'Example Branch'].map((name, index) => ({
  id: `org_sample${index}`,
  name,
  depth: 0,
  figures: [{ type: 'users', direct: 12, subtree: 12, limit: 25 }],
}))

/** Organizations that are missing, repeated or of another workspace. */
export const organizations = inArea('content', [
  {
    id: 'missing-leaf',
    title: 'leaves out an organization',
    level: 'contract',
    behaviour: withoutEntries(({ name }) => name === 'Night Crew'),
  },
  {
    id: 'missing-prefix',
    title: 'leaves out an organization whose name begins that of another',
    level: 'contract',
    behaviour: withoutEntries(({ name }) => name === 'Harbour Fleet'),
  },
  {
    id: 'missing-twin',
    title: 'leaves out one of two organizations of the same name',
    level: 'contract',
    behaviour: withContent((content) => {
      const last = content.entries.findLastIndex(({ name }) => name === 'Warehouse')
      return { ...content, entries: content.entries.filter((_, index) => index !== last) }
    }),
  },
  {
    id: 'missing-unused',
    title: 'leaves out organizations that use nothing',
    level: 'contract',
    behaviour: withoutEntries(({ figures }) => figures.every(({ subtree }) => subtree === 0)),
  },
  {
    id: 'missing-last',
    title: 'leaves out the last organization',
    level: 'contract',
    behaviour: withContent((content) => ({ ...content, entries: content.entries.slice(0, -1) })),
  },
  {
    id: 'missing-branches',
    title: 'shows organizations of the top level only',
    level: 'contract',
    behaviour: withoutEntries(({ depth }) => depth > 0),
  },
  {
    id: 'missing-beyond-ten',
    title: 'shows the first ten organizations only',
    level: 'contract',
    behaviour: withoutEntries((_, index) => index >= 10),
  },
  {
    id: 'missing-second-page',
    title: 'loses the second of two pages',
    level: 'contract',
    behaviour: {
      ...withoutEntries((_, index) => index >= 11),
      style: { footer: (page) => `Page ${page} of 2` },
    },
  },
  {
    id: 'duplicate-in-place',
    title: 'shows one organization in the place of another',
    level: 'contract',
    behaviour: withContent((content) => {
      const twin = entryNamed(content, 'Night Crew')
      return twin ? changeEntry(content, 'Apprentices', () => twin) : content
    }),
  },
  {
    id: 'duplicate-row',
    title: 'shows an organization twice',
    level: 'contract',
    behaviour: withEntry('Logistics', (one) => [one, one]),
  },
  {
    id: 'duplicate-archived',
    title: 'shows an organization a second time under the heading Archived',
    level: 'contract',
    behaviour: {
      layout: (sheet, content) => {
        blocks(sheet, content)
        const archived = entryNamed(content, 'Dormant Branch')
        if (!archived) return
        sheet.keep(90)
        sheet.text('H2', 'Archived', 13, { bold: true })
        block(sheet, archived)
      },
    },
  },
  {
    id: 'foreign-row',
    title: 'shows an organization of another workspace',
    level: 'contract',
    needs: ['foreign'],
    behaviour: withEntry('Field Service', (one) => [
      one,
      { ...one, id: 'org_ks000000000002', name: 'Merlin Securities' },
    ]),
  },
  {
    id: 'unknown-row',
    title: 'shows an organization that nobody has',
    level: 'contract',
    behaviour: withEntry('Field Service', (one) => [
      one,
      { ...one, id: 'org_demo', name: 'Demo Organization' },
    ]),
  },
  {
    id: 'foreign-report',
    title: 'sends everybody the same report',
    level: 'contract',
    needs: ['emptyWorkspace'],
    behaviour: withContent((_, { seedData }) => contentOf(seedData.own)),
  },
  {
    id: 'other-workspace-report',
    title: 'sends the report of another workspace',
    level: 'contract',
    needs: ['organizations'],
    behaviour: withContent((content, { seedData, workspace }) =>
      workspace === seedData.own ? contentOf(seedData.foreign) : content,
    ),
  },
  {
    id: 'date-zero',
    title: 'says that its figures are of 1 January 1970',
    level: 'contract',
    behaviour: withContent((content) => ({ ...content, asOf: '1970-01-01' })),
  },
  {
    id: 'empty-with-sample',
    title: 'shows sample organizations in an empty workspace',
    level: 'contract',
    needs: ['emptyWorkspace'],
    behaviour: withContent((content) =>
      content.entries.length === 0 ? { ...content, entries: sample } : content,
    ),
  },
  {
    id: 'empty-with-foreign',
    title: 'shows organizations of others in an empty workspace',
    level: 'contract',
    needs: ['emptyWorkspace', 'foreign'],
    behaviour: withContent((content, { seedData }) =>
      content.entries.length === 0 ? { ...content, entries: contentOf(seedData.foreign).entries } : content,
    ),
  },
  {
    id: 'empty-with-undefined',
    title: 'shows a row of undefined in an empty workspace',
    level: 'contract',
    needs: ['emptyWorkspace'],
    behaviour: withContent((content) =>
      content.entries.length === 0
        ? { ...content, entries: [{ id: 'none', name: 'undefined', depth: 0, figures: [] }] }
        : content,
    ),
  },
])
