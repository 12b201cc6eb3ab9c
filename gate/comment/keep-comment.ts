import { linkTarget } from '../../conformance/http/link-header.ts'
import type { Comment, CommentThread } from './comment-thread.ts'

const timeoutMs = 15_000
/** Comments come by the hundred; a pull request with more pages than this gets a second comment. */
const mostPages = 30

/** What a comment says, and under which name it is found again. */
export interface KeptComment {
  /** Distinguishes the comments of several gates on one pull request. */
  key: string
  markdown: string
  /** Whether it is worth a first comment; an earlier one is updated in any case. */
  isNews: boolean
}

/**
 * Creates the comment, or updates the one that an earlier run left: it begins with a marker that readers do not see, and
 * belongs to the token's account. Rejects with what the service answered.
 */
export async function keepComment(
  thread: CommentThread,
  { key, markdown, isNews }: KeptComment,
): Promise<'created' | 'updated' | 'unchanged' | 'not needed'> {
  const marker = `<!-- contract-gate ${encodeURIComponent(key).replaceAll('-', '%2D')} -->`
  const body = shortened(`${marker}\n${markdown}`, thread.limit)
  const earlier = await findOwn(thread, marker)
  if (earlier?.body.trim() === body.trim()) return 'unchanged'
  if (!earlier && !isNews) return 'not needed'
  const content = { body: JSON.stringify({ body }), headers: { 'content-type': 'application/json' } }
  if (earlier) await ask(thread, thread.updateUrl(earlier.id), { method: thread.updateMethod, ...content })
  else await ask(thread, thread.url, { method: 'POST', ...content })
  return earlier ? 'updated' : 'created'
}

/** Text that others wrote below the marker must not be taken for ours. */
async function findOwn(thread: CommentThread, marker: string): Promise<Comment | undefined> {
  let account: Promise<number | undefined> | undefined
  let url: string | undefined = `${thread.url}?per_page=100`
  for (let page = 0; url && page < mostPages; page++) {
    const response = await ask(thread, url)
    const marked = ((await response.json()) as unknown[])
      .map(thread.read)
      .filter(({ body }) => body.startsWith(marker))
    for (const comment of marked) {
      account ??= accountOf(thread)
      const own = await account
      if (own === undefined ? comment.author.isBot : comment.author.id === own) return comment
    }
    url = nextPage(response, thread.url)
  }
  return undefined
}

/** Undefined where the service does not say: GitHub answers 403 to the token of a workflow. */
async function accountOf(thread: CommentThread): Promise<number | undefined> {
  const response = await request(thread, thread.accountUrl)
  return response.ok ? ((await response.json()) as { id: number }).id : undefined
}

/** The `next` link (RFC 8288), unless it leads to another server, which must not get the token. */
function nextPage(response: Response, from: string): string | undefined {
  const url = linkTarget({ headers: [['link', response.headers.get('link') ?? '']] }, 'next')
  return url && URL.canParse(url) && new URL(url).origin === new URL(from).origin ? url : undefined
}

async function ask(thread: CommentThread, url: string, init: RequestInit = {}): Promise<Response> {
  const response = await request(thread, url, init)
  if (response.ok) return response
  const allowed = [401, 403, 404].includes(response.status) ? ` The token needs ${thread.permission}.` : ''
  throw new Error(`${init.method ?? 'GET'} ${new URL(url).pathname}: ${response.status}.${allowed}`)
}

const request = (thread: CommentThread, url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, {
    ...init,
    headers: { ...thread.headers, ...init.headers, 'user-agent': 'altostrat-contract' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  })

/** Cut at the end of a line, with every fold-out closed. */
function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text
  const note = '\n\n… The whole report is among the artifacts of this job.\n'
  const kept = text.slice(0, text.lastIndexOf('\n', limit - note.length - 200))
  const open = kept.split('<details>').length - kept.split('</details>').length
  return `${kept}\n${'\n</details>'.repeat(open)}${note}`
}
