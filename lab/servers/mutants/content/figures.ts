import type { Behaviour } from '../../behaviour.ts'
import { hasHeader } from '../../exchange.ts'
import { changeEntry, changeFigure, type Entry, type Figure } from '../../report/content.ts'
import { tables } from '../../report/layouts.ts'
import type { Style } from '../../report/style.ts'
import { inArea } from '../area.ts'
import { entryNamed, withContent, withEntry } from './changed-content.ts'

const withFigure = (...[name, type, to]: [string, string, Parameters<typeof changeFigure>[3]]) =>
  withContent((content) => changeFigure(content, name, type, to))

/** Changes every figure. */
const withFigures = (change: (figure: Figure, entry: Entry) => Partial<Figure>) =>
  withContent((content) => ({
    ...content,
    entries: content.entries.map((entry) => ({
      ...entry,
      figures: entry.figures.map((figure) => ({ ...figure, ...change(figure, entry) })),
    })),
  }))

const withStyle = (style: Partial<Style>): Partial<Behaviour> => ({ style })

/** Wrong usage, limits, totals and page numbers. */
export const figures = inArea('content', [
  {
    id: 'usages-exchanged',
    title: 'shows the use with all below as own use, and the other way round',
    level: 'contract',
    needs: ['organizations'],
    behaviour: withContent((content) => ({
      ...content,
      entries: content.entries.map((entry) => ({
        ...entry,
        figures: entry.figures.map((figure) => ({
          ...figure,
          direct: figure.subtree,
          subtree: figure.direct,
        })),
      })),
    })),
  },
  {
    id: 'rows-swapped',
    title: 'swaps the figures of two organizations',
    level: 'contract',
    behaviour: withContent((content) => {
      const left = entryNamed(content, 'Night Crew')?.figures ?? []
      const right = entryNamed(content, 'Studio 54 North')?.figures ?? []
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
    behaviour: withContent((content) => ({
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
    behaviour: withFigure('Night Crew', 'users', { direct: 53, subtree: 53 }),
  },
  {
    id: 'usage-digit-lost',
    title: 'loses the last digit of a count',
    level: 'contract',
    behaviour: withFigure('Öresund Link', 'users', { direct: 15, subtree: 15 }),
  },
  {
    id: 'usage-digits-swapped',
    title: 'swaps two digits of a count',
    level: 'contract',
    behaviour: withFigure('Öresund Link', 'users', { direct: 145, subtree: 145 }),
  },
  {
    id: 'usage-rounded',
    title: 'rounds counts to tens',
    level: 'contract',
    behaviour: withContent((content) => ({
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
    behaviour: withFigure('Café Montréal', 'users', { direct: 0, subtree: 0 }),
  },
  {
    id: 'usage-of-type-missing',
    title: 'leaves out a product type',
    level: 'contract',
    behaviour: withContent((content) => ({
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
    behaviour: withEntry('Logistics', (one) => ({
      ...one,
      figures: one.figures.filter(({ type }) => type !== 'users'),
    })),
  },
  {
    id: 'usage-types-swapped',
    title: 'shows locations as users and users as locations',
    level: 'contract',
    behaviour: withEntry('Retail Zürich', (one) => ({
      ...one,
      figures: one.figures.map((of) => ({ ...of, type: of.type === 'users' ? 'locations' : 'users' })),
    })),
  },
  {
    id: 'limit-wrong',
    title: 'shows a wrong limit',
    level: 'contract',
    behaviour: withFigure('Night Crew', 'users', { limit: 54 }),
  },
  {
    id: 'limit-thousands-lost',
    title: 'loses what stands before the thousands separator of a limit',
    level: 'contract',
    behaviour: withFigure('Öresund Link', 'users', { limit: 750 }),
  },
  {
    id: 'limit-missing',
    title: 'shows no limit where there is one',
    level: 'contract',
    behaviour: withFigure('Apprentices', 'users', { limit: null }),
  },
  {
    id: 'limits-missing',
    title: 'shows no limits at all',
    level: 'contract',
    behaviour: withContent((content) => ({
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
    behaviour: withStyle({ zeroLimit: 'unlimited' }),
  },
  {
    id: 'limit-zero-as-none',
    title: 'shows a limit of 0 as no limit',
    level: 'contract',
    behaviour: withStyle({ zeroLimit: 'none' }),
  },
  {
    id: 'limit-none-zero',
    title: 'shows 0 where there is no limit',
    level: 'contract',
    behaviour: withStyle({ noLimit: '0' }),
  },
  {
    id: 'limit-none-number',
    title: 'shows a huge number where there is no limit',
    level: 'contract',
    behaviour: withStyle({ noLimit: '2147483647' }),
  },
  {
    id: 'limit-of-another',
    title: 'shows the limit of the parent as one of its own',
    level: 'contract',
    behaviour: withFigure('Harbour Fleet', 'users', { limit: 900 }),
  },
  {
    id: 'limit-and-usage-swapped',
    title: 'shows the limit as use and the use as limit',
    level: 'contract',
    behaviour: withFigure('Apprentices', 'users', { direct: 120, subtree: 120, limit: 96 }),
  },
  {
    id: 'placeholder-undefined',
    title: 'shows "undefined" for a figure',
    level: 'contract',
    behaviour: withStyle({ noLimit: 'undefined' }),
  },
  {
    id: 'placeholder-nan',
    title: 'shows "NaN" for a figure',
    level: 'contract',
    behaviour: withStyle({ noLimit: 'NaN' }),
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
    behaviour: withStyle({ footer: (_, pages) => `Page 1 of ${pages}` }),
  },
  {
    id: 'pages-totalled-wrong',
    title: 'counts one page too many in the footer',
    level: 'advice',
    behaviour: withStyle({ footer: (page, pages) => `Page ${page} of ${pages + 1}` }),
  },
  {
    id: 'german-without-limits',
    title: 'shows no limits to those who prefer German',
    level: 'contract',
    needs: ['organizations'],
    behaviour: {
      content: (content, exchange) => ({
        ...content,
        entries: content.entries.map((entry) => ({
          ...entry,
          figures: entry.figures.map((figure) =>
            hasHeader('accept-language', /^de/)(exchange) ? { ...figure, limit: null } : figure,
          ),
        })),
      }),
    },
  },
  {
    id: 'subtree-shows-direct',
    title: 'shows direct usage in the column of the subtree',
    level: 'contract',
    needs: ['organizations'],
    behaviour: {
      layout: tables,
      content: (content) => ({
        ...content,
        entries: content.entries.map((entry) => ({
          ...entry,
          figures: entry.figures.map((figure) => ({ ...figure, subtree: figure.direct })),
        })),
      }),
    },
  },
  {
    id: 'figures-abbreviated',
    title: 'shows 1204 as 1.2k',
    level: 'contract',
    behaviour: withStyle({
      number: (count) => (count < 1000 ? String(count) : `${(count / 1000).toFixed(1)}k`),
    }),
  },
  {
    id: 'limits-tenfold',
    title: 'shows ten times each limit',
    level: 'contract',
    behaviour: withFigures(({ limit }) => ({ limit: limit && limit * 10 })),
  },
  {
    id: 'usage-capped',
    title: 'shows no more use than the limit allows',
    level: 'contract',
    behaviour: withFigures(({ direct, subtree, limit }) => ({
      direct: Math.min(direct, limit ?? direct),
      subtree: Math.min(subtree, limit ?? subtree),
    })),
  },
  {
    id: 'usage-as-percentage',
    title: 'shows use as a percentage of the limit where there is one',
    level: 'contract',
    behaviour: withFigures(({ direct, subtree, limit }) =>
      limit
        ? { direct: Math.round((100 * direct) / limit), subtree: Math.round((100 * subtree) / limit) }
        : {},
    ),
  },
  {
    id: 'usage-of-first-type',
    title: 'shows the use of the first product type beside all of an organization',
    level: 'contract',
    behaviour: withFigures((_, { figures: [first] }) => ({ direct: first!.direct, subtree: first!.subtree })),
  },
  {
    id: 'limits-inherited',
    title: 'shows the limits that organizations above have where there is none of its own',
    level: 'contract',
    behaviour: withContent((content) => {
      const above: Entry[] = []
      return {
        ...content,
        entries: content.entries.map((entry) => {
          above.splice(entry.depth, above.length, entry)
          const limitOf = (type: string) =>
            above.flatMap(({ figures }) => figures.find((one) => one.type === type)?.limit ?? []).at(-1)
          const figures = entry.figures.map((one) => ({
            ...one,
            limit: one.limit ?? limitOf(one.type) ?? null,
          }))
          return { ...entry, figures }
        }),
      }
    }),
  },
  {
    id: 'limit-none-minus-one',
    title: 'shows -1 where there is no limit',
    level: 'contract',
    behaviour: withStyle({ noLimit: '-1' }),
  },
])
