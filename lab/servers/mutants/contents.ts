import type { Behaviour } from '../behaviour.ts'
import { countOf } from '../exchange.ts'
import { blocks } from '../report/blocks.ts'
import {
  type Content,
  changeEntry,
  changeFigure,
  contentOf,
  type Entry,
  retotalled,
} from '../report/content.ts'
import type { Style } from '../report/style.ts'
import { inArea } from './area.ts'

/** Says something else, with totals that agree and so do not give the defect away. */
const saying = (content: Behaviour['content']): Partial<Behaviour> => ({
  content: (given, exchange) => retotalled(content(given, exchange)),
})

const dropping = (isDropped: (entry: Entry, index: number) => boolean) =>
  saying((content) => ({
    ...content,
    entries: content.entries.filter((entry, index) => !isDropped(entry, index)),
  }))

const figure = (...[name, type, to]: [string, string, Parameters<typeof changeFigure>[3]]) =>
  saying((content) => changeFigure(content, name, type, to))

const entry = (name: string, change: (entry: Entry) => Entry | Entry[]) =>
  saying((content) => changeEntry(content, name, change))

const renaming = (rename: (name: string) => string) =>
  saying((content) => ({
    ...content,
    entries: content.entries.map((one) => ({ ...one, name: rename(one.name) })),
  }))

const styled = (style: Partial<Style>): Partial<Behaviour> => ({ style })

const find = ({ entries }: Content, name: string) => entries.find((one) => one.name === name)

const sample: Entry[] = ['Sample Organization', 'Example Branch'].map((name, index) => ({
  id: `org_sample${index}`,
  name,
  depth: 0,
  figures: [{ type: 'users', direct: 12, subtree: 12, limit: 25 }],
}))

