import assert from 'node:assert/strict'
import { gunzipSync } from 'node:zlib'
import { type Answer, fieldValue } from './answer.ts'

/** More than any report has: a small body may hold gigabytes of nothing. */
const decoded = { maxOutputLength: 64 * 2 ** 20 }

/** The content codings of an answer, in lower case, in the order in which they were applied. */
export function codingsOf(answer: Pick<Answer, 'fields'>): string[] {
  return (fieldValue(answer, 'content-encoding') ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name && name !== 'identity')
}

/** The content of an answer to a request that offered gzip and nothing else, its codings undone. */
export function decodeGzip(answer: Answer): Buffer {
  let { body } = answer
  for (const coding of codingsOf(answer).reverse()) {
    assert.ok(coding === 'gzip' || coding === 'x-gzip', `the coding is ${coding}; only gzip was offered`)
    body = gunzip(body)
  }
  return body
}

function gunzip(body: Buffer): Buffer {
  try {
    return gunzipSync(body, decoded)
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    assert.fail(
      `Content-Encoding is gzip, but ${isTooLarge ? `the content expands to more than ${decoded.maxOutputLength} bytes` : 'the content cannot be decoded as that'}`,
    )
  }
}
