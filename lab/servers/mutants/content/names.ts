import { inArea } from '../area.ts'
import { withContent, withEntry } from './changed-content.ts'

const withNames = (rename: (name: string) => string) =>
  withContent((content) => ({
    ...content,
    entries: content.entries.map((one) => ({ ...one, name: rename(one.name) })),
  }))

/** Names and titles that are garbled, cut or placeholders. */
export const names = inArea('content', [
  {
    id: 'workspace-named-wrong',
    title: 'names another workspace in the title',
    level: 'contract',
    behaviour: withContent((content, { seedData }) => ({
      ...content,
      workspaceId: seedData.foreign.id,
      workspaceName: seedData.foreign.name,
    })),
  },
  {
    id: 'placeholder-object',
    title: 'shows "[object Object]" for the workspace',
    level: 'contract',
    behaviour: withContent((content) => ({ ...content, workspaceName: '[object Object]' })),
  },
  {
    id: 'placeholder-template',
    title: 'shows a template’s variable',
    level: 'contract',
    behaviour: withContent((content) => ({ ...content, title: 'Statement of use for {{ workspace.name }}' })),
  },
  {
    id: 'placeholder-filler',
    title: 'shows filler text',
    level: 'contract',
    behaviour: withContent((content) => ({ ...content, title: 'Lorem ipsum dolor sit amet' })),
  },
  {
    id: 'names-question-marks',
    title: 'shows question marks for letters beyond ASCII',
    level: 'contract',
    behaviour: withNames((name) => name.replace(/[^\x20-\x7e]/g, '?')),
  },
  {
    id: 'names-all-question-marks',
    title: 'shows question marks for a name',
    level: 'contract',
    behaviour: withEntry('Öresund Link', (one) => ({ ...one, name: '???????' })),
  },
  {
    id: 'names-dropped-letters',
    title: 'drops letters beyond ASCII',
    level: 'contract',
    behaviour: withNames((name) => name.replace(/[^\x20-\x7e]/g, '')),
  },
  {
    id: 'names-unaccented',
    title: 'strips accents',
    level: 'contract',
    behaviour: withNames((name) => name.normalize('NFD').replace(/\p{M}/gu, '')),
  },
  {
    id: 'names-mojibake',
    title: 'shows UTF-8 as ISO 8859-1',
    level: 'contract',
    behaviour: withNames((name) =>
      Buffer.from(name)
        .toString('latin1')
        .replace(/[\x80-\x9f]/g, '\u00a4'),
    ),
  },
  {
    id: 'names-escaped',
    title: 'shows names escaped for HTML',
    level: 'contract',
    behaviour: withNames((name) => name.replaceAll('&', '&amp;')),
  },
  {
    id: 'names-cut',
    title: 'cuts names after twenty characters',
    level: 'contract',
    behaviour: withNames((name) => (name.length > 20 ? `${name.slice(0, 20)}...` : name)),
  },
  {
    id: 'names-as-ids',
    title: 'shows ids in the place of names',
    level: 'contract',
    behaviour: withContent((content) => ({
      ...content,
      entries: content.entries.map((one) => ({ ...one, name: one.id })),
    })),
  },
  {
    id: 'names-cut-at-ampersand',
    title: 'ends names where an ampersand begins',
    level: 'contract',
    behaviour: withNames((name) => name.split(' & ')[0]!),
  },
  {
    id: 'placeholder-invalid-date',
    title: 'shows Invalid Date in the title',
    level: 'contract',
    behaviour: withContent((content) => ({ ...content, title: `${content.title}, Invalid Date` })),
  },
  {
    id: 'footer-of-another-tenant',
    title: 'names an organization of another tenant at the foot of each page',
    level: 'contract',
    needs: ['foreign'],
    behaviour: { style: { footer: (page, pages) => `For Peregrine Capital, page ${page} of ${pages}` } },
  },
])