/** A right document that says something wrong. */
export const contents = inArea('content', [
  {
    id: 'missing-leaf',
    title: 'leaves out an organization',
    level: 'contract',
    behaviour: dropping(({ name }) => name === 'Night Crew'),
  },
  {
    id: 'missing-prefix',
    title: 'leaves out an organization whose name begins that of another',
    level: 'contract',
    behaviour: dropping(({ name }) => name === 'Harbour Fleet'),
  },
  {
    id: 'missing-twin',
    title: 'leaves out one of two organizations of the same name',
    level: 'contract',
    behaviour: saying((content) => {
      const last = content.entries.findLastIndex(({ name }) => name === 'Warehouse')
      return { ...content, entries: content.entries.filter((_, index) => index !== last) }
    }),
  },
  {
    id: 'missing-unused',
    title: 'leaves out organizations that use nothing',
    level: 'contract',
    behaviour: dropping(({ figures }) => figures.every(({ subtree }) => subtree === 0)),
  },
  {
    id: 'missing-last',
    title: 'leaves out the last organization',
    level: 'contract',
    behaviour: saying((content) => ({ ...content, entries: content.entries.slice(0, -1) })),
  },
  {
    id: 'missing-branches',
    title: 'shows organizations of the top level only',
    level: 'contract',
    behaviour: dropping(({ depth }) => depth > 0),
  },
  {
    id: 'missing-beyond-ten',
    title: 'shows the first ten organizations only',
    level: 'contract',
    behaviour: dropping((_, index) => index >= 10),
  },
  {
    id: 'missing-second-page',
    title: 'loses the second of two pages',
    level: 'contract',
    behaviour: { ...dropping((_, index) => index >= 11), style: { footer: (page) => `Page ${page} of 2` } },
  },
  {
    id: 'duplicate-in-place',
    title: 'shows one organization in the place of another',
    level: 'contract',
    behaviour: saying((content) => {
      const twin = find(content, 'Night Crew')
      return twin ? changeEntry(content, 'Apprentices', () => twin) : content
    }),
  },
  {
    id: 'duplicate-row',
    title: 'shows an organization twice',
    level: 'contract',
    behaviour: entry('Logistics', (one) => [one, one]),
  },
  {
    id: 'foreign-row',
    title: 'shows an organization of another workspace',
    level: 'contract',
    needs: ['foreign'],
    behaviour: entry('Field Service', (one) => [
      one,
      { ...one, id: 'org_ks000000000002', name: 'Merlin Securities' },
    ]),
  },
  {
    id: 'unknown-row',
    title: 'shows an organization that nobody has',
    level: 'contract',
    behaviour: entry('Field Service', (one) => [one, { ...one, id: 'org_demo', name: 'Demo Organization' }]),
  },
  {
    id: 'foreign-report',
    title: 'sends everybody the same report',
    level: 'contract',
    needs: ['emptyWorkspace'],
    behaviour: saying((_, { world }) => contentOf(world.own)),
  },
  {
    id: 'other-workspace-report',
    title: 'sends the report of another workspace',
    level: 'contract',
    needs: ['organizations'],
    behaviour: saying((content, { world, workspace }) =>
      workspace === world.own ? contentOf(world.foreign) : content,
    ),
  },
  {
    id: 'workspace-named-wrong',
    title: 'names another workspace in the title',
    level: 'contract',
    behaviour: saying((content, { world }) => ({
      ...content,
      workspaceId: world.foreign.id,
      workspaceName: world.foreign.name,
    })),
  },
  {
    id: 'rows-swapped',
    title: 'swaps the figures of two organizations',
    level: 'contract',
    behaviour: saying((content) => {
      const left = find(content, 'Night Crew')?.figures ?? []
      const right = find(content, 'Studio 54 North')?.figures ?? []
      return changeEntry(
        changeEntry(content, 'Night Crew', (one) => ({ ...one, figures: right })),
        'Studio 54 North',
        (one) => ({ ...one, figures: left }),
      )
    }),
  },
  {
    id: 'rows-shifted',
    title: 'shows the figures of each organization beside the next',
    level: 'contract',
    behaviour: saying((content) => ({
      ...content,
      entries: content.entries.map((one, index, all) => ({
        ...one,
        figures: all.at(index - 1)?.figures ?? [],
      })),
    })),
  },
  {
    id: 'usage-off-by-one',
    title: 'shows one user too many',
    level: 'contract',
    behaviour: figure('Night Crew', 'users', { direct: 53, subtree: 53 }),
  },
  {
    id: 'usage-digit-lost',
    title: 'loses the last digit of a count',
    level: 'contract',
    behaviour: figure('Öresund Link', 'users', { direct: 15, subtree: 15 }),
  },
  {
    id: 'usage-digits-swapped',
    title: 'swaps two digits of a count',
    level: 'contract',
    behaviour: figure('Öresund Link', 'users', { direct: 145, subtree: 145 }),
  },
  {
    id: 'usage-rounded',
    title: 'rounds counts to tens',
    level: 'contract',
    behaviour: saying((content) => ({
      ...content,
      entries: content.entries.map((one) => ({
        ...one,
        figures: one.figures.map((of) => ({
          ...of,
          direct: Math.round(of.direct / 10) * 10,
          subtree: Math.round(of.subtree / 10) * 10,
        })),
      })),
    })),
  },
  {
    id: 'usage-zero',
    title: 'shows no use where there is some',
    level: 'contract',
    behaviour: figure('Café Montréal', 'users', { direct: 0, subtree: 0 }),
  },
  {
    id: 'usage-of-type-missing',
    title: 'leaves out a product type',
    level: 'contract',
    behaviour: saying((content) => ({
      ...content,
      entries: content.entries.map((one) => ({
        ...one,
        figures: one.figures.filter(({ type }) => type !== 'sso'),
      })),
    })),
  },
  {
    id: 'usage-of-one-missing',
    title: 'leaves out one product type of one organization',
    level: 'contract',
    behaviour: entry('Logistics', (one) => ({
      ...one,
      figures: one.figures.filter(({ type }) => type !== 'users'),
    })),
  },
  {
    id: 'usage-types-swapped',
    title: 'shows locations as users and users as locations',
    level: 'contract',
    behaviour: entry('Retail Zürich', (one) => ({
      ...one,
      figures: one.figures.map((of) => ({ ...of, type: of.type === 'users' ? 'locations' : 'users' })),
    })),
  },
  {
    id: 'limit-wrong',
    title: 'shows a wrong limit',
    level: 'contract',
    behaviour: figure('Night Crew', 'users', { limit: 54 }),
  },
  {
    id: 'limit-thousands-lost',
    title: 'loses what stands before the thousands separator of a limit',
    level: 'contract',
    behaviour: figure('Öresund Link', 'users', { limit: 750 }),
  },
  {
    id: 'limit-missing',
    title: 'shows no limit where there is one',
    level: 'contract',
    behaviour: figure('Apprentices', 'users', { limit: null }),
  },
  {
    id: 'limits-missing',
    title: 'shows no limits at all',
    level: 'contract',
    behaviour: saying((content) => ({
      ...content,
      entries: content.entries.map((one) => ({
        ...one,
        figures: one.figures.map((of) => ({ ...of, limit: null })),
      })),
    })),
  },
  {
    id: 'limit-zero-unlimited',
    title: 'shows a limit of 0 as unlimited',
    level: 'contract',
    behaviour: styled({ zeroLimit: 'unlimited' }),
  },
  {
    id: 'limit-zero-as-none',
    title: 'shows a limit of 0 as no limit',
    level: 'contract',
    behaviour: styled({ zeroLimit: 'none' }),
  },
  {
    id: 'limit-none-zero',
    title: 'shows 0 where there is no limit',
    level: 'contract',
    behaviour: styled({ noLimit: '0' }),
  },
  {
    id: 'limit-none-number',
    title: 'shows a huge number where there is no limit',
    level: 'contract',
    behaviour: styled({ noLimit: '2147483647' }),
  },
  {
    id: 'limit-of-another',
    title: 'shows the limit of the parent as one of its own',
    level: 'contract',
    behaviour: figure('Harbour Fleet', 'users', { limit: 900 }),
  },
  {
    id: 'limit-and-usage-swapped',
    title: 'shows the limit as use and the use as limit',
    level: 'contract',
    behaviour: figure('Apprentices', 'users', { direct: 120, subtree: 120, limit: 96 }),
  },
  {
    id: 'stale-report',
    title: 'reports on figures that the list has left behind',
    level: 'contract',
    needs: ['organizations'],
    oracle: 'api',
    behaviour: {
      organizations: (organizations) =>
        organizations.map((one) =>
          one.name === 'Night Crew'
            ? { ...one, usage: { usage: { users: 61 }, subtree_usage: { users: 61 } } }
            : one,
        ),
    },
  },
  {
    id: 'stale-names',
    title: 'calls an organization by its former name',
    level: 'contract',
    needs: ['organizations'],
    oracle: 'api',
    behaviour: {
      organizations: (organizations) =>
        organizations.map((one) => (one.name === 'Night Crew' ? { ...one, name: 'Midnight Team' } : one)),
    },
  },
  {
    id: 'placeholder-undefined',
    title: 'shows "undefined" for a figure',
    level: 'contract',
    behaviour: styled({ noLimit: 'undefined' }),
  },
  {
    id: 'placeholder-nan',
    title: 'shows "NaN" for a figure',
    level: 'contract',
    behaviour: styled({ noLimit: 'NaN' }),
  },
  {
    id: 'placeholder-object',
    title: 'shows "[object Object]" for the workspace',
    level: 'contract',
    behaviour: saying((content) => ({ ...content, workspaceName: '[object Object]' })),
  },
  {
    id: 'placeholder-template',
    title: 'shows a template’s variable',
    level: 'contract',
    behaviour: saying((content) => ({ ...content, title: 'Statement of use for {{ workspace.name }}' })),
  },
  {
    id: 'placeholder-filler',
    title: 'shows filler text',
    level: 'contract',
    behaviour: saying((content) => ({ ...content, title: 'Lorem ipsum dolor sit amet' })),
  },
  {
    id: 'names-question-marks',
    title: 'shows question marks for letters beyond ASCII',
    level: 'contract',
    behaviour: renaming((name) => name.replace(/[^\x20-\x7e]/g, '?')),
  },
  {
    id: 'names-all-question-marks',
    title: 'shows question marks for a name',
    level: 'contract',
    behaviour: entry('Öresund Link', (one) => ({ ...one, name: '???????' })),
  },
  {
    id: 'names-dropped-letters',
    title: 'drops letters beyond ASCII',
    level: 'contract',
    behaviour: renaming((name) => name.replace(/[^\x20-\x7e]/g, '')),
  },
  {
    id: 'names-unaccented',
    title: 'strips accents',
    level: 'contract',
    behaviour: renaming((name) => name.normalize('NFD').replace(/\p{M}/gu, '')),
  },
  {
    id: 'names-mojibake',
    title: 'shows UTF-8 as ISO 8859-1',
    level: 'contract',
    behaviour: renaming((name) =>
      Buffer.from(name)
        .toString('latin1')
        .replace(/[\x80-\x9f]/g, '\u00a4'),
    ),
  },
  {
    id: 'names-escaped',
    title: 'shows names escaped for HTML',
    level: 'contract',
    behaviour: renaming((name) => name.replaceAll('&', '&amp;')),
  },
  {
    id: 'names-cut',
    title: 'cuts names after twenty characters',
    level: 'contract',
    behaviour: renaming((name) => (name.length > 20 ? `${name.slice(0, 20)}...` : name)),
  },
  {
    id: 'names-as-ids',
    title: 'shows ids in the place of names',
    level: 'contract',
    behaviour: saying((content) => ({
      ...content,
      entries: content.entries.map((one) => ({ ...one, name: one.id })),
    })),
  },
  {
    id: 'total-wrong',
    title: 'shows a total that is not the sum',
    level: 'contract',
    behaviour: {
      content: (content) => ({
        ...content,
        totals: content.totals.map(([type, count]) => [type, type === 'users' ? count + 100 : count]),
      }),
    },
  },
  {
    id: 'pages-numbered-wrong',
    title: 'calls every page the first',
    level: 'advice',
    behaviour: styled({ footer: (_, pages) => `Page 1 of ${pages}` }),
  },
  {
    id: 'pages-totalled-wrong',
    title: 'counts one page too many in the footer',
    level: 'advice',
    behaviour: styled({ footer: (page, pages) => `Page ${page} of ${pages + 1}` }),
  },
  {
    id: 'empty-with-sample',
    title: 'shows sample organizations in an empty workspace',
    level: 'contract',
    needs: ['emptyWorkspace'],
    behaviour: saying((content) =>
      content.entries.length === 0 ? { ...content, entries: sample } : content,
    ),
  },
  {
    id: 'empty-with-foreign',
    title: 'shows organizations of others in an empty workspace',
    level: 'contract',
    needs: ['emptyWorkspace', 'foreign'],
    behaviour: saying((content, { world }) =>
      content.entries.length === 0 ? { ...content, entries: contentOf(world.foreign).entries } : content,
    ),
  },
  {
    id: 'calls-differ',
    title: 'shows another figure on each call',
    level: 'contract',
    behaviour: saying((content, exchange) =>
      changeFigure(content, 'Night Crew', 'users', {
        limit: 45 + (countOf(exchange, `calls ${exchange.path}`) % 2),
      }),
    ),
  },
  {
    id: 'calls-count',
    title: 'counts the calls in the title',
    level: 'contract',
    behaviour: saying((content, exchange) => ({
      ...content,
      title: `Statement of use no. ${1 + countOf(exchange, `calls ${exchange.path}`)}`,
    })),
  },
  {
    id: 'calls-lose-row',
    title: 'leaves out an organization on every other call',
    level: 'contract',
    behaviour: {
      layout: blocks,
      content: (content, exchange) =>
        countOf(exchange, `calls ${exchange.path}`) % 2 === 1
          ? changeEntry(content, 'Apprentices', () => [])
          : content,
    },
  },
])
