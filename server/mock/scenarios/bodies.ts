import type { Operation } from '../../../spec/operation.ts'
import type { ApiResponse } from '../../http/api-response.ts'
import { fraction, type Scenario } from './scenario.ts'

export const truncatedBody: Scenario<{ fraction: number }> = {
  title: 'A 200 whose headers look complete, but whose document (PDF or JSON) is cut off.',
  parameters: {
    fraction: { ...fraction, default: 0.5, description: 'fraction of the document that is sent' },
  },
  changesBody: true,
  explainUnsupported: ({ operationId, responses }) =>
    responses.some(({ status, mediaTypes }) => status === 200 && mediaTypes.length > 0)
      ? undefined
      : `${operationId} documents no 200 with a body`,
  play: async ({ parameters, respond }) => {
    const { status, headers, body } = await respond()
    if (status !== 200 || !body) return undefined
    // No ETag and no caching: a faulty document must not be served from a cache later.
    const { ETag: _etag, 'Accept-Ranges': _ranges, ...kept } = headers as Record<string, string>
    const part = body.subarray(0, Math.floor(body.length * parameters.fraction))
    return { status, headers: { ...kept, 'Cache-Control': 'no-store' }, body: part }
  },
}

const signInPage = `<!doctype html>
<html lang="en"><title>Sign in</title><h1>Sign in to continue</h1><form><input name="user"></form></html>
`

export const htmlBody: Scenario = {
  title: 'A 200 with the documented media type (application/pdf), but an HTML sign-in page as its body.',
  parameters: {},
  play: ({ operation }) => ok(operation, Buffer.from(signInPage)),
}

export const emptyBody: Scenario = {
  title: 'A 200 with the documented media type and no body.',
  parameters: {},
  play: ({ operation }) => ok(operation, Buffer.alloc(0)),
}

function ok({ responses }: Operation, body: Buffer): ApiResponse {
  const mediaType = responses.find(({ status }) => status === 200)?.mediaTypes[0] ?? 'application/json'
  return { status: 200, headers: { 'Content-Type': mediaType, 'Cache-Control': 'no-store' }, body }
}
