import { setTimeout as sleep } from 'node:timers/promises'
import type { Behaviour } from '../../behaviour.ts'
import { withEveryResponse } from '../../behaviours.ts'
import type { Exchange } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { problem, withAddedHeader, withBody, withHeaders } from '../../response.ts'
import type { Workspace } from '../../seed-data.ts'
import { inArea } from '../area.ts'
import { withForbidden, workspaceIn } from './outsiders.ts'

const namesOf = ({ organizations }: Workspace) => organizations.map(({ name }) => name)

/** ISO 8859-1 has all of these names' letters, field values have no others. */
const foreignNames = ({ seedData, workspace }: Exchange) =>
  namesOf(workspace === seedData.foreign ? seedData.own : seedData.foreign).filter((name) =>
    /^[\x20-\x7e]+$/.test(name),
  )

const refuseAsUnknown: Behaviour['refuse'] = (refusal, exchange) =>
  referenceBehaviour.refuse(refusal === 'forbidden' ? 'unknown' : refusal, exchange)

/** Responses that disclose organizations of others, or that a workspace exists. */
export const disclosure = inArea('tenancy', [
  {
    id: 'link-elsewhere',
    title: 'links to the workspace of somebody else',
    level: 'contract',
    needs: ['outsider', 'foreign'],
    behaviour: withEveryResponse((response, { seedData }) =>
      withHeaders(response, { Link: `</workspaces/${seedData.foreign.id}/organizations>; rel="up"` }),
    ),
  },
  {
    id: 'head-tells-hidden',
    title: 'hides workspaces behind 404, but not from HEAD',
    level: 'contract',
    needs: ['outsider'],
    behaviour: {
      refuse: (refusal, exchange) =>
        refusal === 'forbidden' && exchange.method !== 'HEAD'
          ? problem(404, 'Not Found')
          : referenceBehaviour.refuse(refusal, exchange),
    },
  },
  {
    id: 'unknown-suggests',
    title: 'suggests the organizations of others where a workspace is unknown',
    level: 'contract',
    needs: ['organizations', 'foreign'],
    behaviour: {
      refuse: (refusal, { seedData }) => {
        const names = seedData.foreign.organizations.map(({ name }) => name)
        const suggestion = withBody(problem(404, 'Not Found'), JSON.stringify({ near: names }))
        return refusal === 'unknown' ? suggestion : referenceBehaviour.refuse(refusal, {} as Exchange)
      },
    },
  },
  {
    id: 'hidden-options',
    title: 'hides workspaces, but not from OPTIONS',
    level: 'advice',
    needs: ['outsider', 'hiding'],
    outsider: 404,
    behaviour: {
      refuse: (refusal, exchange) =>
        referenceBehaviour.refuse(refusal === 'forbidden' ? 'unknown' : refusal, exchange),
      intercept: (exchange) => {
        const { workspaceId = '' } = referenceBehaviour.route(exchange.path) ?? {}
        const isUnknown = exchange.method === 'OPTIONS' && !referenceBehaviour.find(workspaceId, exchange)
        return isUnknown ? problem(404, 'Not Found') : referenceBehaviour.intercept(exchange)
      },
    },
  },
  {
    id: 'comment-foreign',
    title: 'leaves names of another tenant in a comment of the file',
    level: 'contract',
    needs: ['foreign'],
    behaviour: {
      file: (pdf, { seedData, workspace }) => {
        const [one] = seedData.foreign.organizations
        return workspace === seedData.own
          ? Buffer.concat([pdf, Buffer.from(`% made after ${one!.name}\n%%EOF\n`)])
          : pdf
      },
    },
  },
  {
    id: 'outline-foreign',
    title: 'keeps a bookmark of another tenant',
    level: 'contract',
    needs: ['foreign'],
    behaviour: {
      layout: (sheet, content) => {
        referenceBehaviour.layout(sheet, content)
        sheet.document.outline.addItem('Gyrfalcon Reinsurance')
      },
    },
  },
  {
    id: 'refusal-names-organizations',
    title: 'lists in a refusal what the caller may not see',
    level: 'contract',
    needs: ['outsider', 'organizations'],
    behaviour: withForbidden((refused, workspace) =>
      withBody(
        refused,
        JSON.stringify({ title: 'Forbidden', status: 403, organizations: namesOf(workspace) }),
      ),
    ),
  },
  {
    id: 'refusal-field-names-organizations',
    title: 'names in a header field of a refusal what the caller may not see',
    level: 'contract',
    needs: ['outsider', 'organizations'],
    behaviour: withForbidden((refused, workspace) =>
      withHeaders(refused, { 'X-Denied-For': namesOf(workspace).slice(0, 1).join() }),
    ),
  },
  {
    id: 'refusal-file-name',
    title: 'names in the file name of a refusal what the caller may not see',
    level: 'contract',
    needs: ['outsider', 'organizations'],
    behaviour: withForbidden((refused, workspace) =>
      withHeaders(refused, { 'Content-Disposition': `attachment; filename="${namesOf(workspace)[0]}.pdf"` }),
    ),
  },
  {
    id: 'answer-field-names-foreign',
    title: 'names organizations of others in a header field',
    level: 'contract',
    needs: ['foreign'],
    behaviour: {
      represent: (full, exchange) =>
        withAddedHeader(full, 'X-Shard-Tenants', foreignNames(exchange).join(', ')),
    },
  },
  {
    id: 'answer-file-name-foreign',
    title: 'names an organization of others in the file name',
    level: 'contract',
    needs: ['foreign'],
    behaviour: {
      represent: (full, exchange) =>
        withHeaders(full, {
          'Content-Disposition': `attachment; filename="${foreignNames(exchange)[0]}.pdf"`,
        }),
    },
  },
  {
    id: 'existence-by-status',
    title: 'hides workspaces, but with another status than unknown ones',
    level: 'contract',
    needs: ['outsider', 'hiding'],
    outsider: 404,
    behaviour: {},
  },
  {
    id: 'existence-by-body',
    title: 'hides workspaces, but says so in the body',
    level: 'contract',
    needs: ['outsider', 'hiding'],
    outsider: 404,
    behaviour: {
      refuse: async (refusal, exchange) => {
        const refused = await refuseAsUnknown(refusal, exchange)
        const body = JSON.stringify({
          type: 'about:blank',
          title: 'Not Found',
          status: 404,
          detail: 'no access',
        })
        return refusal === 'forbidden' ? withBody(refused, body) : refused
      },
    },
  },
  {
    id: 'existence-by-field',
    title: 'hides workspaces, but sends a header field that unknown ones lack',
    level: 'contract',
    needs: ['outsider', 'hiding'],
    outsider: 404,
    behaviour: {
      refuse: async (refusal, exchange) => {
        const refused = await refuseAsUnknown(refusal, exchange)
        return refusal === 'forbidden' ? withAddedHeader(refused, 'X-Policy', 'membership') : refused
      },
    },
  },
  {
    id: 'existence-by-time',
    title: 'hides workspaces, but loads one that is there before it refuses it',
    level: 'advice',
    needs: ['outsider', 'hiding'],
    outsider: 404,
    behaviour: {
      refuse: async (refusal, exchange) => {
        await sleep(refusal === 'forbidden' ? 25 + Math.random() * 15 : Math.random() * 10)
        return refuseAsUnknown(refusal, exchange)
      },
    },
  },
  {
    id: 'existence-without-token',
    title: 'answers 404 for unknown workspaces before it asks for credentials',
    level: 'advice',
    behaviour: {
      refuse: (refusal, exchange) => {
        const isKnown = workspaceIn(exchange) !== undefined
        return referenceBehaviour.refuse(refusal === 'missing' && !isKnown ? 'unknown' : refusal, exchange)
      },
    },
  },
])
